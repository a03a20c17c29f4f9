"""A scenario searched for a plan that qualifies for a loan; its loan as the run will name it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xarray as xr

from optimizer.inputs.attestations import read_attestations
from optimizer.inputs.bundle import Bundle
from optimizer.inputs.case import Case
from optimizer.inputs.loan_evidence import Evidence, read_evidence
from optimizer.loans.find import Found, Quest
from optimizer.loans.packs import LoadedPacks
from optimizer.loans.run import loan_with, read_packs, warming_potentials
from optimizer.loans.subject import Subject
from optimizer.plan.folder import write_inputs
from optimizer.plan.settings import Listener, Settings
from optimizer.plan.store import Run
from optimizer.plan.verify.given import read_given


def find(
    bundle: Bundle,
    full: Case,
    settings: Settings,
    packs: Sequence[str],
    *,
    terms: Mapping[str, Any],
    evidence: Path | None = None,
    listener: Listener | None = None,
) -> Found:
    """The cheapest plan that qualifies under packs of the scenario's workspace, if there is one.

    `terms`: fields of the loan in place of the scenario's own. Raises as `Quest.find`.
    """
    loaded = read_packs(packs, bundle.root)
    held = LoadedPacks(loaded, read_attestations(bundle.root, loaded))
    raw = {**(bundle.scenario_document.data.get("loan") or {}), **terms}
    with TemporaryDirectory(prefix="decarb-") as name:
        folder = Path(name)
        write_inputs(folder, bundle, full)
        given = read_given(folder / "inputs")
    asked = {e.id for pack in loaded.values() for rule in pack.pack.rules for e in rule.evidence}
    shown = Evidence() if evidence is None else read_evidence(evidence, given.measures, asked)
    loan = loan_with(raw, {}, bundle.scenario.currency) if raw else None
    empty = Run(Path(bundle.scenario.id), xr.Dataset(), xr.Dataset(), {})
    subject = Subject(empty, given, loan, shown, warming_potentials(bundle.root))
    quest = Quest(full, settings, held, raw, listener or Listener())
    return quest.find(empty.path, subject)


def with_found_loan(bundle: Bundle, found: Found) -> Bundle:
    """The scenario with the loan that was found, so that the run's own inputs name it."""
    assert found.plan is not None
    raw = dict(found.plan.raw)
    document = bundle.scenario_document.with_values({"loan": raw}, create=True, option="--find")
    loan = found.plan.assessment.subject.loan
    scenario = bundle.scenario.model_copy(update={"loan": loan})
    return replace(bundle, scenario=scenario, scenario_document=document)
