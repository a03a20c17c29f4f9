"""A scenario file and all that it uses, read, merged and checked, or every problem at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from optimizer.errors import InputErrors
from optimizer.files.yaml_document import Document, read_yaml
from optimizer.inputs.attestations import read_attestations
from optimizer.inputs.bundle import Bundle, Role, SourceFile, measure_loc, problems_of
from optimizer.inputs.catalog_files import Catalog, Entry, read_catalog
from optimizer.inputs.change import Change
from optimizer.inputs.crosscheck import CASE_CHECKS, SCENARIO_CHECKS
from optimizer.inputs.factors import Factors, read_factors, with_factors
from optimizer.inputs.faults import as_merged_problems
from optimizer.inputs.gates_in_tail import gates_no_stricter_in_tail
from optimizer.inputs.gates_on_ceiling import gates_on_ceiling_bind
from optimizer.inputs.located import CATALOG, Layer, Sources
from optimizer.inputs.modes import mode_layers, modes
from optimizer.inputs.offer import Offered, offered_measures
from optimizer.inputs.policy_files import Packs, read_packs, with_packs
from optimizer.inputs.series_files import named_series, resolve_series_file, shown_series_file
from optimizer.inputs.settings import with_settings
from optimizer.schema.scenario import Scenario
from optimizer.schema.validation import read_scenario
from optimizer.workspace import workspace_of

__all__ = [
    "Bundle",
    "SourceFile",
    "load",
    "measure_loc",
    "named_series",
    "resolve_series_file",
]


Remake = Callable[[Document, Path], Document]
"""Makes another scenario of a scenario's document, in the workspace at a path."""


def load(
    path: Path,
    *,
    data: Path | None = None,
    sets: Sequence[str | Change] = (),
    remake: Remake | None = None,
) -> Bundle:
    """Read the scenario at `path` with the changes `sets` ("path=value", …) on top of it.

    `data` is the folder of series that aren't in the workspace; `remake` makes a what-if that no
    change can say. Raises InputErrors with all problems of the scenario, its packs, the catalog
    and what they say of each other.
    """
    root = workspace_of(path)
    document, problems = with_settings(read_yaml(path, _shown(path, root)), sets, root)
    if remake is not None:
        document = remake(document, root)
    packs, factors = read_packs(document, root), read_factors(document, root)
    catalog = read_catalog(root)
    problems += [*packs.problems, *factors.problems, *catalog.problems]
    sources = _sources(document, packs, catalog)
    raw = document.data
    if isinstance(raw, dict):
        raw = with_factors(with_packs(raw, packs), factors)
    scenario = read_scenario(raw)
    if isinstance(scenario, tuple):
        raise InputErrors([*problems, *as_merged_problems(scenario, sources)])
    offered = offered_measures(scenario, catalog, sources)
    bundle = _bundle(scenario, offered, catalog, sources, document, (root, data))
    checks = list(SCENARIO_CHECKS)
    if not catalog.problems and not offered.problems:
        checks += CASE_CHECKS
    problems += [*offered.problems, *problems_of(check(bundle) for check in checks)]
    used = list(packs.loaded.values())
    problems += gates_no_stricter_in_tail(used, scenario)
    problems += gates_on_ceiling_bind(bundle, used)
    if problems:
        raise InputErrors(problems)
    return _with_files(bundle, packs, factors, catalog)


def _shown(path: Path, root: Path) -> str:
    """A file's name inside the workspace, or as given if it lies elsewhere."""
    inside = path.resolve()
    if inside.is_relative_to(root.resolve()):
        return inside.relative_to(root.resolve()).as_posix()
    return path.as_posix()


def _sources(document: Document, packs: Packs, catalog: Catalog) -> Sources:
    """Overrides win over the catalog, the scenario over its packs."""
    overrides = [
        Layer((CATALOG, name), document, ("measures", "override", name)) for name in catalog.entries
    ]
    families = [
        Layer((CATALOG, name), entry.document, ("measures", entry.index))
        for name, entry in catalog.entries.items()
    ]
    own = Layer((), document, ())
    return Sources((*mode_layers(catalog, document), *overrides, *families, own, *packs.layers()))


def _bundle(
    scenario: Scenario,
    offered: Offered,
    catalog: Catalog,
    sources: Sources,
    document: Document,
    folders: tuple[Path, Path | None],
) -> Bundle:
    entries: Mapping[str, Entry] = catalog.entries
    base = {measure.id: measure.id for measure in offered.measures} | dict(offered.mode_of)
    return Bundle(
        scenario=scenario,
        measures=offered.measures,
        family={name: entries[of].family for name, of in base.items()},
        mode_of=offered.mode_of,
        references=catalog.references,
        catalog_ids=frozenset([*entries, *modes(catalog, scenario.measures.override)]),
        root=folders[0],
        data=folders[1],
        files=(),
        scenario_document=document,
        sources=sources,
    )


def _with_files(bundle: Bundle, packs: Packs, factors: Factors, catalog: Catalog) -> Bundle:
    """The bundle with all files that went into it, each once, what its packs ask in vain, and
    where its factors come from.
    """
    files = [_file(bundle.scenario_document, "scenario")]
    files += [_file(pack, "policy") for pack in packs.documents]
    files += [
        SourceFile(bundle.root / each.file, each.file, "attestation")
        for each in read_attestations(bundle.root, packs.loaded)
        if each.holds
    ]
    files += [_file(each, "factors") for each in factors.documents]
    files += [_file(each, "catalog") for each in catalog.documents]
    if catalog.reference_document is not None:
        files.append(_file(catalog.reference_document, "references"))
    for _, series in named_series(bundle.scenario):
        source = resolve_series_file(bundle, series)
        files.append(SourceFile(source, shown_series_file(bundle, series), "series"))
    return replace(
        bundle,
        files=tuple(dict.fromkeys(files)),
        packs=tuple(each.pack for each in packs.loaded.values()),
        unheld=packs.unheld(bundle.scenario),
        factors=tuple(factors.found.values()),
    )


def _file(document: Document, role: Role) -> SourceFile:
    return SourceFile(document.path, document.shown_as, role)
