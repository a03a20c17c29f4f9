"""How a variable of the plan is written: dims, values, units."""

from __future__ import annotations

from typing import Any

import numpy as np

Table = tuple[tuple[str, ...], Any, dict[str, str]]


def table(dims: tuple[str, ...], values: Any, unit: str) -> Table:
    """A variable for an xarray Dataset, its unit in ``attrs['units']``."""
    return dims, np.asarray(values), {"units": unit}
