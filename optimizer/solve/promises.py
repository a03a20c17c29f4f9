"""A yearly promise that no plan can keep, and that there was no time to say more, in words."""

from __future__ import annotations

from dataclasses import dataclass

from optimizer.words import text


@dataclass(frozen=True)
class BrokenPromise:
    """``rule`` in ``year``: the limit, and the value nearest to it that can be reached.

    ``rule`` is a constraint's name, or ``demand``. ``item`` is a carrier that can't be supplied
    (limit: MWh needed; reachable: MWh supplied), the kind of area, or the gate of a pack
    (reachable: what it is missed by, in its row's unit); empty otherwise. Emissions
    and credits in t, area in m2, budgets in ``currency``.
    """

    rule: str
    year: int
    limit: float
    reachable: float
    item: str = ""
    currency: str = ""

    @property
    def by(self) -> float:
        """What the limit is missed by, in its unit."""
        return abs(self.reachable - self.limit)

    def said(self, lang: str) -> str:
        """One line, such as "2028: gross cap 12,000 t, lowest reachable 13,410 t, 1,410 t
        over"."""
        return text(
            f"no_plan.{self.rule}",
            lang,
            year=self.year,
            item=self.item,
            currency=self.currency,
            limit=_shown(self.limit),
            reachable=_shown(self.reachable, self.limit),
            by=_shown(self.by),
        )

    def __str__(self) -> str:
        return self.said("en")


@dataclass(frozen=True)
class CutShort:
    """The explanation ended after so many ``seconds``; ``named``: promises that break were found,
    but less of them might do."""

    seconds: float
    named: bool

    def said(self, lang: str) -> str:
        """One line; the last of the explanation."""
        key = "no_plan.cut_short" if self.named else "no_plan.cut_short_unnamed"
        return text(key, lang, seconds=f"{self.seconds:,.0f}")

    def __str__(self) -> str:
        return self.said("en")


Reason = BrokenPromise | CutShort
"""Why there is no plan."""


def _shown(value: float, beside: float | None = None) -> str:
    """A value in whole units, or with as many digits as make it differ from its neighbour."""
    for digits in range(7):
        shown = f"{value:,.{digits}f}"
        if abs(float(shown.replace(",", "")) - value) <= 0.005 * abs(value) and (
            beside is None or shown != f"{beside:,.{digits}f}"
        ):
            return shown
    return f"{value:,.6g}"
