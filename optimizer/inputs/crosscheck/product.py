"""What is counted per unit of product needs a product."""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.errors import Problem, nearest
from optimizer.inputs.bundle import Bundle, measure_loc
from optimizer.inputs.located import Loc
from optimizer.schema.carbon import OutputBasedAllocation
from optimizer.schema.measure import MaterialContract


def production_is_given(bundle: Bundle) -> Iterator[Problem]:
    """An allocation by output, CBAM and materials count units of product."""
    scenario = bundle.scenario
    if scenario.production is not None:
        return
    hint = "Say what one unit is and how many are made at output 1: production: {name, amount}."
    for loc in _needs(bundle):
        allowed = "with 'production' in the scenario"
        yield bundle.problem(loc, allowed, hint, found="nothing that is produced")


def _needs(bundle: Bundle) -> Iterator[Loc]:
    """Where something per unit of product stands."""
    carbon = bundle.scenario.carbon
    if carbon is not None and isinstance(carbon.allocation, OutputBasedAllocation):
        yield ("carbon", "allocation", "benchmark")
    if bundle.scenario.cbam is not None:
        yield ("cbam", "benchmark")
    for number in range(len(bundle.scenario.materials)):
        yield ("materials", number, "amount")


def materials_exist(bundle: Bundle) -> Iterator[Problem]:
    """A contract on a material names one of the scenario's; each material has an id of its own."""
    known = [material.id for material in bundle.scenario.materials]
    for number, name in enumerate(known):
        if name in known[:number]:
            yield bundle.problem(("materials", number, "id"), "an id that occurs once", found=name)
    for measure in bundle.measures:
        if isinstance(measure, MaterialContract) and measure.material not in known:
            guess = nearest(measure.material, known)
            listed = f"There are: {', '.join(known)}." if known else "There are none."
            hint = f'Did you mean "{guess}"?' if guess else listed
            loc = measure_loc(measure.id, "material")
            yield bundle.problem(loc, "a material of the scenario", hint, found=measure.material)
