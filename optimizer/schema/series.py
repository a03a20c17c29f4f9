"""Time series of a scenario: measured columns, or shapes made from a few figures."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from optimizer.schema.fields import (
    Energy,
    EnergyPerYear,
    Frozen,
    FullLoad,
    Hours,
    MoneyPerEnergy,
    Ratio,
    Share,
    Temperature,
    TemperatureDifference,
)

Twelve = Annotated[tuple[float, ...], Field(min_length=12, max_length=12)]


class FileSeries(Frozen):
    """A measured column. ``unit`` is what one value means (kW, kWh per step, EUR/kWh, degC, 1)."""

    shape: Literal["file"] = "file"
    file: str
    column: str
    unit: str
    step: Literal["15 min", "30 min", "60 min"]
    time_column: str | None = None
    """Column of time stamps; where given, gaps, doubled hours, daylight saving, order and
    29 February are checked."""
    source: Literal["workspace", "data"] = "workspace"
    """``data``: the file lies in the folder given by --data, not in the workspace."""
    origin: str | None = None
    """Where a file that isn't shipped comes from; printed when it is missing."""


class ShiftSeries(Frozen):
    """Demand from bills and a shift pattern; hourly, marked derived."""

    shape: Literal["shifts"]
    shifts_per_day: int = Field(ge=1, le=3)
    first_shift: str = Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    shift_length: Hours
    weekend_share: Share
    holiday_share: Share
    base_share: Share
    holidays: tuple[Annotated[str, Field(pattern=r"^(0\d|1[0-2])-[0-3]\d$")], ...] = ()
    season: Twelve = (1.0,) * 12
    annual: EnergyPerYear | None = None
    monthly: Annotated[tuple[Energy, ...], Field(min_length=12, max_length=12)] | None = None
    """Twelve bills, an amount of energy each: '480 MWh'."""

    @model_validator(mode="after")
    def _one_amount(self) -> ShiftSeries:
        if (self.annual is None) == (self.monthly is None):
            raise ValueError("give either 'annual' or twelve 'monthly' bills")
        return self


class PhotovoltaicSeries(Frozen):
    """PV availability from place, tilt and yearly yield; seeded, marked derived."""

    shape: Literal["pv"]
    latitude: float = Field(ge=-66, le=66)
    longitude: float = Field(ge=-180, le=180)
    altitude: float = Field(default=0, ge=-400, le=6000)
    utc_offset: float = Field(ge=-12, le=14)
    tilt: float = Field(ge=0, le=90)
    azimuth: float = Field(default=180, ge=0, le=360)
    yearly_yield: FullLoad
    """Energy per unit of power and year: '1050 kWh/kWp'."""
    seed: int = Field(default=1, ge=0)


class TemperatureSeries(Frozen):
    """Air temperature from twelve monthly means and a daily swing; marked derived."""

    shape: Literal["temperature"]
    monthly: Annotated[tuple[Temperature, ...], Field(min_length=12, max_length=12)]
    daily_swing: TemperatureDifference


class TimeOfUseSeries(Frozen):
    """A tariff by hour of the day. ``hours``: 24 band names; ``months`` overrides some months."""

    shape: Literal["time_of_use"]
    bands: dict[str, MoneyPerEnergy] = Field(min_length=1)
    hours: Annotated[tuple[str, ...], Field(min_length=24, max_length=24)]
    months: dict[int, Annotated[tuple[str, ...], Field(min_length=24, max_length=24)]] = Field(
        default_factory=dict
    )

    @model_validator(mode="after")
    def _bands_exist(self) -> TimeOfUseSeries:
        for names in (self.hours, *self.months.values()):
            for name in names:
                if name not in self.bands:
                    raise ValueError(f"band {name!r} has no price; allowed: {sorted(self.bands)}")
        if any(not 1 <= month <= 12 for month in self.months):
            raise ValueError("months are 1 to 12")
        if len({(p.currency, p.price_year) for p in self.bands.values()}) > 1:
            raise ValueError("all bands must be in one currency and price year")
        return self


def _shape(value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("shape", "file"))
    return str(getattr(value, "shape", "file"))


Series = Annotated[
    Annotated[FileSeries, Tag("file")]
    | Annotated[ShiftSeries, Tag("shifts")]
    | Annotated[PhotovoltaicSeries, Tag("pv")]
    | Annotated[TemperatureSeries, Tag("temperature")]
    | Annotated[TimeOfUseSeries, Tag("time_of_use")],
    Discriminator(_shape),
]
"""Told apart by ``shape``; ``file`` is the default."""


class CopModel(Frozen):
    """Coefficient of performance: quality x T_sink / (T_sink - T_source), at most ``maximum``."""

    sink: Temperature
    source: Temperature | None = None
    source_series: str | None = None
    quality: Share
    maximum: Ratio = 8.0

    @model_validator(mode="after")
    def _one_source(self) -> CopModel:
        if (self.source is None) == (self.source_series is None):
            raise ValueError("give either 'source' (a temperature) or 'source_series'")
        return self
