"""Plans side by side as tables: what each policy costs, leaves and offsets, which rules bind."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from optimizer import words
from optimizer.reports import numbers
from optimizer.reports.blocks import Plain, Table
from optimizer.reports.chart import safe
from optimizer.reports.rule_names import rule_name
from optimizer.studies.comparison import ONE, Compared, Comparison, Difference
from optimizer.studies.residual import PARTS, Yardstick

NAMED: Final = frozenset({"whatifs", "scenarios"})
"""Kinds of comparisons whose plans have names that are written to be read."""
TICK: Final = 26
"""Letters of a label beside an axis, a line."""


@dataclass(frozen=True)
class CompareView:
    """A comparison as tables and pictures see it, in one language."""

    comparison: Comparison
    lang: str

    def say(self, key: str, /, **values: object) -> str:
        """The sentence `key` in the reader's language."""
        return words.text(key, self.lang, **values)

    def name(self, plan: Compared) -> str:
        """The policy's name with the word by which it is asked for."""
        return self.say("rule.of_pack", name=plan.name[self.lang], rule=plan.key)

    @cached_property
    def _by_name(self) -> bool:
        """Whether names tell the plans apart: what-ifs and scenarios have names of their own."""
        names = [plan.name[self.lang] for plan in self.comparison.plans]
        return self.comparison.kind in NAMED and len(set(names)) == len(names)

    def called(self, plan: Compared) -> str:
        """What a plan is called in pictures and tables: its name, or the word or folder by which it
        is asked for."""
        return plan.name[self.lang] if self._by_name else plan.key

    def quoted(self, plan: Compared) -> str:
        """The same within a sentence."""
        called = self.called(plan)
        return self.say("compare.named", name=called) if self._by_name else called

    @property
    def one(self) -> str:
        """What a plan of this comparison is called: policy, what-if, scenario, run."""
        return self.say(f"compare.one.{ONE[self.comparison.kind]}")

    def rule(self, rule: str) -> str:
        """A rule's name, as summary.json's `binding` names it."""
        names = self.comparison.rules
        return rule_name(rule, self.lang, lambda id: names.get(id, {}).get(self.lang, id))

    @cached_property
    def solved(self) -> list[Compared]:
        """Plans to draw: those there are, without those that equal one before."""
        plans = self.comparison.plans
        return [plan for plan in plans if plan.figures is not None and plan.same_as is None]

    def alike(self, plan: Compared) -> str:
        """What a plan and all that equal it are called, the label of its line."""
        equal = [each for each in self.comparison.plans if each.same_as == plan.key]
        return self.say("list.separator").join(map(self.called, [plan, *equal]))

    def tick(self, plan: Compared) -> str:
        """The same beside an axis, in lines of a length that leaves room for the picture."""
        return "<br>".join(map(safe, textwrap.wrap(self.alike(plan), TICK)))

    @cached_property
    def years(self) -> list[int]:
        """Planning years; none without a plan."""
        return [row["year"] for row in self.solved[0].years()] if self.solved else []

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """Residual and unabated, if a ceiling splits what some plan leaves; else nothing."""
        return PARTS if any(plan.is_split for plan in self.comparison.plans) else ()

    @cached_property
    def dearest(self) -> float:
        """The largest net present cost of a plan, as an amount."""
        costs = [p.figures.summary["net_present_cost"] for p in self.solved if p.figures]
        return float(max(map(abs, costs), default=0.0))

    @cached_property
    def money(self) -> numbers.MoneyScale:
        """One scale for present values, that in which the dearest plan reads well."""
        return self._scale([self.dearest])

    @cached_property
    def yearly_money(self) -> numbers.MoneyScale:
        """One scale for money of a year."""
        return self._scale([cost for p in self.solved if p.figures for cost in p.figures.cost])

    @property
    def currency(self) -> str:
        """The currency's name in the reader's language."""
        code = self.comparison.currency
        return words.text_or(f"currency.{code.lower()}", code, self.lang)

    def _scale(self, amounts: list[float]) -> numbers.MoneyScale:
        return numbers.money_scale(max(map(abs, amounts), default=0.0), self.currency, self.lang)

    def more(self, difference: Difference | None) -> str:
        """A difference of cost as the interval that both searches prove; a dash for none."""
        if difference is None:
            return numbers.NOTHING
        unsure = (difference.high - difference.low) / 10
        low, high = (self.money.number(x, unsure) for x in (difference.low, difference.high))
        if low == high and not difference.is_noise:
            return low
        key = "compare.noise" if difference.is_noise else "compare.interval"
        return self.say(key, low=low, high=high)


def policies_table(view: CompareView) -> Table:
    """A row a policy: its plan, what it costs, what is left and offset, what binds."""
    reference = view.comparison.reference
    against = "" if reference is None else view.quoted(reference)
    last = view.years[-1] if view.years else ""
    head = [
        view.one, view.say("compare.status"),
        view.say("compare.cost", unit=view.money.label),
        view.say("compare.more", against=against, unit=view.money.label),
        view.say("compare.remaining", year=last),
        *(view.say(f"compare.{part}", year=last) for part in view.parts),
        view.say("compare.net", year=last), view.say("compare.credits"), view.say("compare.binds"),
    ]  # fmt: skip
    rows = [_policy_row(view, plan, len(head)) for plan in view.comparison.plans]
    return Table(view.say("compare.table"), head, rows, frozenset(range(2, len(head) - 1)))


def _policy_row(view: CompareView, plan: Compared, width: int) -> list[str]:
    status = view.say(f"compare.status.{plan.status}")
    if plan.figures is None:
        return [view.name(plan), status, *(numbers.NOTHING,) * (width - 2)]
    if plan.same_as is not None:
        status = view.say("compare.same", policy=plan.same_as)
    years, cost = plan.years(), plan.figures.summary["net_present_cost"]
    return [
        view.name(plan),
        status,
        numbers.significant(cost / view.money.divisor, 4),
        view.more(view.comparison.difference(plan)),
        numbers.grouped(years[-1][f"remaining_{view.comparison.ledger}"]),
        *(numbers.grouped(years[-1][part]) for part in view.parts),
        numbers.grouped(years[-1]["net"]),
        numbers.grouped(sum(row["credits"] for row in years)),
        binding_words(view, plan),
    ]


def binding_words(view: CompareView, plan: Compared) -> str:
    """Each rule at its limit with its years; a dash where none is."""
    years: dict[str, list[str]] = {}
    for row in plan.figures.summary["binding"] if plan.figures else ():
        years.setdefault(view.rule(row["rule"]), []).append(str(row["year"]))
    joint = view.say("list.separator")
    shown = [f"{rule} {joint.join(at)}" for rule, at in years.items()]
    return view.say("compare.list").join(shown) or numbers.NOTHING


def years_table(view: CompareView) -> Table:
    """A row a plan and year: money of the year and tonnes, in the plan's own ledger."""
    keys = ("cost", "remaining", *view.parts, "credits", "net")
    units = {"cost": view.yearly_money.label}
    head = [view.one, view.say("compare.ledger"), view.say("word.year")]
    head += [f"{view.say(f'compare.year.{key}')} [{units.get(key, 't')}]" for key in keys]
    rows = []
    for plan in view.solved:
        for row in plan.years():
            cells = [view.yearly_money.number(row["cost"])]
            cells += [numbers.grouped(row[key]) for key in keys[1:]]
            ledger = view.say(f"ledger.{plan.ledger}")
            rows.append([view.alike(plan), ledger, str(row["year"]), *cells])
    return Table(view.say("compare.by_year"), head, rows, frozenset(range(2, len(head))))


def without_plan(view: CompareView) -> list[Plain]:
    """Why a policy has no plan, a block each."""
    return [
        Plain(view.say("compare.why", name=view.name(plan)), plan.said(view.lang))
        for plan in view.comparison.plans
        if plan.figures is None
    ]


def notes(view: CompareView) -> list[str]:
    """What a reader must know: whose limits held, what no plan is held to, in which ledger."""
    comparison = view.comparison
    joint = view.say("list.separator")
    said = []
    if comparison.own_limits:
        key = "compare.own_kept" if comparison.own_kept else "compare.own_set_aside"
        said.append(view.say(key, fields=joint.join(comparison.own_limits)))
    ledger = view.say(f"ledger.{comparison.ledger}")
    said.append(view.say("compare.one_ledger", ledger=ledger))
    if comparison.kind == "policies":
        said += split_notes(view)
    for plan in comparison.plans:
        if plan.unheld:
            rules = joint.join(rule.partition("/")[2] or rule for rule in plan.unheld)
            said.append(view.say("compare.unheld", policy=view.quoted(plan), rules=rules))
        for pack, years in plan.passing.items():
            key = "compare.passing" if years else "compare.not_in_force"
            said.append(view.say(key, pack=pack, years=numbers.year_spans(years, joint)))
    return said


def split_notes(view: CompareView) -> list[str]:
    """By which ceiling what remains is split, and why it isn't where it isn't."""
    if not any(plan.yardstick for plan in view.solved):
        return [view.say("compare.unsplit")]
    said, joint = [view.say("compare.split")], view.say("list.separator")
    given = [p.yardstick for p in view.solved if p.yardstick and p.yardstick.of == "command"]
    if given:
        said.append(view.say("compare.split_given", price=_prices(view, given[0])))
    for plan in view.solved:
        if plan.yardstick is not None and plan.yardstick.of == "policy":
            price = _prices(view, plan.yardstick)
            said.append(view.say("compare.split_own", policy=view.alike(plan), price=price))
    for key, open_plans in (
        ("compare.split_none", [p for p in view.solved if p.yardstick is None]),
        ("compare.split_stopped", [p for p in view.solved if p.yardstick and not p.is_split]),
    ):
        if open_plans:
            said.append(view.say(key, policies=joint.join(map(view.alike, open_plans))))
    return said


def _prices(view: CompareView, yardstick: Yardstick) -> str:
    """A ceiling with its unit: one price, or the lowest and the highest of all years."""
    prices = [price for price in yardstick.price if price]
    return view.say("word.per_t", price=numbers.span(prices, 4), currency=view.currency)
