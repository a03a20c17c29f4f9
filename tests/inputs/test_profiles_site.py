"""Sun, temperature and heat pumps at a site."""

from typing import Any

import numpy as np
import pytest

from optimizer.inputs.profiles.calendar import month_of_hour
from optimizer.inputs.profiles.heat_pump import cop
from optimizer.inputs.profiles.photovoltaic import pv_profile
from optimizer.inputs.profiles.scaling import scale_to_total
from optimizer.inputs.profiles.temperature import temperature_profile

MEANS = [2.0, 4.0, 9.0, 15.0, 21.0, 25.0, 28.0, 28.0, 23.0, 17.0, 11.0, 5.0]


def roof(**changes: Any) -> np.ndarray:
    """A 15 degree south roof in East China, 1,000 kWh/kWp."""
    given: dict[str, Any] = {
        "year": 2023,
        "latitude": 32.0,
        "longitude": 119.0,
        "altitude": 10.0,
        "tilt": 15.0,
        "azimuth": 180.0,
        "utc_offset_h": 8.0,
        "yield_kwh_per_kwp": 1000.0,
        "seed": 7,
    }
    return pv_profile(**(given | changes))


def test_pv_year_sums_to_the_yield() -> None:
    """1,000 kWh/kWp = sum of MW/MWp over 8,760 h of 1 h; unscaled it would be within 10 % only."""
    assert roof().sum() == pytest.approx(1000.0, rel=1e-9)


def test_pv_never_passes_its_rating_and_the_clipped_energy_is_kept() -> None:
    """2,300 kWh/kWp needs clipping (the plain scaling passes 1); the sum must still be 2,300."""
    sunny = roof(yield_kwh_per_kwp=2300.0)
    assert sunny.max() == 1.0
    assert (sunny == 1.0).sum() > 10
    assert sunny.sum() == pytest.approx(2300.0, rel=1e-9)


def test_pv_yield_beyond_daylight_is_refused() -> None:
    """About 4,400 h have daylight, so 6,000 kWh/kWp can't be; a clip alone would return less."""
    with pytest.raises(ValueError, match=r"yield_kwh_per_kwp.*out of reach"):
        roof(yield_kwh_per_kwp=6000.0)


def test_pv_noon_is_solar_noon_in_local_time() -> None:
    """Longitude 119 in UTC+8 (120): noon at about 12:04, so hours 11 and 12 hold the maximum.

    Read as UTC, noon would be near hour 4; with the sign of the offset wrong, near hour 20.
    """
    by_hour = roof(clearness_spread=0.0).reshape(365, 24).mean(axis=0)
    assert set(np.argsort(by_hour)[-2:]) == {11, 12}
    assert by_hour[[0, 1, 2, 3, 21, 22, 23]].max() == 0.0


def test_east_roof_earns_more_before_noon() -> None:
    """Azimuth 90 is east: forenoon above afternoon, mirrored for 270 (west)."""
    for azimuth, morning_wins in ((90.0, True), (270.0, False)):
        by_hour = roof(azimuth=azimuth, tilt=40.0, clearness_spread=0.0).reshape(365, 24).sum(0)
        assert bool(by_hour[:12].sum() > by_hour[12:].sum()) is morning_wins


def test_same_seed_same_year_and_another_seed_another() -> None:
    """Proves that the draw comes from the seed alone."""
    assert np.array_equal(roof(), roof())
    assert not np.array_equal(roof(), roof(seed=8))


def test_spread_zero_makes_neighbouring_days_alike() -> None:
    """Without cloud the daily sums change by under 5 % from day to day, with spread 0.5 by far
    more; their spread shows that the clearness is a day's."""
    clear = roof(clearness_spread=0.0).reshape(365, 24).sum(axis=1)
    cloudy = roof().reshape(365, 24).sum(axis=1)
    assert (np.abs(np.diff(clear)) / clear[1:]).max() < 0.05
    assert (np.abs(np.diff(cloudy)) / cloudy[1:]).max() > 1.0


@pytest.mark.parametrize(
    ("field", "value"), [("latitude", 91.0), ("tilt", -1.0), ("clearness_spread", 1.0)]
)
def test_wrong_site_fields_are_named(field: str, value: float) -> None:
    """Proves the refusal names the field."""
    with pytest.raises(ValueError, match=f"{field}: got"):
        roof(**{field: value})


def test_leap_year_gives_8760_hours() -> None:
    """2024 has 8,784 hours; 29 February is left out."""
    assert roof(year=2024).shape == (8760,)


def test_scaling_shares_out_what_the_cap_takes_off() -> None:
    """1, 2, 3 to a sum of 9 under 4: f = 1.5 gives 4.5 for the last, so it stays 4 and the others
    share 5: f = 5/3, that is 1.667 + 3.333 + 4 = 9. A plain clip would give 1.5 + 3 + 4 = 8.5."""
    scaled, factor = scale_to_total(np.array([1.0, 2.0, 3.0]), np.ones(3), 9.0, 4.0)
    assert scaled == pytest.approx([5 / 3, 10 / 3, 4.0])
    assert factor == pytest.approx(5 / 3)


def test_scaling_weighs_and_reaches_the_last_drop() -> None:
    """Weights 2 and 1: 2*4 + 1*4 = 12 is all that a cap of 4 allows; 12.1 is refused; zeros stay
    zeros."""
    values, weights = np.array([1.0, 2.0, 0.0]), np.array([2.0, 1.0, 5.0])
    assert scale_to_total(values, weights, 12.0, 4.0)[0] == pytest.approx([4.0, 4.0, 0.0])
    assert not scale_to_total(values, weights, 0.0, 4.0)[0].any()
    with pytest.raises(ValueError, match="out of reach"):
        scale_to_total(values, weights, 12.1, 4.0)
    with pytest.raises(ValueError, match="at least 0"):
        scale_to_total(-values, weights, 1.0, 4.0)


def test_each_month_keeps_its_mean_temperature() -> None:
    """Twelve means come back to 1e-9 K; straight lines between mid-months would miss July's top by
    about half a kelvin."""
    air = temperature_profile(year=2023, monthly_means_c=MEANS, daily_swing_k=8.0)
    month = month_of_hour()
    means = [air[month == m].mean() for m in range(12)]
    assert means == pytest.approx(MEANS, abs=1e-9)


def test_temperature_is_smooth_from_day_to_day_and_over_new_year() -> None:
    """Daily means change by under 0.4 K, in the ring; steps at month ends would be up to 6 K."""
    air = temperature_profile(year=2023, monthly_means_c=MEANS, daily_swing_k=8.0)
    daily = air.reshape(365, 24).mean(axis=1)
    assert np.abs(daily - np.roll(daily, 1)).max() < 0.4


def test_day_is_warmest_at_15_and_swings_as_told() -> None:
    """With twelve equal means only the daily wave is left: 10 +- 4 K, highest in hour 15."""
    air = temperature_profile(year=2023, monthly_means_c=[10.0] * 12, daily_swing_k=8.0)
    day = air.reshape(365, 24)[100]
    assert int(day.argmax()) == 15
    assert (day.max(), day.min()) == pytest.approx((14.0, 6.0))


def test_negative_swing_is_refused() -> None:
    """A negative swing would put the warmest hour at 3:00."""
    with pytest.raises(ValueError, match="daily_swing_k"):
        temperature_profile(year=2023, monthly_means_c=MEANS, daily_swing_k=-1.0)


def test_cop_is_quality_times_carnot_in_kelvin() -> None:
    """80 degC from 30 degC: 353.15/50 = 7.063, half of it 3.5315. In degC it would be 0.8."""
    assert cop(80.0, 30.0, 0.5, 10.0) == pytest.approx(3.5315)


def test_cop_stops_at_its_maximum_also_where_the_source_is_as_warm() -> None:
    """5 K of lift: 0.5 * 353.15/5 = 35.3, clipped to 6; source at and above the sink: 6, not a
    division by zero nor a negative COP."""
    assert cop(80.0, np.array([75.0, 80.0, 90.0]), 0.5, 6.0).tolist() == [6.0, 6.0, 6.0]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((80.0, 30.0, 1.5, 6.0), "quality"),
        ((80.0, 30.0, 0.5, 0.0), "maximum"),
        ((80.0, -300.0, 0.5, 6.0), "source_c"),
        ((float("nan"), 30.0, 0.5, 6.0), "sink_c"),
    ],
)
def test_wrong_heat_pump_figures_are_named(arguments: Any, words: str) -> None:
    """Proves that a COP above Carnot or from an impossible temperature is refused."""
    with pytest.raises(ValueError, match=words):
        cop(*arguments)
