"""The balance of every carrier in a step. There is no shortfall."""

from __future__ import annotations

from typing import Any

from optimizer.inputs.case import Flow
from optimizer.model.conversion import demand
from optimizer.model.exchange import bought, own_output
from optimizer.model.layer import named
from optimizer.model.step import Step

HOURS_A_YEAR = 8760.0


def add_balance(step: Step) -> None:
    def balance(_: Any, c: str) -> Any:
        """bought + made + discharged + from hotter = demand + conversion in + charged + export
        + vent [MW]."""
        return supplied(step, c) == used(step, c)

    named(step.block, "carrier_balance", [c.id for c in step.case.carriers], balance)


def supplied(step: Step, carrier: str) -> Any:
    total = own_output(step, carrier)
    if step.has("import", carrier):
        total += bought(step, carrier)
    hotter = [c.id for c in step.case.carriers if carrier in c.serves]
    return total + sum((step.x("cascade", h, carrier) for h in hotter), 0.0)


def used(step: Step, carrier: str) -> Any:
    total: Any = sum((demand(step, s) for s in step.case.services if s.carrier == carrier), 0.0)
    for unit in step.converters():
        for ratio in _ratios(step, unit.inputs, carrier):
            total += ratio * step.x("flow", unit.id)
    for capture in step.captures():
        for ratio in _ratios(step, capture.inputs, carrier):
            total += ratio * (
                step.x("captured_fossil", capture.id) + step.x("captured_biogenic", capture.id)
            )
    total += sum((step.x("charge", u.id) for u in step.storages() if u.carrier == carrier), 0.0)
    cooler = next(c.serves for c in step.case.carriers if c.id == carrier)
    total += sum((step.x("cascade", carrier, d) for d in cooler), 0.0)
    total += sum(step.x(out, carrier) for out in ("export", "vent") if step.has(out, carrier))
    return total + _extra_demand(step, carrier)


def _ratios(step: Step, flows: tuple[Flow, ...], carrier: str) -> list[Any]:
    return [step.varying(flow.ratio) for flow in flows if flow.carrier == carrier]


def _extra_demand(step: Step, carrier: str) -> Any:
    """What savings and process changes use: ratio x share x stand-alone demand (or t/h) x on
    [MW]."""
    services = {s.id: s for s in step.case.services}
    total: Any = 0.0
    for effect in step.case.savings:
        for ratio in _ratios(step, effect.adds, carrier):
            if effect.use in services:
                base = step.access.series(services[effect.use].demand) * step.access.yearly(
                    ("activity", effect.use)
                )
            else:
                base = step.access.yearly(("process", effect.use)) / HOURS_A_YEAR
            total += ratio * effect.share * base * step.access.link(("on", effect.measure))
    return total
