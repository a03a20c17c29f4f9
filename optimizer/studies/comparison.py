"""Plans side by side: what each costs, emits and offsets by year, and which rule binds when.

A plan is known here by its figures alone, wherever they come from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final, Literal

from optimizer.errors import Problem, StoppedWithoutPlan
from optimizer.solve.promises import BrokenPromise, Reason
from optimizer.studies.apart import Apart, apart
from optimizer.studies.figures import Figures
from optimizer.studies.residual import Yardstick, split
from optimizer.words import text

Status = Literal["optimal", "feasible", "no_plan", "refused", "stopped"]
"""refused: the policy doesn't fit the scenario; stopped: before a plan was found."""
NO_RULES: Final = "none"
"""The pack without rules."""
Ledger = Literal["location", "market"]
Kind = Literal["policies", "whatifs", "scenarios", "runs"]
ONE: Final[dict[Kind, str]] = {
    "policies": "policy", "whatifs": "whatif", "scenarios": "scenario", "runs": "run"
}  # fmt: skip
"""What one of each kind is called, the key of its name in JSON."""
TAKEN = (
    "decision_cost", "valuation", "bound", "gap", "net_present_cost", "npv", "axis", "method"
)  # fmt: skip
"""Keys of summary.json that stand in a compared plan as they are."""


@dataclass(frozen=True)
class Compared:
    """One plan of a comparison, or why there is none.

    ``key`` names it, such as the policy "none" or "a+b". ``same_as``: the plan before it with the
    same limits, for it wasn't searched again. ``unheld``: gates, as pack/rule, that no plan is held
    to. ``passing``: packs that aren't in force in all planning years, with those in which they are.
    ``yardstick``: the ceiling that splits what the plan leaves; None without one.
    """

    key: str
    name: dict[str, str]
    ledger: Ledger
    status: Status
    reasons: tuple[object, ...] = ()
    figures: Figures | None = None
    same_as: str | None = None
    unheld: tuple[str, ...] = ()
    passing: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    seconds: float = 0.0
    yardstick: Yardstick | None = None

    @property
    def is_split(self) -> bool:
        """Whether residual and unabated emissions of the plan are known."""
        yardstick = self.yardstick
        return self.figures is not None and yardstick is not None and yardstick.least is not None

    def same_for(self, other: Compared) -> Compared:
        """The same plan for other packs that limit it alike, named and held as theirs."""
        return replace(
            self, key=other.key, name=other.name, unheld=other.unheld, passing=other.passing,
            same_as=self.same_as or self.key, seconds=0.0,
        )  # fmt: skip

    def as_dict(self, one: str = "policy") -> dict[str, Any]:
        """The plan as JSON shows it, ``one``: what names it; figures are null without a plan."""
        known = self.figures.summary if self.figures else {}
        return {
            one: self.key,
            "name": self.name,
            "ledger": self.ledger,
            **{key: known.get(key) for key in TAKEN},
            "status": self.status,
            "reason": {lang: self.said(lang) for lang in ("en", "zh")},
            "same_as": self.same_as,
            "missed": [
                {"rule": r.rule, "item": r.item, "year": r.year, "by": r.by}
                for r in self.reasons
                if isinstance(r, BrokenPromise)
            ],
            "unheld": list(self.unheld),
            "passing": {pack: list(years) for pack, years in self.passing.items()},
            "ceiling": self._ceiling(),
            "years": self.years(),
            "binding": known.get("binding", []),
            "seconds": round(self.seconds, 2),
        }

    def said(self, lang: str) -> list[str]:
        """Why there is no plan, a line a reason."""
        return [_said(reason, lang) for reason in self.reasons]

    def years(self) -> list[dict[str, Any]]:
        """By year: cost [money of the year], emissions and credits [t]; empty without a plan.

        Residual and unabated add up to ``remaining``; None where no ceiling splits it.
        """
        if self.figures is None:
            return []
        gross, (residual, unabated) = self.figures.gross, self._parts()
        return [
            {
                "year": row["year"],
                "cost": self.figures.cost[i],
                "capex": row["capex"],
                "opex": row["opex"],
                "remaining": row["gross"],
                "remaining_location": gross["location"][i],
                "remaining_market": gross["market"][i],
                "residual": residual[i],
                "unabated": unabated[i],
                "credits": row["credits"],
                "net": row["net"],
            }
            for i, row in enumerate(self.figures.summary["years"])
        ]

    def _parts(self) -> list[list[float | None]]:
        """Residual and unabated emissions by year [t]."""
        rows = self.figures.summary["years"] if self.figures else []
        if self.yardstick is None or self.yardstick.least is None:
            return [[None] * len(rows)] * 2
        remaining = [row["gross"] for row in rows]
        parts = split(remaining, self.yardstick.least, self.yardstick.price)
        return [[float(t) for t in part] for part in parts]

    def _ceiling(self) -> dict[str, Any] | None:
        """The ceiling by year [money/t], whose it is, and whether its search found a plan."""
        if self.yardstick is None or self.figures is None:
            return None
        years = [str(row["year"]) for row in self.figures.summary["years"]]
        price = dict(zip(years, self.yardstick.price, strict=True))
        return {"price": price, "of": self.yardstick.of, "split": self.is_split}


@dataclass(frozen=True)
class Difference:
    """What a plan's optimum costs more than that of ``against``, between ``low`` and ``high``.

    Both optima lie between bound and cost of their searches: low = bound - cost of the other,
    high = cost - bound of the other. Present value in money of the base year.
    """

    against: str
    low: float
    high: float

    @property
    def is_noise(self) -> bool:
        """Whether the searches can't tell which of both is dearer."""
        return self.low <= 0 <= self.high


@dataclass(frozen=True)
class Comparison:
    """Plans of one factory; ``ledger`` is the one in which they are drawn together.

    ``own_limits`` are the fields of the scenario's own policy that limit a plan, and
    ``own_kept`` whether they hold in every plan or in that of the scenario alone. ``rules``: names
    of gates of packs by pack/rule.
    """

    scenario: dict[str, str]
    currency: str
    price_year: int
    ledger: Ledger
    own_limits: tuple[str, ...]
    own_kept: bool
    plans: tuple[Compared, ...]
    rules: dict[str, dict[str, str]]
    interrupted: bool = False
    """Ctrl-C ended it: what comes after the last plan wasn't searched."""
    kind: Kind = "policies"

    @property
    def reference(self) -> Compared | None:
        """What the others are measured against: no rules, else the first that has a plan."""
        solved = [plan for plan in self.plans if plan.figures is not None]
        return next((p for p in solved if p.key == NO_RULES), solved[0] if solved else None)

    def difference(self, plan: Compared) -> Difference | None:
        """Against the reference; None for it, for what equals it, without a plan, and where bounds
        count what is never paid."""
        other = self.reference
        if other is None or plan.figures is None or other.figures is None:
            return None
        if (plan.same_as or plan.key) == (other.same_as or other.key):
            return None
        one, two = plan.figures.summary, other.figures.summary
        if one["bound"] is None or two["bound"] is None:
            return None
        if any(known.get("valuation") is not None for known in (one, two)):
            return None
        low, high = one["bound"] - two["decision_cost"], one["decision_cost"] - two["bound"]
        return Difference(other.key, low, high)

    def apart(self, plan: Compared) -> Apart | None:
        """What the plan has, and pays, that the reference hasn't; None where it equals it, and
        without a plan."""
        other = self.reference
        if other is None or plan.figures is None or other.figures is None:
            return None
        if (plan.same_as or plan.key) == (other.same_as or other.key):
            return None
        one, two = other.figures, plan.figures
        return apart((one.picked, one.present), (two.picked, two.present))

    def as_dict(self) -> dict[str, Any]:
        """The comparison as JSON shows it."""
        return {
            "kind": self.kind,
            "scenario": self.scenario,
            "currency": self.currency,
            "price_year": self.price_year,
            "ledger": self.ledger,
            "interrupted": self.interrupted,
            "own_limits": {"fields": list(self.own_limits), "kept": self.own_kept},
            "plans": [
                plan.as_dict(ONE[self.kind])
                | {
                    "difference": _plain(self.difference(plan)),
                    "apart": None if (found := self.apart(plan)) is None else found.as_dict(),
                }
                for plan in self.plans
            ],
        }


def _said(reason: object, lang: str) -> str:
    """One reason in words; what has none in other languages is told as the input error it is."""
    if isinstance(reason, Reason):
        return reason.said(lang)
    if isinstance(reason, Problem):
        if not reason.key:
            return text("refused.other", lang, problem=reason)
        return text(f"refused.{reason.key}", lang, subject=reason.subject, **reason.values)
    if isinstance(reason, StoppedWithoutPlan):
        return text(f"compare.{'interrupted' if reason.interrupted else 'out_of_time'}", lang)
    return str(reason)


def _plain(difference: Difference | None) -> dict[str, Any] | None:
    return None if difference is None else asdict(difference) | {"noise": difference.is_noise}
