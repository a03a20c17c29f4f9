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
from optimizer.loans.refrigerants import warming_potentials
from optimizer.loans.run import loan_with, read_packs
from optimizer.loans.subject import Subject
from optimizer.plan.folder import write_inputs
from optimizer.plan.settings import Listener, Settings
from optimizer.plan.store import Run
from optimizer.plan.verify.given import read_given
from optimizer.schema.loan import Loan


def find(
    bundle: Bundle,
    full: Case,
    settings: Settings,
    packs: Sequence[str],
    *,
    evidence: Path | None = None,
    listener: Listener | None = None,
) -> Found:
    """The cheapest plan that qualifies under packs of the scenario's workspace, if there is one.
    Raises as `Quest.find`."""
    loaded = read_packs(packs, bundle.root)
    held = LoadedPacks(loaded, read_attestations(bundle.root, loaded))
    raw = dict(bundle.scenario_document.data.get("loan") or {})
    with TemporaryDirectory(prefix="decarb-") as name:
        folder = Path(name)
        write_inputs(folder, bundle, full)
        given = read_given(folder / "inputs")
    asked = {e.id for pack in loaded.values() for rule in pack.pack.rules for e in rule.evidence}
    shown = Evidence() if evidence is None else read_evidence(evidence, given.measures, asked)
    empty = Run(Path(bundle.scenario.id), xr.Dataset(), xr.Dataset(), {})
    subject = Subject(empty, given, given.scenario.loan, shown, warming_potentials(bundle.root))
    quest = Quest(full, settings, held, raw, listener or Listener())
    return quest.find(empty.path, subject)


def with_terms(bundle: Bundle, terms: Mapping[str, Any]) -> Bundle:
    """The scenario with fields of its loan in place of its own; InputErrors where they make none.
    A loan that decides is part of what is searched."""
    raw = {**(bundle.scenario_document.data.get("loan") or {}), **terms}
    return _with_loan(bundle, raw, loan_with(raw, {}, bundle.scenario.currency)) if raw else bundle


def with_found_loan(bundle: Bundle, found: Found) -> Bundle:
    """The scenario with the loan that was found, so that the run's own inputs name it."""
    assert found.plan is not None
    return _with_loan(bundle, found.plan.raw, found.plan.assessment.subject.loan)


def _with_loan(bundle: Bundle, raw: Mapping[str, Any], loan: Loan | None) -> Bundle:
    document = bundle.scenario_document.with_values(
        {"loan": dict(raw)}, create=True, option="--find"
    )
    scenario = bundle.scenario.model_copy(update={"loan": loan})
    return replace(bundle, scenario=scenario, scenario_document=document)
