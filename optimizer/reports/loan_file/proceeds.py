"""Use of proceeds: what each measure costs and who pays it, reconciled to tranches and loan."""

from __future__ import annotations

from optimizer.loans.lending import Lending
from optimizer.reports.loan_file.grid import Cell, Column, Grid, Num
from optimizer.reports.loan_file.view import LoanView

MONEY = ("price", "grants", "other_money", "eligible", "loan", "own")


def proceeds(view: LoanView) -> Grid:
    """A row a measure [nominal money]: price = grants + other money + loan + own."""
    rows: dict[str, list[Cell]] = {}
    for row in view.facts["proceeds"]:
        at = f"proceeds.{row['measure']}"
        paid = f"[{at}.grants]-[{at}.other_money]-[{at}.loan]"
        loan = f"SUM([paid.{row['measure']}.all])" if view.subject.lending else ""
        rows[row["measure"]] = [
            view.name(row["measure"]),
            ", ".join(map(str, row["years"])),
            *(Num(row[key]) for key in MONEY[:4]),
            Num(row["loan"], loan),
            Num(row["own"], f"[{at}.price]-{paid}"),
            Num(
                _share(row["loan"], row["price"]), f"IF([{at}.price]>0,[{at}.loan]/[{at}.price],0)"
            ),
        ]
    total = [sum(row[key] for row in view.facts["proceeds"]) for key in MONEY]
    share = "IF([proceeds.all.price]>0,[proceeds.all.loan]/[proceeds.all.price],0)"
    rows["all"] = [
        view.told("total"),
        "",
        *(Num(t, f"SUM([proceeds.*.{key}])") for key, t in zip(MONEY, total, strict=True)),
        Num(_share(total[4], total[0]), share),
    ]
    columns = [
        Column("measure", view.view.say("word.measure")),
        Column("years", view.told("built")),
    ]
    columns += [Column(key, view.money(f"proceeds.{key}"), "money") for key in MONEY]
    columns.append(Column("share", view.told("proceeds.share"), "share"))
    return Grid("proceeds", view.told("proceeds.table"), columns, rows, total="all")


def _share(part: float, whole: float) -> float:
    return part / whole if whole > 0 else 0.0


def paid(view: LoanView, lending: Lending) -> Grid:
    """What each tranche pays of each measure; columns add up to the tranches."""
    count = len(lending.tranches)
    rows: dict[str, list[Cell]] = {}
    for each in view.subject.measures:
        shares = [
            sum(part for (name, _), part in tranche.for_builds.items() if name == each.id)
            for tranche in lending.tranches
        ]
        money = [
            tranche.share * lending.amount * share
            for tranche, share in zip(lending.tranches, shares, strict=True)
        ]
        cells = [
            Num(amount, f"[tranches.t{number}.amount]*{share!r}")
            for number, (amount, share) in enumerate(zip(money, shares, strict=True))
        ]
        whole = "+".join(f"[paid.{each.id}.t{number}]" for number in range(count))
        rows[each.id] = [view.name(each.id), *cells, Num(sum(money), whole)]
    keys = [f"t{number}" for number in range(count)]
    drawn = [tranche.share * lending.amount for tranche in lending.tranches]
    sums = [Num(amount, f"SUM([paid.*.{key}])") for key, amount in zip(keys, drawn, strict=True)]
    rows["total"] = [view.told("total"), *sums, Num(sum(drawn), "SUM([paid.*.all])")]
    columns = [Column("measure", view.view.say("word.measure"))]
    columns += [
        Column(key, f"{each.day.isoformat()} [{view.currency}]", "money")
        for key, each in zip(keys, lending.tranches, strict=True)
    ]
    columns.append(Column("all", view.money("total"), "money"))
    return Grid("paid", view.told("proceeds.tranches"), columns, rows, total="total")


def reconciled(view: LoanView, lending: Lending) -> Grid:
    """The loan, what is drawn, what the measures get, and the differences, which must be 0."""
    amount = lending.amount
    drawn = sum(each.share for each in lending.tranches) * amount
    given = sum(lending.given(each.id) for each in view.subject.measures)
    rows: dict[str, list[Cell]] = {
        "loan": [view.told("debt.amount"), Num(amount, "[terms.amount.value]")],
        "drawn": [view.told("proceeds.drawn"), Num(drawn, "SUM([tranches.*.amount])")],
        "used": [view.told("proceeds.used"), Num(given, "[proceeds.all.loan]")],
        "undrawn": [view.told("proceeds.undrawn"),
                    Num(_cents(amount - drawn),
                        "ROUND([reconciled.loan.value]-[reconciled.drawn.value],2)")],
        "unused": [view.told("proceeds.unused"),
                   Num(_cents(drawn - given),
                       "ROUND([reconciled.drawn.value]-[reconciled.used.value],2)")],
    }  # fmt: skip
    columns = (Column("name", view.told("proceeds.item")), Column("value", view.currency, "money"))
    return Grid("reconciled", view.told("proceeds.reconciled"), columns, rows)


def _cents(amount: float) -> float:
    """Rounded to cents; no minus before nothing."""
    return round(amount, 2) + 0.0
