"""loan.json, worked out again: size and schedule of the loan, its cover, stress, use and verdicts.

Given, and not recomputed: which terms were asked, what rules and evidence say, and the cash of
cases that were dispatched anew, which is the solver's word as a bound is.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from optimizer.files.hashes import sha256_of_data
from optimizer.plan.verify.book import Book
from optimizer.plan.verify.credit_lines import check_lines
from optimizer.plan.verify.loan_cash import served
from optimizer.plan.verify.loan_cover import check_cover, check_stress, same
from optimizer.plan.verify.loan_debt import Owing, Use, draws, owing, terms, use_of
from optimizer.plan.verify.loan_figures import figures_of_loan, figures_of_plan
from optimizer.plan.verify.loan_owner import check_owner
from optimizer.plan.verify.loan_use import check_impact, check_parts, check_proceeds
from optimizer.plan.verify.reading import UnreadableRun
from optimizer.plan.verify.report import EXACT, MONEY, Rows
from optimizer.plan.verify.summary import read_object

SIZE, SCHEDULE, RULES = "loan_is_sized", "loan_schedule_follows_terms", "loan_rules_follow_figures"
CURRENT = "loan_rests_on_shares"
WORST_FIRST: Final = (
    "fails", "cannot_determine", "meets_secondary", "meets_attested", "meets_primary",
    "not_applicable",
)  # fmt: skip
ROUNDING: Final = 1e-6
"""A value this near to its limit, as a share of it, may be called kept or not."""
QUARTERLY: Final = ("drawn", "owed", "interest", "principal", "fees")


def read_loan_finding(run: Path) -> Mapping[str, Any] | None:
    """loan.json of a run, None where there is none; raises UnreadableRun if it is damaged."""
    path = run / "loan.json"
    return read_object(path) if path.exists() else None


def check_loan(
    plan: Book,
    baseline: Book,
    told: Mapping[str, Any] | None,
    shares: Mapping[str, Any] | None,
    rows: Rows,
) -> None:
    """All rows of the last assessment that `decarb loan` stored."""
    if told is None:
        return
    try:
        loan = terms(plan, told["options"])
        use = use_of(plan, () if loan is None else loan.finances)
        cash = served(plan, baseline)
        debt = None if loan is None else owing(loan, use, cash, draws(plan, loan))
        parts = ("loan", "schedule", "cover", "owner")
        there = [float(told[name] is not None) for name in parts]
        rows.equal(SIZE, there, float(debt is not None), [parts], EXACT)
        current = told["shares_sha256"] == (None if shares is None else sha256_of_data(shares))
        rows.equal(CURRENT, [float(current)], [1.0], [["shares.json"]], EXACT)
        check_proceeds(use, debt, told["proceeds"], rows)
        if current:
            check_parts(plan, told["proceeds"], shares, rows)
        check_impact(plan, baseline, use, debt, told["impact"], rows)
        figures = figures_of_plan(plan, baseline)
        if debt is not None and all(there):
            _check_size(debt, told["loan"], rows)
            _check_schedule(debt, told["schedule"], rows)
            check_cover(debt, cash, told["cover"], rows)
            check_lines(debt.loan, told["credit_lines"], rows)
            check_owner(plan, baseline, debt, cash, told["owner"], rows)
            if told["stress"] is not None:
                check_stress(debt, cash, told["stress"], rows)
            figures |= figures_of_loan(debt, use, cash)
            share = _price(use) / _price(use_of(plan, ()))
            same(rows, SIZE, "cover.price_share", told["cover"]["price_share"], share)
        _check_rules(told, figures, rows)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise UnreadableRun(f"loan.json: not laid out as documented ({error!r})") from None


def taken_as_given(told: Mapping[str, Any] | None) -> list[str]:
    """What no row can hold: the cash of cases that were dispatched anew, and where these break."""
    if told is None or told["loan"] is None or told["stress"] is None:
        return []
    names = [case["case"] for case in told["stress"]["cases"] if case["dispatched"]]
    return [f"loan.json stress: cash of {', '.join(names)} is the solver's word"] if names else []


def _check_size(debt: Owing, told: Mapping[str, Any], rows: Rows) -> None:
    """`loan_is_sized`: amount, tenor, rate and tranches."""
    rows.equal(SIZE, [told["amount"]], [debt.amount], [["loan.amount"]], MONEY)
    for name in ("tenor", "rate", "grace"):
        same(rows, SIZE, f"loan.{name}", told[name], getattr(debt.loan, name))
    agreed = told["repayment"] == debt.loan.repayment
    rows.equal(SIZE, [float(agreed)], [1.0], [["loan.repayment"]], EXACT)
    days = [tranche["drawn"] for tranche in told["tranches"]]
    as_agreed = days == [day.isoformat() for day, _, _ in debt.tranches]
    rows.equal(SIZE, [float(as_agreed)], [1.0], [["loan.tranches"]], EXACT)
    drawn = [debt.amount * share for _, share, _ in debt.tranches]
    shown = [tranche["amount"] for tranche in told["tranches"]]
    rows.equal(SIZE, shown, drawn, [[f"loan.tranches.{day}" for day in days]], MONEY)


def _check_schedule(debt: Owing, told: list[Mapping[str, Any]], rows: Rows) -> None:
    """`loan_schedule_follows_terms`, quarter by quarter."""
    quarters = [f"{debt.first + i // 4}.{i % 4 + 1}" for i in range(len(debt.drawn))]
    shown = [f"{row['year']}.{row['quarter']}" for row in told]
    rows.equal(SCHEDULE, [float(shown == quarters)], [1.0], [["schedule"]], EXACT)
    for name in QUARTERLY:
        labels = [[f"schedule.{quarter}.{name}" for quarter in quarters]]
        rows.equal(SCHEDULE, [row[name] for row in told], getattr(debt, name), labels, MONEY)


def _price(use: Use) -> float:
    return sum(sum(paid.values()) for paid in use.price.values())


def _check_rules(told: Mapping[str, Any], figures: Mapping[str, float | None], rows: Rows) -> None:
    """`loan_rules_follow_figures`: values of rules on the loan; what is kept isn't called failed,
    nor the other way round; the worst gate decides; no row of the run was broken."""
    rows.equal(RULES, [float(len(told["broken"]))], [0.0], [["broken"]], EXACT)
    for rule in told["rules"]:
        label = f"rules.{rule['id']}"
        if rule["quantity"] in figures and rule["verdict"] != "not_applicable":
            same(rows, RULES, f"{label}.value", rule["value"], figures[rule["quantity"]])
        agrees = rule["verdict"] == _worst(each["verdict"] for each in rule["findings"])
        kept = _kept(rule)
        if kept is False:
            agrees &= not rule["verdict"].startswith("meets")
        elif kept is True:
            agrees &= rule["verdict"] != "fails"
        rows.equal(RULES, [float(agrees)], [1.0], [[f"{label}.verdict"]], EXACT)
    gates = [rule for rule in told["rules"] if rule["severity"] == "gate"]
    whole = told["verdict"] == _worst(rule["verdict"] for rule in gates)
    rows.equal(RULES, [float(whole)], [1.0], [["verdict"]], EXACT)
    for pack in told["packs"]:
        own = _worst(rule["verdict"] for rule in gates if rule["pack"] == pack["id"])
        label = f"packs.{pack['id']}.verdict"
        rows.equal(RULES, [float(pack["verdict"] == own)], [1.0], [[label]], EXACT)


def _worst(verdicts: Any) -> str:
    return min(verdicts, key=WORST_FIRST.index, default="not_applicable")


def _kept(rule: Mapping[str, Any]) -> bool | None:
    """Whether a number is on the right side of its limit; None where there are none, and at it."""
    value, limit = rule["value"], rule["limit"]
    if rule["comparison"] is None or not all(isinstance(x, int | float) for x in (value, limit)):
        return None
    if abs(value - limit) <= ROUNDING * max(1.0, abs(limit)):
        return None
    return bool((value > limit) == (rule["comparison"] in ("at_least", "above")))
