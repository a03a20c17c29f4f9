"""A loan while one thing at a time goes worse than planned; what is built stays as planned."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from optimizer.finance.coverage import dscr
from optimizer.loans.cash import Saved
from optimizer.loans.cover import BEYOND, least, least_life, reaches
from optimizer.loans.lending import Lending
from optimizer.loans.stress_cases import (
    DISPATCHED,
    LARGEST,
    SIZES,
    Burden,
    burden,
    dispatched,
    worse,
)
from optimizer.plan.returns import Figure, told
from optimizer.studies.stressed import Changed

Array = NDArray[np.float64]
BASE: Final = "as_planned"
PAID_BACK: Final = 1.0
"""Covenant of a loan that names none: the cash pays the debt."""
EXACT, NEAR = 1e-9, 1e-3
"""How exactly a breaking size is found: by arithmetic, and by dispatching anew."""
HOLDS, BROKEN, NOT_ASKED, NO_DISPATCH = "holds", "broken_as_planned", "not_asked", "no_dispatch"
"""Why a case has no breaking size, or no ratio."""


@dataclass(frozen=True)
class Stressed:
    """A loan in one case, by year from the first draw to the last repayment, (S,) each [nominal].

    ``size``: None as planned. ``cash``: None where the plant can't be run so. ``ratios``: DSCR [1],
    None in years without debt service. ``breaks``: size at which the least DSCR is the covenant.
    ``keeps_rules``: False where no dispatch keeps the policy's rules, so that it was done without.
    """

    case: str
    size: float | None
    cash: Array | None
    service: Array
    ratios: tuple[float | None, ...]
    dscr: Figure
    llcr: Figure
    breaks: Figure
    keeps_rules: bool = True


@dataclass(frozen=True)
class Stress:
    """All cases, as planned first; ``covenant``: least DSCR [1] that the loan asks for.

    ``periods``: representative days of the dispatches, None where nothing was dispatched.
    ``baseline_excess``: by what share the stored baseline costs more to run than at least cost on
    these days.
    """

    covenant: float
    years: tuple[int, ...]
    cases: tuple[Stressed, ...]
    periods: int | None = None
    baseline_excess: float | None = None

    @property
    def worst(self) -> Stressed:
        """The case with the least DSCR; as planned where none is known."""
        known = {i: one.dscr.value for i, one in enumerate(self.cases)}
        ratios = {i: value for i, value in known.items() if value is not None}
        return self.cases[min(ratios, key=ratios.__getitem__, default=0)]

    def below(self, one: Stressed) -> list[int]:
        """Years in which a case breaks the covenant."""
        pairs = zip(self.years, one.ratios, strict=True)
        return [year for year, ratio in pairs if ratio is not None and ratio < self.covenant]

    def as_dict(self) -> dict[str, Any]:
        """As `decarb loan --json` has it."""
        cases = [self._case(one) for one in self.cases]
        return {
            "covenant": self.covenant,
            "periods": self.periods,
            "baseline_excess": self.baseline_excess,
            "worst": self.worst.case,
            "cases": cases,
        }

    def _case(self, one: Stressed) -> dict[str, Any]:
        cash = [None] * len(self.years) if one.cash is None else one.cash.tolist()
        rows = zip(self.years, cash, one.service.tolist(), one.ratios, strict=True)
        keys = ("year", "cash", "service", "dscr")
        return {
            "case": one.case,
            "size": one.size,
            "dispatched": one.case in DISPATCHED,
            "keeps_rules": one.keeps_rules,
            "years": [dict(zip(keys, row, strict=True)) for row in rows],
            "dscr": told(one.dscr),
            "llcr": told(one.llcr),
            "below": self.below(one),
            "breaks": told(one.breaks),
        }


def stress(
    lending: Lending, saved: Saved, changed: Changed | None = None, *, search: bool = False
) -> Stress:
    """Every case of `SIZES`; those in which the plant runs otherwise only with ``changed``.

    ``search``: find the size at which these break the covenant too, by dispatching anew.
    """
    given = lending.loan.default_at
    bench = _Bench(lending, saved, changed, PAID_BACK if given is None else given, search)
    asked = [case for case in SIZES if changed is not None or case not in DISPATCHED]
    planned = bench.at(BASE, 0.0, Figure(None, BASE))
    return Stress(bench.covenant, lending.years, (planned, *map(bench.case, asked)))


@dataclass(frozen=True)
class _Bench:
    """What every case begins with."""

    lending: Lending
    saved: Saved
    changed: Changed | None
    covenant: float
    search: bool

    def case(self, name: str) -> Stressed:
        """One case at its size, and the size at which it breaks the covenant."""
        found = self.at(name, SIZES[name], Figure(None, NOT_ASKED))
        wanted = self.search or name not in DISPATCHED
        if not wanted or found.dscr.value is None:
            return found
        return replace(found, breaks=self._breaks(name, found.dscr.value))

    def at(self, name: str, size: float, breaks: Figure) -> Stressed:
        """One case at any size."""
        found = self._burden(name, size)
        shown = None if name == BASE else size
        if found is None or not reaches(self.lending, self.saved.years):
            service, why = self.lending.service, Figure(None, BEYOND if found else NO_DISPATCH)
            cash, none = found.cash if found else None, (None,) * len(service)
            return Stressed(name, shown, cash, service, none, why, why, breaks)
        ratios = dscr(found.cash, found.service)
        life = least_life(found.cash, found.service, found.owed, found.rate)
        return Stressed(
            name, shown, found.cash, found.service, ratios, least(ratios), life, breaks,
            found.keeps_rules,
        )  # fmt: skip

    def _burden(self, name: str, size: float) -> Burden | None:
        if name not in DISPATCHED:
            return burden(self.lending, worse(self.saved, name, size), name, size)
        change = self.changed(name, size) if self.changed is not None else None
        if change is None:
            return None
        found = burden(self.lending, dispatched(self.saved, name, change.by_class))
        return replace(found, keeps_rules=change.keeps_rules)

    def _breaks(self, name: str, at_size: float) -> Figure:
        """Where the least DSCR is the covenant, between what is planned and the largest size."""
        over = self._over(BASE, 0.0)
        if over < 0:
            return Figure(None, BROKEN)
        low, high = 0.0, SIZES[name]
        if at_size >= self.covenant:
            low, high = SIZES[name], LARGEST[name]
            if high <= low or self._over(name, high) >= 0:
                return Figure(None, HOLDS)
        near = NEAR if name in DISPATCHED else EXACT
        return Figure(float(brentq(lambda size: self._over(name, size), low, high, xtol=near)))

    def _over(self, name: str, size: float) -> float:
        """Least DSCR less the covenant [1]; far below it where the plant can't be run so."""
        found = self.at(name, size, Figure(None)).dscr.value
        return -self.covenant if found is None else found - self.covenant
