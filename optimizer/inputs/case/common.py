"""What several parts of a case share: names, and values by year or by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

ByYear = NDArray[np.float64]


Varying = float | str
"""A number, or the key of a series."""


EmissionPart = Literal["fuel", "process", "scope2"]
"""What a carbon price may cover: scope 1 from carriers, scope 1 from processes, scope 2."""


Rule = tuple[float | None, ...]
"""A limit by planning year; None where no rule sets one."""


@dataclass(frozen=True)
class Name:
    en: str
    zh: str
