"""What a study of cost against emissions is about: whose plant, which tonnes, which money."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from optimizer.inputs.case import Case
from optimizer.studies.plant import Basis, Plant


@dataclass(frozen=True)
class Subject:
    """``name``: by language; ``names``: of measures, contracts, credits and assets by id and
    language; ``units``: of capacities by measure; ``lives``: years that a measure stands or a
    contract runs. ``base_year``: to which money, and discounted tonnes, are discounted at ``rate``;
    ``last``: planning year that stands for all up to ``evaluate_to``; ``per_year`` [1/a] turns a
    present value into an equal amount each year; ``periods``: representative days that were
    searched; ``gap``: of each search, a share."""

    id: str
    name: dict[str, str]
    currency: str
    price_year: int
    ledger: str
    gases: str
    basis: Basis
    base_year: int
    rate: float
    years: tuple[int, ...]
    evaluate_to: int
    per_year: float
    periods: int
    gap: float
    names: dict[str, dict[str, str]]
    units: dict[str, str]
    lives: dict[str, int]

    @property
    def last(self) -> int:
        """The target year."""
        return self.years[-1]

    def per_tonne(self, money: float, tonnes: float) -> float:
        """Present value per weighted tonne, or an equal amount a year per tonne of the target year
        [money/t]; nan without tonnes."""
        share = self.per_year if self.basis == "target_year" else 1.0
        return share * money / tonnes if tonnes else float("nan")

    def as_dict(self) -> dict[str, Any]:
        """The subject as JSON shows it."""
        return asdict(self)


def subject_of(plant: Plant) -> Subject:
    """What a plant's study says of itself."""
    return subject_of_case(plant.case, plant.basis, plant.gap)


def subject_of_case(case: Case, basis: Basis, gap: float) -> Subject:
    """What a study of a case on its typical days, searched to ``gap``, says of itself."""
    named = {m.id: m.name for m in case.measures} | {g.id: g.name for g in case.contracts}
    named |= {q.id: q.name for q in case.credits} | {a.id: a.name for a in case.assets}
    return Subject(
        id=case.id,
        name={"en": case.name.en, "zh": case.name.zh},
        currency=case.currency,
        price_year=case.price_year,
        ledger=case.policy.ledger,
        gases=case.policy.gases,
        basis=basis,
        base_year=case.money.base_year,
        rate=case.money.rate,
        years=case.years,
        evaluate_to=_evaluated_to(case),
        per_year=1.0 / float(case.money.weight.sum()),
        periods=len(case.axis.weight),
        gap=gap,
        names={id: {"en": name.en, "zh": name.zh} for id, name in named.items()},
        units={measure.id: measure.unit for measure in case.measures},
        lives={m.id: m.life_years for m in case.measures} | {g.id: g.tenor for g in case.contracts},
    )


def _evaluated_to(case: Case) -> int:
    return case.money.evaluate_to if case.money.end == "extended" else case.years[-1]
