"""Exchange with the outside in a step: imports, contracts, exports, peaks."""

from __future__ import annotations

from typing import Any

from optimizer.inputs.case import CarrierOption
from optimizer.model.conversion import remaining
from optimizer.model.layer import named
from optimizer.model.seam import billed, energy_contracts, grows_connection, hourly_contracts
from optimizer.model.step import Step


def add_exchange(step: Step) -> None:
    """Limits on what crosses the fence."""
    _add_imports(step)
    _add_exports(step)
    _add_contracts(step)
    _add_matching(step)
    _add_peaks(step)


def bought(step: Step, carrier: str) -> Any:
    """Power bought: import + what contracts deliver [MW]."""
    delivered = [g.id for g in energy_contracts(step.case) if g.carrier == carrier]
    return step.x("import", carrier) + sum((step.x("delivered", g) for g in delivered), 0.0)


def _limit(step: Step, carrier: CarrierOption) -> Any:
    """The grid connection for electricity, the tariff's limit for the rest; None is no limit."""
    if carrier.kind == "electricity":
        return (
            step.access.link(("connection",))
            if grows_connection(step.case)
            else step.case.connection
        )
    return carrier.purchase.limit if carrier.purchase is not None else None


def _add_imports(step: Step) -> None:
    carriers = {c.id: c for c in step.case.carriers if c.purchase is not None}

    def within(_: Any, c: str) -> Any:
        """import + delivered <= limit [MW]."""
        return bought(step, c) <= _limit(step, carriers[c])

    limited = [c for c, carrier in carriers.items() if _limit(step, carrier) is not None]
    named(step.block, "import_within_limit", limited, within)


def own_output(step: Step, carrier: str) -> Any:
    """What the site makes of a carrier or draws from its stores [MW]."""
    total: Any = sum((step.x("flow", u.id) for u in step.generators() if u.output == carrier), 0.0)
    for unit in step.converters():
        for flow in unit.outputs:
            if flow.carrier == carrier:
                total += step.varying(flow.ratio) * step.x("flow", unit.id)
    return total + sum(
        (step.x("discharge", u.id) for u in step.storages() if u.carrier == carrier), 0.0
    )


def _of_others(step: Step, carrier: str) -> Any:
    """What plants of third parties make of a carrier, which the site buys of them [MW]."""
    theirs = (u for u in step.generators() if u.output == carrier and u.paid is not None)
    return sum((step.x("flow", u.id) for u in theirs), 0.0)


def _add_exports(step: Step) -> None:
    sales = {c.id: c.sale for c in step.case.carriers if c.sale is not None}

    def within(_: Any, c: str) -> Any:
        """export <= limit [MW]."""
        return step.x("export", c) <= sales[c].limit

    def own(_: Any, c: str) -> Any:
        """Nothing is bought to be sold, not from a third party's plant on site either: export <=
        own output - third parties' output + discharge [MW]."""
        return step.x("export", c) <= own_output(step, c) - _of_others(step, c)

    named(
        step.block,
        "export_within_limit",
        [c for c, s in sales.items() if s.limit is not None],
        within,
    )
    named(
        step.block,
        "export_within_own",
        [c for c, s in sales.items() if not s.beyond_own_generation],
        own,
    )


def _add_contracts(step: Step) -> None:
    contracts = {g.id: g for g in energy_contracts(step.case)}

    def within(_: Any, g: str) -> Any:
        """A contract delivers along its profile: delivered <= contracted x shape [MW]."""
        shape = step.access.series(contracts[g].shape)
        return step.x("delivered", g) <= shape * step.access.link(("contracted", g))

    named(step.block, "delivered_within_contract", contracts, within)


def _add_matching(step: Step) -> None:
    contracts = {g.id: g for g in hourly_contracts(step.case)}
    carriers = sorted({g.carrier for g in contracts.values()})

    def within_contract(_: Any, g: str) -> Any:
        """Certificates come hour by hour, as their plant runs: matched <= contracted x shape
        [MW]."""
        shape = step.access.series(contracts[g].shape)
        return step.x("matched", g) <= shape * step.access.link(("contracted", g))

    def within_import(_: Any, c: str) -> Any:
        """Only what comes from the grid in the same hour is matched: sum matched <= import [MW]."""
        matched = (step.x("matched", g) for g in contracts if contracts[g].carrier == c)
        return sum(matched) <= step.x("import", c)

    named(step.block, "matched_within_contract", contracts, within_contract)
    named(step.block, "matched_within_import", carriers, within_import)


def _add_peaks(step: Step) -> None:
    carriers = [c.id for c in billed(step.case)]

    def excess(c: str) -> Any:
        """Metered peak above the step's mean, of services that savings shrink alike [MW]."""
        return sum(
            (
                step.access.series(s.excess)
                * step.access.yearly(("activity", s.id))
                * remaining(step, s.id)
                for s in step.case.services
                if s.carrier == c and s.excess is not None
            ),
            0.0,
        )

    def within(_: Any, c: str) -> Any:
        """The day's peak is its highest metered import: import + delivered + excess <= peak
        [MW]."""
        return bought(step, c) + excess(c) <= step.access.link(("peak_day", c))

    named(step.block, "peak_within_day", carriers, within)
