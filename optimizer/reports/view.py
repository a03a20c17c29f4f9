"""A stored run as a report sees it: names, years, money scale and colours in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from optimizer import words
from optimizer.errors import InputErrors
from optimizer.plan.judge import Judgement, judge
from optimizer.reports import energy, numbers
from optimizer.reports.inputs_copy import InputsCopy
from optimizer.reports.palette import Palette, palette

Numbers = NDArray[np.float64]
MONEY = "money"
NAMED_DIMS = (
    "measure", "asset", "contract", "credit", "carrier", "use", "rule", "material",
    "material_contract",
)  # fmt: skip


@dataclass(frozen=True)
class View:
    """What every section and table reads. `plan` and `baseline` as in docs/plan_file.md."""

    plan: xr.Dataset
    baseline: xr.Dataset
    summary: Mapping[str, Any]
    inputs: InputsCopy
    lang: str
    audit: Mapping[str, Any] | None = None
    """As docs/plan_file.md lays audit.json out; None for a run that wasn't audited."""
    shares: Mapping[str, Any] | None = None
    """As docs/plan_file.md lays shares.json out; None before `decarb measures`."""

    def say(self, key: str, /, **values: object) -> str:
        """The sentence `key` in the report's language; {ledger} and {gases} are the run's own."""
        named = {"ledger": self.ledger, "gases": self.gases}
        return words.text(key, self.lang, **{**named, **values})

    @cached_property
    def ledger(self) -> str:
        """The policy's scope 2 ledger, in words."""
        return words.text(f"ledger.{self.summary['ledger']}", self.lang)

    @property
    def gases(self) -> str:
        """What the tonnes of the run stand for: CO₂, or CO₂e."""
        return str(self.summary.get("gases", "CO2e")).replace("2", "₂")

    @property
    def kilotonnes(self) -> str:
        """The unit of emissions in pictures and sentences."""
        return f"kt {self.gases}"

    def term(self, group: str, name: str) -> str:
        """The word for an id that the model knows, such as cost class `energy`; else the id."""
        return words.text_or(f"{group}.{name}", name, self.lang)

    def name(self, dim: str, identifier: str) -> str:
        """Name of a member of a dimension in the report's language; its id where it has none."""
        return self._names.get((dim, identifier), identifier)

    def name_of_unit(self, unit: str) -> str:
        """Name of a unit: its measure's, or its asset's with a word for the renewed one."""
        if ("measure", unit) in self._names:
            return self._names["measure", unit]
        asset = self.inputs.asset_of_unit(unit)
        if asset is None:
            return unit
        name = self.name("asset", asset)
        return name if unit == asset else self.say("unit.renewed", name=name)

    @cached_property
    def _names(self) -> dict[tuple[str, str], str]:
        found: dict[tuple[str, str], str] = {}
        for dim in NAMED_DIMS:
            coord = f"{dim}_name_{self.lang}"
            for ds in (self.baseline, self.plan):
                if coord in ds.coords or coord in ds:
                    ids, shown = ds[dim].values, ds[coord].values
                    found |= {(dim, str(i)): str(n) for i, n in zip(ids, shown, strict=True)}
        return found

    @cached_property
    def years(self) -> list[int]:
        """Planning years."""
        return [int(year) for year in self.plan["year"].values]

    @cached_property
    def plan_flows(self) -> list[energy.Flow]:
        """Where the plan's energy comes from and goes to in the last year."""
        return energy.flows(self.plan, self.inputs, self.last)

    @cached_property
    def judgement(self) -> Judgement | str:
        """Each rule with its verdict; why not, where the run's inputs can't be judged."""
        try:
            return judge(self.inputs.folder.parent)
        except (OSError, InputErrors) as error:
            return str(error).splitlines()[0]

    @property
    def last(self) -> int:
        """The last planning year, which the tail repeats."""
        return self.years[-1]

    def yearly(self, key: str) -> Numbers:
        """A figure of summary.json's `years` (Y,); null is nan."""
        rows = self.summary["years"]
        return np.array([np.nan if r[key] is None else float(r[key]) for r in rows])

    def ids(self, dim: str) -> list[str]:
        """Ids of a dimension; none where the plan lacks it."""
        return [str(i) for i in self.plan[dim].values] if dim in self.plan.coords else []

    @cached_property
    def colours(self) -> Palette:
        """One palette for plan and baseline; what is built or stands has the first colours."""
        built = list(dict.fromkeys(str(row["measure"]) for row in self.summary["build"]))
        rest = [i for dim in ("contract", "asset", "credit", "measure") for i in self.ids(dim)]
        things = [*built, *rest]
        return palette(self.ids("carrier"), things)

    @cached_property
    def money(self) -> numbers.MoneyScale:
        """One scale for all present values, that in which the saving reads well."""
        amounts = [self.summary["npv"]["saving"], self.uncertainty]
        return numbers.money_scale(self._largest(amounts), self.currency, self.lang)

    @cached_property
    def yearly_money(self) -> numbers.MoneyScale:
        """The scale of yearly amounts."""
        rows = self.summary["years"]
        values = [abs(row["opex"] or 0) + abs(row["capex"] or 0) for row in rows]
        return numbers.money_scale(self._largest(values), self.currency, self.lang)

    @staticmethod
    def _largest(values: Any) -> float:
        return max((abs(float(v)) for v in values if v is not None), default=0.0)

    @property
    def currency(self) -> str:
        """What people call it: its three letters, or its name in Chinese."""
        code = str(self.summary["currency"])
        return words.text_or(f"currency.{code.lower()}", code, self.lang)

    @property
    def valued(self) -> bool:
        """Whether the decision weighed what nobody pays: then gap and bound are in its money."""
        return self.summary.get("valuation") is not None

    @property
    def uncertainty(self) -> float:
        """Money by which the saving may be off: solver gap plus error of the typical days. Where
        the plan is `valued`, by which the decision may be."""
        gap = float(self.summary["gap_money"] or 0.0)
        check = self.summary.get("full_year") or {}
        return abs(gap) + abs(float(check.get("cost_difference") or 0.0))

    @property
    def yearly_uncertainty(self) -> float:
        """The same share of the last year's operating cost as of the net present cost."""
        cost = abs(float(self.summary["npv"]["plan"]))
        yearly = abs(float(self.summary["years"][-1]["opex"] or 0.0))
        return self.uncertainty * yearly / cost if cost else 0.0

    def unit(self, unit: str) -> str:
        """A unit of plan.nc with its money named in the currency, `MW` as it is."""
        parts = [self.currency if part == MONEY else part for part in unit.split("/")]
        return self.term("capacity_unit", "/".join(parts))
