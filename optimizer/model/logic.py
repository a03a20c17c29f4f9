"""Logic between measures, and between measures and assets."""

from __future__ import annotations

from typing import Any

from optimizer.inputs.case import MeasureOption, modes_of
from optimizer.model.layer import YearlyLayer, named


def add_logic(layer: YearlyLayer) -> None:
    """Prerequisites, exclusions, groups of which one may stand, replacements; and the site's
    area."""
    options = {option.id: option for option in layer.case.measures}
    _add_prerequisites(layer, options)
    _add_exclusions(layer, options)
    _add_groups(layer, options)
    _add_replacements(layer, options)
    _add_area(layer)


def _add_prerequisites(layer: YearlyLayer, options: dict[str, MeasureOption]) -> None:
    pairs = [(k, n, y) for k, o in options.items() for n in o.requires for y in layer.years]

    def requires(m: Any, k: str, n: str, y: int) -> Any:
        """A measure stands only with what it requires, whoever owns that: on[k] <= max_builds x
        on[n] [1]."""
        other = sum((m.on[mode, y] for mode in modes_of(options.values(), n)), 0.0)
        return m.on[k, y] <= options[k].max_builds * other

    named(layer.model, "requires_standing", pairs, requires)


def _add_exclusions(layer: YearlyLayer, options: dict[str, MeasureOption]) -> None:
    both = {
        tuple(sorted((k, mode)))
        for k, o in options.items()
        for n in o.excludes
        for mode in modes_of(options.values(), n)
    }
    pairs = [(k, n, y) for k, n in sorted(both) for y in layer.years]

    def excludes(m: Any, k: str, n: str, y: int) -> Any:
        """Two measures that exclude each other never stand together: on/max + on/max <= 1 [1]."""
        return m.on[k, y] / options[k].max_builds + m.on[n, y] / options[n].max_builds <= 1

    named(layer.model, "excluded_not_together", pairs, excludes)


def _add_groups(layer: YearlyLayer, options: dict[str, MeasureOption]) -> None:
    groups: dict[str, list[str]] = {}
    for k, option in options.items():
        if option.one_of:
            groups.setdefault(option.one_of, []).append(k)

    def one_of(m: Any, group: str, y: int) -> Any:
        """At most one measure of a group stands in a year: sum on/max <= 1 [1]."""
        return sum(m.on[k, y] / options[k].max_builds for k in groups[group]) <= 1

    index = [(g, y) for g, members in groups.items() if len(members) > 1 for y in layer.years]
    named(layer.model, "one_of_group", index, one_of)


def _add_replacements(layer: YearlyLayer, options: dict[str, MeasureOption]) -> None:
    assets = {asset.id for asset in layer.case.assets}
    pairs = [
        (k, a, y)
        for k, o in options.items()
        for a in o.replaces
        if a in assets
        for y in layer.years
    ]

    def replaced(m: Any, k: str, a: str, y: int) -> Any:
        """What is replaced is gone: on <= max_builds x retired [1]."""
        return m.on[k, y] <= options[k].max_builds * m.asset_retired[a, y]

    named(layer.model, "replaced_asset_retired", pairs, replaced)


def _add_area(layer: YearlyLayer) -> None:
    case = layer.case
    kinds = sorted({kind for option in case.measures for kind in option.area})

    def area(m: Any, kind: str, y: int) -> Any:
        """What stands fits on the site: sum area per capacity x installed <= area [m2]."""
        used = sum(o.area[kind] * m.installed[o.id, y] for o in case.measures if kind in o.area)
        return used <= case.area.get(kind, 0.0)

    named(layer.model, "area_within_site", [(kind, y) for kind in kinds for y in layer.years], area)
