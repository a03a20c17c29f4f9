"""Each type of rule and each quantity: a plan that meets it, one that fails, and what turns it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from optimizer.inputs.loan_files import FOLDER, read_pack
from optimizer.loans.assess import assess
from optimizer.loans.of_measure import OF_MEASURE
from optimizer.loans.of_plan import OF_ALL
from optimizer.loans.subject import Subject
from optimizer.schema.loan_rules import QUANTITIES
from tests.loans.plant import LOAN, PLAN_CASH, ROOT, SHARES, every_year, found, subject
from tests.packs import rule

COAL: dict[tuple[str, str], dict[int, float]] = {
    ("overnight", "coal_boiler"): {2026: -5e6},
    ("energy", "natural_gas"): every_year(-8e6),
}


def limit(quantity: str, comparison: str, value: Any) -> dict[str, Any]:
    """A rule on a quantity."""
    return rule("limit", quantity=quantity, comparison=comparison, limit=value)


def with_loan(**fields: Any) -> Subject:
    """The plant with other terms."""
    return subject(changes={"loan": {**LOAN, **fields}})


def test_every_quantity_of_the_vocabulary_is_computed() -> None:
    """Proves that no rule can ask for what nothing computes."""
    measured = {name for name, asked in QUANTITIES.items() if asked.level == "measure"}
    assert set(OF_MEASURE) == measured
    assert set(OF_ALL) == set(QUANTITIES) - measured


@pytest.mark.parametrize(
    ("quantity", "comparison", "meets", "fails", "value"),
    [
        # The pump burns nothing; 10 a from 2026 less 5 a from 2026; 4 of 5 MCNY.
        ("tail", "at_least", "5 a", "5.25 a", 5.0),
        ("funded_share", "at_most", 0.8, 0.79, 0.8),
        ("system_saving", "at_least", "70 %", "71 %", 0.7),
        ("system_reduction", "at_least", "25 %", "26 %", 0.25),
        ("input_factor", "at_most", "0 t/MWh", None, 0.0),
    ],
)
def test_quantities_of_a_measure(
    quantity: str, comparison: str, meets: Any, fails: Any, value: float
) -> None:
    """Proves each value, at the limit itself too, where a sharp comparison would fail by rounding,
    and a fail just beyond it."""
    kept = found(subject(), limit(quantity, comparison, meets), "heat_pump")
    assert kept.value == pytest.approx(value)
    assert kept.verdict == "meets_secondary"
    if fails is not None:
        assert found(subject(), limit(quantity, comparison, fails), "heat_pump").verdict == "fails"


@pytest.mark.parametrize(
    ("quantity", "comparison", "meets", "fails", "value"),
    [
        # 5840 - 4380 t; gas 29200 less power 8760 MWh; 4380 of 10000 and of 5840 t; 5 MCNY / 1.
        ("emissions_reduction", "above", "1459 t/a", "1460 t/a", 1460.0),
        ("energy_saving", "at_least", "20440 MWh/a", "20441 MWh/a", 20440.0),
        ("reduction_from_base", "at_least", 0.562, 0.563, 0.562),
        ("reduction_from_baseline", "at_least", 0.25, 0.251, 0.25),
        ("covered_by_credits", "at_most", "0 t", None, 0.0),
        ("payback", "at_most", "5 a", "4.9 a", 5.0),
        ("debt_share", "at_most", 0.8, 0.79, 0.8),
        ("equity_share", "at_least", 0.2, 0.21, 0.2),
        ("loan_over_eligible", "at_most", 0.8, 0.79, 0.8),
        # Service of 2026: 4 x 200 000 + 0.01 x (4 + 3.8 + 3.6 + 3.4) MCNY = 948 000.
        ("dscr", "at_least", 1.054, 1.056, 1 / 0.948),
        # 1 MCNY for five years at 4 % is worth 4 451 822; for fifteen 11 118 387.
        ("llcr", "at_least", 1.112, 1.114, 4.451822 / 4),
        ("plcr", "at_least", 2.779, 2.780, 11.118387 / 4),
    ],
)
def test_quantities_of_plan_and_loan(
    quantity: str, comparison: str, meets: Any, fails: Any, value: float
) -> None:
    """Proves each value by the arithmetic beside it, and both verdicts around it."""
    kept = found(subject(), limit(quantity, comparison, meets))
    assert kept.value == pytest.approx(value, rel=1e-6)
    assert kept.verdict == "meets_secondary"
    if fails is not None:
        failed = found(subject(), limit(quantity, comparison, fails))
        assert failed.verdict == "fails"
        assert failed.turn is not None


def test_a_measures_part_of_the_reduction_needs_its_share() -> None:
    """Proves 21 900 t over 15 years are 1460 t a year; without `decarb measures` nothing is made
    up, and a measure that raises emissions fails."""
    asked = limit("measure_reduction", "above", "0 t/a")
    kept = found(subject(shares=SHARES), asked, "heat_pump")
    assert (kept.verdict, kept.value) == ("meets_secondary", 1460.0)
    unknown = found(subject(), asked, "heat_pump")
    assert unknown.verdict == "cannot_determine"
    assert [said.key for said in unknown.why] == ["loan.why.no_shares"]
    worse = {"items": [{"id": "heat_pump", "saving": 1.0, "tonnes": -15.0}]}
    assert found(subject(shares=worse), asked, "heat_pump").verdict == "fails"


def test_a_plan_that_leans_on_credits_fails() -> None:
    """Proves 4380 t against a target of 4000 t: 380 t are covered by credits, whatever was bought;
    without a target all credits count. Net emissions would show nothing."""
    asked = limit("covered_by_credits", "at_most", "0 t")
    leaning = found(subject(target=4000.0, credits=380.0), asked)
    assert (leaning.verdict, leaning.value) == ("fails", 380.0)
    assert found(subject(credits=25.0), asked).value == 25.0
    assert found(subject(target=4400.0), asked).verdict == "meets_secondary"


def test_a_new_coal_boiler_fails_for_its_fuel() -> None:
    """Proves 0.34 t/MWh against 0.28, which gas would pass, and against 0, which only what burns
    nothing passes; to leave it out of the loan would turn it."""
    plant = subject(flows={"coal_boiler": 3.0}, bought={"coal": 3.0 / 0.85}, cash=COAL)
    for most in ("0.28 t/MWh", "0 t/MWh"):
        failed = found(plant, limit("input_factor", "at_most", most), "coal_boiler")
        assert (failed.verdict, failed.value) == ("fails", 0.34)
        assert failed.turn is not None
        assert failed.turn.values == {"measure": "coal_boiler"}


def test_a_saving_that_adds_fuel_locks_it_in() -> None:
    """Proves that a saving of power which burns gas for it, 0.2 t/MWh, is no clean use of money: by
    its kind alone it burns nothing; one that adds power does."""
    cash = {("overnight", name): {2026: -5e6} for name in ("gas_chiller", "control")}
    plant = subject(cash=cash)
    asked = limit("input_factor", "at_most", "0.05 t/MWh")
    failed = found(plant, asked, "gas_chiller")
    assert (failed.verdict, failed.value) == ("fails", 0.2)
    assert found(plant, asked, "control").verdict == "meets_secondary"


@pytest.mark.parametrize(("pack", "rule_id"), [("glp_2025", "Q-203"), ("mdb_efficiency", "X-121")])
def test_shipped_packs_keep_fuel_out_of_savings_too(pack: str, rule_id: str) -> None:
    """Proves that the rules on lock-in are about savings: for converters alone a saving that adds
    gas was not applicable."""
    loaded = read_pack(ROOT / FOLDER / f"{pack}.yaml", pack)
    plant = subject(cash={("overnight", "gas_chiller"): {2026: -5e6}})
    (one,) = (
        each for each in assess(plant, {pack: loaded}, ()).findings if each.rule.id == rule_id
    )
    assert (one.measure, one.verdict) == ("gas_chiller", "fails")


def test_a_loan_longer_than_the_life_fails_for_its_tail() -> None:
    """Proves 12 a on a pump of 10: a tail of -2 a, and that 9 a would leave the year asked."""
    failed = found(with_loan(tenor="12 a"), limit("tail", "at_least", "1 a"), "heat_pump")
    assert (failed.verdict, failed.value) == ("fails", -2.0)
    assert failed.turn is not None
    assert failed.turn.values == {"tenor": "9", "measure": "heat_pump"}


def test_a_loan_longer_than_the_roof_fails_for_its_tail() -> None:
    """Proves that a unit of 10 years on a roof that may be used to 2030 stands 5 years: a loan of
    5 leaves none, on a roof to 2031 one."""
    for until, tail in ((2030, 0.0), (2031, 1.0), (2060, 5.0)):
        site = {"connection": "20 MW", "grid_region": "test", "area": {"roof": "10 m2"},
                "area_until": {"roof": until}}  # fmt: skip
        plant = subject(changes={"site": site})
        pump = plant.given.measures["heat_pump"].model_copy(update={"area": {"roof": "1 m2/kW"}})
        offered = {**plant.given.measures, "heat_pump": pump}
        plant = replace(plant, given=replace(plant.given, measures=offered))
        judged = found(plant, limit("tail", "at_least", "1 a"), "heat_pump")
        assert (judged.verdict == "fails", judged.value) == (tail < 1, tail)


@pytest.mark.parametrize(
    ("asked", "amount"),
    [
        # 1 MCNY / 1.3 over 0.237 a unit of debt; 5 x 0.6; 5 x (1 - 0.3).
        (limit("dscr", "at_least", 1.3), 1e6 / 1.3 / 0.237),
        (limit("llcr", "at_least", 1.5), 4451822.0 / 1.5),
        (limit("debt_share", "at_most", 0.6), 3e6),
        (limit("equity_share", "at_least", 0.3), 3.5e6),
        (limit("loan_over_eligible", "at_most", 0.5), 2.5e6),
    ],
)
def test_the_amount_that_turns_a_fail_just_meets_the_rule(
    asked: dict[str, Any], amount: float
) -> None:
    """Proves the figure, and that a loan of it does meet the rule."""
    failed = found(subject(), asked)
    assert failed.turn is not None
    told = float(str(failed.turn.values["amount"]).removesuffix(" CNY").replace(",", ""))
    assert told == pytest.approx(amount, abs=1)
    assert found(with_loan(amount=f"{told - 1!r} CNY"), asked).verdict == "meets_secondary"


def test_the_rate_is_compared_with_the_reference() -> None:
    """Proves 4 % less 3.5 %: fails 0, and 3.5 % would turn it; no reference, no verdict."""
    asked = limit("rate_over_reference", "at_most", 0)
    failed = found(with_loan(reference_rate=0.035), asked)
    assert (failed.verdict, failed.value) == ("fails", pytest.approx(0.005))
    assert failed.turn is not None
    assert failed.turn.values == {"rate": "3.5 %"}
    assert found(with_loan(reference_rate=0.04), asked).verdict == "meets_secondary"
    assert found(with_loan(), asked).verdict == "cannot_determine"


def test_the_borrowers_cover_needs_its_accounts() -> None:
    """Proves 4/1.948 = 2.05 with them, and no verdict about a borrower who shows nothing."""
    asked = limit("borrower_dscr", "at_least", 2)
    accounts = {"ebitda": "3 MCNY", "debt_service": "1 MCNY"}
    assert found(with_loan(borrower=accounts), asked).verdict == "meets_secondary"
    assert found(subject(), asked).verdict == "cannot_determine"
    assert found(with_loan(borrower={**accounts, "ebitda": "2 MCNY"}), asked).verdict == "fails"


def test_a_plan_that_never_pays_back_fails() -> None:
    """Proves that a payback without a number is a fail and not an unknown."""
    dear = {**PLAN_CASH, ("energy", "natural_gas"): every_year(-8.99e6)}
    failed = found(subject(cash=dear), limit("payback", "at_most", "7 a"))
    assert (failed.verdict, failed.value) == ("fails", None)


def test_a_purpose_allows_and_excludes() -> None:
    """Proves both halves: a pump is no battery; a credit in the loan is no use of money, though a
    loan for it can be asked for by name."""
    pumps = rule("purpose", allowed={"tags": ["heat_pump"]})
    assert found(subject(), pumps, "heat_pump").verdict == "meets_secondary"
    batteries = rule("purpose", allowed={"tags": ["battery"]})
    assert found(subject(), batteries, "heat_pump").verdict == "fails"
    credits = rule("purpose", excluded={"kinds": ["credit", "contract"]})
    assert found(with_loan(finances=["heat_pump", "forest"]), credits, "forest").verdict == "fails"
    assert found(subject(), credits, "heat_pump").verdict == "meets_secondary"
