"""What a carrier costs and earns: price, demand charge, export."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from optimizer.schema.fields import Factor, Frozen, MoneyPerEnergy, MoneyPerPowerYear, Power, Yearly


class DemandCharge(Frozen):
    """On the highest metered import: of each month (price a month), or of the year."""

    price: Yearly[MoneyPerPowerYear]
    """Per kW and year; a monthly price is written CNY/kW/month."""
    per: Literal["month", "year"]


class Export(Frozen):
    price: Yearly[MoneyPerEnergy] | None = None
    series: str | None = None
    limit: Power | None = None
    beyond_own_generation: bool = False

    @model_validator(mode="after")
    def _one_price(self) -> Export:
        if (self.price is None) == (self.series is None):
            raise ValueError("give either 'price' or 'series'")
        return self


class Tariff(Frozen):
    """What a carrier costs: price by year, or a series times a level by year, plus adder."""

    price: Yearly[MoneyPerEnergy] | None = None
    series: str | None = None
    level: Yearly[Factor] = Yearly[float](constant=1.0)
    """Multiplies the series, by year."""
    adder: Yearly[MoneyPerEnergy] | None = None
    demand_charge: DemandCharge | None = None
    limit: Power | None = None
    """Largest import of this carrier (electricity: site.connection)."""
    export: Export | None = None
    vat: Literal["included", "excluded"] = "excluded"
    """Whether its prices hold the tax of ``economics.vat``, which the site gets back."""

    @model_validator(mode="after")
    def _one_price(self) -> Tariff:
        if (self.price is None) == (self.series is None):
            raise ValueError("give either 'price' or 'series'")
        return self
