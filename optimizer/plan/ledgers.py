"""Ledgers, rules and costs of a plan, by year."""

from __future__ import annotations

import numpy as np

from optimizer.inputs.case import Case, Rule
from optimizer.plan.shapes import Table, table
from optimizer.solve.solution import Solution

SCOPES = ("scope1", "scope2_location", "scope2_market")


def _rule(rule: Rule) -> np.ndarray:
    """NaN where no rule sets a limit: netCDF knows no None."""
    return np.array([np.nan if limit is None else limit for limit in rule], dtype=float)


def scope(emissions: dict[tuple[str, str], np.ndarray], name: str, years: int) -> np.ndarray:
    """Sum of a ledger's sources, shape (Y,), t."""
    return sum((tonnes for (s, _), tonnes in emissions.items() if s == name), np.zeros(years))


def ledger_variables(case: Case, solution: Solution) -> dict[str, Table]:
    """Scopes, gross, removal, net; the caps, and the offset share on the basis of its bound."""
    emissions, years = solution.emissions(), len(case.years)
    scopes = {name: scope(emissions, name, years) for name in SCOPES}
    gross = scopes["scope1"] + scopes[f"scope2_{case.policy.ledger}"]
    removal = _by_year(case, solution, "removal")
    credits = solution.yearly("credits")
    offset = np.array([sum(credits.get((q.id, y), 0.0) for q in case.credits) for y in case.years])
    basis = offset_basis(case, gross)
    share = np.divide(offset, basis, out=np.zeros(years), where=basis > 0)
    tonnes = scopes | {"gross": gross, "removal": removal, "net": gross - removal - offset}
    found = {name: table(("year",), values, "t") for name, values in tonnes.items()}
    found["gross_cap"] = table(("year",), _rule(case.policy.gross_cap), "t")
    found["net_target"] = table(("year",), _rule(case.policy.net_target), "t")
    found["offset_share"] = table(("year",), share, "1")
    found["offset_share_bound"] = table(("year",), _rule(case.policy.offset_share), "1")
    found["purchased"] = table(("carrier", "year"), _purchased(case, solution), "MWh")
    found["emitted"] = _sources(case, emissions)
    return found


def _sources(case: Case, emissions: dict[tuple[str, str], np.ndarray]) -> Table:
    """Tonnes of each source in each ledger; the coordinate names them 'ledger:source'."""
    values = np.stack(list(emissions.values())) if emissions else np.zeros((0, len(case.years)))
    return table(("source", "year"), values, "t")


def offset_basis(case: Case, gross: np.ndarray) -> np.ndarray:
    """What the offset share is a share of, shape (Y,), t."""
    if case.policy.offset_basis == "gross":
        return gross
    base = np.full(len(case.years), case.policy.base_emissions)
    return base - gross if case.policy.offset_basis == "reduction" else base


def _by_year(case: Case, solution: Solution, component: str) -> np.ndarray:
    values = solution.yearly(component)
    return np.array([values[y] for y in case.years])


def _purchased(case: Case, solution: Solution) -> np.ndarray:
    """Energy bought, from the grid and by contract, shape (carriers, Y), MWh."""
    weight = case.axis.hours_a_year
    rows = []
    for carrier in case.carriers:
        power = solution.step("import", carrier.id)
        for contract in case.contracts:
            if contract.carrier == carrier.id:
                power = power + solution.step("delivered", contract.id)
        rows.append((power * weight).sum(axis=(1, 2)))
    return np.array(rows).reshape(len(case.carriers), len(case.years))


def allowance_variables(case: Case, solution: Solution) -> dict[str, Table]:
    """What the carbon price and CBAM count, give free and make the site buy [t], if there are
    any; a purchase is what is owed, also where the price is 0 and the solver's may be any."""
    found: dict[str, np.ndarray] = {}
    carbon, cbam = case.carbon, case.cbam
    if carbon is not None:
        covered = _by_year(case, solution, "carbon_covered")
        free = covered if carbon.free_allocation is None else carbon.free_allocation
        short = covered - free
        bought = np.maximum(short, 0.0) if carbon.surplus == "worthless" else short
        found |= {"carbon_covered": covered, "carbon_allocated": free, "allowances_bought": bought}
    if cbam is not None:
        embedded = _by_year(case, solution, "cbam_embedded")
        owed = np.maximum(cbam.exported * (embedded - cbam.free), 0.0)
        found |= {"cbam_embedded": embedded, "cbam_certificates": owed}
    return {name: table(("year",), tonnes, "t") for name, tonnes in found.items()}


def ceiling_variables(case: Case, solution: Solution) -> dict[str, Table]:
    """Years with credits [1] and the gross emissions that the ceiling is put on [t], where its
    mode asks for them."""
    used, counted = solution.yearly("credits_used"), solution.yearly("gross_at_ceiling")
    if not used:
        return {}
    marks = np.round([used.get(y, 0.0) for y in case.years])
    tonnes = np.array([counted.get(y, 0.0) for y in case.years])
    return {
        "credits_used": table(("year",), marks, "1"),
        "gross_at_ceiling": table(("year",), tonnes, "t"),
    }


def cost_variables(case: Case, solution: Solution) -> dict[str, Table]:
    """Every cost line by year, money of the year, undiscounted."""
    costs = solution.costs()
    values = np.stack(list(costs.values())) if costs else np.zeros((0, len(case.years)))
    return {"cost": table(("line", "year"), values, case.currency)}
