"""Tax of a scenario -> the rule of the case."""

from __future__ import annotations

from optimizer.inputs.assembly import Assembly
from optimizer.inputs.options import whole_years
from optimizer.inputs.tax_rule import TaxRule, VatRule
from optimizer.schema.measure import Contract, Credit

ANY = "any"


def tax_rule(assembly: Assembly) -> TaxRule | None:
    """Years of depreciation of each measure that is built and each asset; None without a tax.

    The entry of its id, else of the measure that it is a mode of, of its kind, or of `any`; an item
    that has none is a problem.
    """
    scenario = assembly.scenario
    if scenario.tax is None:
        return None
    built = [m for m in assembly.bundle.measures if not isinstance(m, Contract | Credit)]
    years: dict[str, int] = {}
    for item in (*built, *scenario.assets):
        of = assembly.bundle.mode_of.get(item.id, item.id)
        keys = (item.id, of, item.kind, ANY)
        known = [scenario.tax.depreciation[k] for k in keys if k in scenario.tax.depreciation]
        if not known:
            wanted = f"years for {item.id}, for its kind {item.kind}, or for any"
            assembly.problem(("tax", "depreciation"), "", wanted)
            continue
        years[item.id] = whole_years(known[0])
    return TaxRule(scenario.tax.rate, scenario.tax.losses, years, scenario.economics.inflation)


def vat_rule(assembly: Assembly) -> VatRule | None:
    """None where the scenario doesn't ask for the timing of value-added tax."""
    economics = assembly.scenario.economics
    if economics.vat is None or economics.vat_credit is None:
        return None
    return VatRule(economics.vat, economics.vat_credit, economics.inflation)
