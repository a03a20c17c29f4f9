"""Series and roles that make no typical days."""

import numpy as np
import pytest

from optimizer.inputs.typical_periods import Roles, typical_axis
from tests.inputs.test_typical_periods import ROLES, solved, year


@pytest.mark.parametrize(
    ("change", "roles", "words"),
    [
        ({}, Roles(electricity=("power",)), "series 'heat' has 0 roles"),
        ({"power": np.zeros(100)}, ROLES, "series 'power' has shape"),
        ({"power": np.full(8760, np.nan)}, ROLES, "'power' has gaps"),
        ({"power": np.full(8760, -1.0)}, ROLES, "'power' is below 0"),
        ({"sun": np.full(8760, 1.1)}, ROLES, "'sun' is above 1"),
        ({"cop": np.zeros(8760)}, ROLES, "COP 'cop' is not above 0"),
    ],
)
def test_unfit_series_are_named(change: dict[str, np.ndarray], roles: Roles, words: str) -> None:
    """Proves that a series without a role, or with values that its role excludes, is an error."""
    with pytest.raises(ValueError, match=words):
        typical_axis(year() | change, n=4, step_minutes=60, roles=roles)


def test_roles_without_series_and_no_periods_are_refused() -> None:
    """A role that names nothing touches nothing; n = 0 has no ordinary day."""
    with pytest.raises(ValueError, match="role names 'b'"):
        Roles(electricity=("a", "b")).check({"a": np.ones((365, 24))})
    with pytest.raises(ValueError, match="typical periods: got 0"):
        solved(0)
    with pytest.raises(ValueError, match="no series"):
        typical_axis({}, n=1, step_minutes=60, roles=Roles())
