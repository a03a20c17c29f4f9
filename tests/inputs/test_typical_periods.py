"""Typical days: real representatives, extreme days on top, totals kept."""

import json
from dataclasses import replace

import numpy as np
import pytest

from optimizer.inputs.profiles.calendar import month_of_day
from optimizer.inputs.profiles.heat_pump import cop
from optimizer.inputs.typical_periods import Roles, TypicalDays, add_days, typical_axis

ROLES = Roles(
    electricity=("power",),
    heat={"heat": "cop"},
    carriers={"hydrogen": ("h2",)},
    pv=("sun",),
    cop=("cop",),
    price=("price",),
    plain=("air",),
)


def year() -> dict[str, np.ndarray]:
    """A made-up year with a seeded ripple, so that every day differs from every other."""
    rng = np.random.default_rng(3)
    hour, day = np.tile(np.arange(24), 365), np.repeat(np.arange(365), 24)
    cold = np.cos(2 * np.pi * day / 365)
    work = np.where(day % 7 < 5, 1.0, 0.3) * np.where((hour >= 6) & (hour < 22), 1.0, 0.4)
    air = 12 - 10 * cold + rng.normal(0, 1, 365).repeat(24)
    cloud = rng.beta(2, 1, 365).repeat(24)
    return {
        "power": work * (5 + rng.random(8760)),
        "heat": work * (3 + cold) * (0.9 + 0.1 * rng.random(8760)),
        "h2": np.where(hour < 12, 1.0, 0.5) * (1 + 0.1 * rng.random(8760)),
        "sun": np.clip(np.sin((hour - 6) * np.pi / 12), 0, None) * cloud * (0.7 - 0.2 * cold),
        "cop": cop(75.0, air, 0.5, 6.0),
        "price": 90 + 30 * np.sin(hour * np.pi / 12) - np.where(day % 50 == 0, 150.0, 0.0),
        "air": air,
    }


def solved(n: int = 8) -> TypicalDays:
    """The made-up year on n typical days."""
    return typical_axis(year(), n=n, step_minutes=60, roles=ROLES)


def weighted(typical: TypicalDays, key: str) -> float:
    """Sum over periods of weight times the day's sum."""
    return float((typical.axis.weight[:, None] * typical.values[key]).sum())


def test_weights_count_days_and_sum_to_365() -> None:
    """Extreme days weigh 1 and are in no cluster: 8 clusters hold 365 - extremes days. Extremes
    left in their cluster as well would make 365 + extremes."""
    axis = solved().axis
    assert axis.weight.sum() == 365
    assert (axis.weight[axis.extreme] == 1).all()
    assert (~axis.extreme).sum() == 8
    assert np.array_equal(np.bincount(axis.period_of_day), axis.weight)


def test_yearly_totals_are_kept_for_all_but_prices() -> None:
    """sum(weight * value) = sum of the year to 1e-9; unscaled the sun alone is percents off."""
    typical, whole = solved(), year()
    for key in ("power", "heat", "h2", "sun", "cop"):
        assert weighted(typical, key) == pytest.approx(whole[key].sum(), rel=1e-9)
    errors = [typical.report["series"][k]["energy_error_before_scaling"] for k in ("sun", "heat")]
    assert max(map(abs, errors)) > 1e-3


def test_ordinary_days_are_real_days_times_one_factor() -> None:
    """Each ordinary period is its representative day times the reported factor, at most the year's
    highest value; extreme days, prices and temperatures are untouched."""
    typical, whole = solved(), year()
    axis = typical.axis
    for key, values in typical.values.items():
        real = whole[key].reshape(365, 24)[axis.day_of_period]
        factor = np.where(axis.extreme, 1.0, typical.scale[key])[:, None]
        assert values == pytest.approx(
            np.where(factor == 1, real, np.minimum(factor * real, whole[key].max())), rel=1e-12
        )
    assert typical.scale["price"] == typical.scale["air"] == 1.0


def test_every_month_keeps_its_highest_electricity_and_its_highest_with_heat_pumps() -> None:
    """The billed peak of each month is seen exactly in a period that holds a day of that month;
    clusters alone would miss it, and a plan would be promised too small a demand charge."""
    typical, whole = solved(), year()
    month, axis = month_of_day(), typical.axis
    loads = (whole["power"], whole["power"] + whole["heat"] / whole["cop"])
    for load in loads:
        days = load.reshape(365, 24).max(axis=1)
        for m in range(12):
            top = int(np.flatnonzero((month == m) & (days == days[month == m].max()))[0])
            assert axis.extreme[axis.period_of_day[top]]
            assert axis.months[axis.period_of_day[top], m]


def test_a_yearly_bill_needs_the_highest_day_of_the_year_alone() -> None:
    """Proves that with one bill a year two loads give at most two days, the year's highest of each,
    found by plain numpy; kept by month they would make up to 24 periods that no bill falls on."""
    whole = year()
    roles = replace(ROLES, billing="year")
    typical = typical_axis(whole, n=8, step_minutes=60, roles=roles)
    loads = {
        "highest electricity, year": whole["power"],
        "highest electricity + heat/COP, year": whole["power"] + whole["heat"] / whole["cop"],
    }
    said = {why: day for day, reasons in typical.reasons.items() for why in reasons}
    for why, load in loads.items():
        assert said[why] == int(load.reshape(365, 24).max(axis=1).argmax())
    assert not any("month" in why for why in said)
    assert len(typical.reasons) <= len(loads) + 4


def test_highest_demands_and_lowest_sun_and_cop_stand_for_themselves() -> None:
    """Backup sizes follow these four days; each is found by plain numpy and must be a period."""
    typical, whole = solved(), {k: v.reshape(365, 24) for k, v in year().items()}
    wanted = {
        int(whole["heat"].max(axis=1).argmax()),
        int(whole["h2"].max(axis=1).argmax()),
        int(whole["sun"].sum(axis=1).argmin()),
        int(whole["cop"].mean(axis=1).argmin()),
    }
    assert wanted <= set(typical.axis.day_of_period[typical.axis.extreme].tolist())


def test_a_day_that_is_extreme_twice_is_one_period() -> None:
    """One day with the year's highest power, heat and hydrogen and no sun: one period, four or
    more reasons. Counted twice, the weights would pass 365."""
    series = year()
    for key in ("power", "heat", "h2"):
        series[key][100 * 24 : 101 * 24] = 20.0
    series["sun"][100 * 24 : 101 * 24] = 0.0
    typical = typical_axis(series, n=4, step_minutes=60, roles=ROLES)
    assert (typical.axis.day_of_period == 100).sum() == 1
    assert typical.reasons[100] == [
        "highest electricity, month 4",
        "highest electricity + heat/COP, month 4",
        "highest demand, heat",
        "highest demand, hydrogen",
        "lowest sun",
    ]


def test_metered_peaks_decide_the_billed_days() -> None:
    """A spike of 50 MW inside one hour of day 10, in the maximum but not in the mean: with the
    peak series the day stands for itself; with the mean alone it would vanish in a cluster."""
    series = year()
    highest = series["power"] * 1.1
    highest[10 * 24 + 3] = 50.0
    roles = Roles(electricity=("power",), peak=("highest",))
    both = {"power": series["power"], "highest": highest}
    typical = typical_axis(both, n=4, step_minutes=60, roles=roles)
    assert typical.reasons[10] == ["highest electricity, month 1"]
    assert typical.scale["highest"] == 1.0
    alone = typical_axis(
        {"power": series["power"]}, n=4, step_minutes=60, roles=Roles(electricity=("power",))
    )
    assert 10 not in alone.reasons


def test_lost_negative_prices_are_reported() -> None:
    """Every 50th day is 150 cheaper: 8 days; the report counts the year's negative steps and sum,
    and what the weighted typical days have of them, in plain numbers that JSON can hold."""
    typical, price = solved(1), year()["price"]
    said = typical.report["series"]["price"]
    assert json.loads(json.dumps(typical.report)) == typical.report
    assert said["negative_steps"]["year"] == (price < 0).sum() > 0
    assert said["negative_sum"]["year"] == pytest.approx(price[price < 0].sum())
    seen = typical.values["price"]
    weight = typical.axis.weight[:, None]
    assert said["negative_sum"]["typical"] == pytest.approx((weight * np.minimum(seen, 0)).sum())


def test_same_input_same_typical_days() -> None:
    """Proves determinism: all arrays equal, bit by bit."""
    one, two = solved(), solved()
    assert np.array_equal(one.axis.period_of_day, two.axis.period_of_day)
    assert all(np.array_equal(one.values[k], two.values[k]) for k in one.values)


def test_a_carrier_used_on_few_days_keeps_its_total_as_a_mean() -> None:
    """Hydrogen 2 MW on days 10 and 200 and nothing else: day 10 is the extreme, day 200 sinks in a
    cluster whose medoid has none. No factor makes 48 MWh of zeros, so the mean of the cluster
    stands in and says so; the total of 96 MWh holds."""
    series = year()
    series["h2"] = np.zeros(8760)
    series["h2"][240:264] = series["h2"][4800:4824] = 2.0
    typical = typical_axis(series, n=1, step_minutes=60, roles=ROLES)
    assert typical.report["series"]["h2"]["form"] == "cluster_mean"
    assert weighted(typical, "h2") == pytest.approx(96.0)


def test_added_days_leave_their_cluster_and_totals_still_hold() -> None:
    """A representative and a plain member are added: two periods more, weight 1 each, the cluster
    that lost its representative takes the medoid of the rest, the other clusters keep theirs."""
    before, whole = solved(), year()
    shown = int(before.axis.day_of_period[0])
    member = int(np.flatnonzero(before.axis.period_of_day == 1)[0])
    if member == before.axis.day_of_period[1]:
        member = int(np.flatnonzero(before.axis.period_of_day == 1)[1])
    after = add_days(before, [shown, member])
    axis = after.axis
    assert len(axis.weight) == len(before.axis.weight) + 2
    assert {shown, member} <= set(axis.day_of_period[axis.extreme].tolist())
    kept = set(before.axis.day_of_period.tolist()) - {shown}
    assert kept <= set(axis.day_of_period.tolist())
    for key in ("power", "heat", "sun"):
        assert weighted(after, key) == pytest.approx(whole[key].sum(), rel=1e-9)


def test_adding_what_is_there_changes_nothing_and_a_wrong_day_is_refused() -> None:
    """Proves that the loop of full-year checks ends, and that day 365 doesn't exist."""
    typical = solved()
    assert add_days(typical, list(typical.reasons)) is typical
    with pytest.raises(ValueError, match="day 365"):
        add_days(typical, [365])


def test_many_periods_are_the_full_year() -> None:
    """n + extremes >= 365 gives 365 days of weight 1 and no scaling; all days added, likewise."""
    full = solved(360)
    assert full.axis.kind == "full"
    assert np.array_equal(full.values["power"].reshape(-1), year()["power"])
    assert set(full.scale.values()) == {1.0}
    assert add_days(full, [5]) is full
    assert add_days(solved(2), range(365)).axis.kind == "full"


def test_quarter_hours_have_96_steps() -> None:
    """35,040 values at 15 min: 96 steps of 0.25 h a period, the total kept."""
    power = np.repeat(year()["power"], 4)
    roles = Roles(electricity=("power",))
    typical = typical_axis({"power": power}, n=3, step_minutes=15, roles=roles)
    assert (typical.axis.steps, typical.axis.dt) == (96, 0.25)
    assert weighted(typical, "power") == pytest.approx(power.sum(), rel=1e-9)
