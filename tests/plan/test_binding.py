"""Rules that bind, as the summary lists them."""

from __future__ import annotations

import pytest

from optimizer.plan.binding import binding_rules
from optimizer.plan.extract import extract
from tests.model.solving import solved
from tests.model.test_budget import budget
from tests.model.test_capacity import heat_pump, plant


def test_an_exempt_renewal_is_no_spending_against_the_budget() -> None:
    """Proves that 1 MW at 10,000, bought again by force in 2027, spends 10,000 and then nothing.

    The budget of 10,000 binds in 2026; that of 5,000 in 2027 does not, of which a counted renewal
    would spend 10,000. Where it counts, 0.5 MW of 5,000 each year bind in 2027 alone.
    """
    option = heat_pump(slope=10e3, life=1, renewal="forced", upper=1.0)
    for exempt, year, value in ((True, 2026, 10e3), (False, 2027, 5e3)):
        case = plant(option, budget=budget(10e3, 5e3, exempt_renewals=exempt))
        (found,) = binding_rules(case, extract(solved(case)))
        assert (found["rule"], found["year"]) == ("budget", year)
        assert found["value"] == pytest.approx(value, rel=1e-6)
