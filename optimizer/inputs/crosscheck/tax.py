"""What a tax says of the rest of the scenario."""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.errors import Problem, nearest
from optimizer.inputs.bundle import Bundle
from optimizer.inputs.tax import ANY

KINDS = ("converter", "generator", "storage", "saving", "process")


def depreciation_names_what_is_there(bundle: Bundle) -> Iterator[Problem]:
    """Years of depreciation are for measures on offer, assets, their kinds, or for any."""
    tax = bundle.scenario.tax
    if tax is None:
        return
    ids = [*(m.id for m in bundle.measures), *bundle.mode_of.values()]
    ids += [a.id for a in bundle.scenario.assets]
    known = [ANY, *KINDS, *ids]
    for name in tax.depreciation:
        if name not in known:
            guess = nearest(name, known)
            hint = f'Did you mean "{guess}"?' if guess else ""
            allowed = f"{ANY}, a kind, a measure on offer, or an asset"
            yield bundle.problem(("tax", "depreciation", name), allowed, hint, found=name)
