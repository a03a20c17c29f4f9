"""What becomes of a measure, from plans given by hand."""

from __future__ import annotations

from optimizer.studies.roles import Kind, Threshold, roles

ON, OFF = {"a": 1.0}, dict[str, float]()


def role_of(*along: dict[str, float]) -> tuple[Kind, tuple[Threshold, ...]]:
    """The role of `a` where a driver at 0.8, 1 and 1.2 has these plans, the middle one as it is."""
    low, base, high = along
    points = [(0.8, low), (1.0, base), (1.2, high)]
    (role,) = roles(["a"], base, {"price": points}, along)
    return role.kind, role.thresholds


def test_each_role_by_the_plans_that_have_it() -> None:
    """Proves the four that a single driver decides, with the factors that bracket the threshold."""
    assert role_of(ON, ON, ON) == ("always", ())
    assert role_of(OFF, OFF, OFF) == ("never", ())
    assert role_of(OFF, ON, ON) == ("threshold", (Threshold("price", 1.0, 0.8),))
    assert role_of(OFF, OFF, ON) == ("hedge", (Threshold("price", 1.2, 1.0),))


def test_what_both_directions_change_no_driver_decides() -> None:
    """Proves the fifth: out when the price falls and out when it rises is no threshold of the
    price, nor is in on both sides a hedge; as thresholds they would be news that isn't."""
    assert role_of(OFF, ON, OFF)[0] == "either"
    assert role_of(ON, OFF, ON)[0] == "either"


def test_plans_of_several_drivers_count_too() -> None:
    """Proves that a plan where drivers moved together makes 'always' a threshold without a value:
    two of three plans have it, and no single driver takes it out."""
    (role,) = roles(["a"], ON, {"price": [(0.8, ON), (1.0, ON)]}, [ON, ON, OFF])
    assert (role.kind, role.plans, role.tested, role.thresholds) == ("threshold", 2, 3, ())
