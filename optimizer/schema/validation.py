"""Plain data in, a frozen object or the faults out: pydantic's findings in plain words.

A `Fault` has the place as keys and indices of the data that were given; pydantic's own additions
to it (the arm of a union, the inside of a yearly table) are taken out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from optimizer.errors import nearest
from optimizer.schema.emission_factors import FactorLibrary, FactorReference
from optimizer.schema.known_fields import TAG_FIELDS, known_fields
from optimizer.schema.loan import Loan
from optimizer.schema.loan_evidence import EvidenceFile
from optimizer.schema.loan_pack import LoanPack
from optimizer.schema.measure import Measure, MeasureFile, ReferenceFile
from optimizer.schema.policy_pack import Attestation, PolicyPack
from optimizer.schema.scenario import Scenario
from optimizer.schema.whatifs import FutureFile, WhatIfFile
from optimizer.schema.wording import shown, worded

T = TypeVar("T")
Loc = tuple[str | int, ...]
_MEASURE: TypeAdapter[Measure] = TypeAdapter(Measure)
_FACTORS: TypeAdapter[FactorLibrary] = TypeAdapter(FactorLibrary)


@dataclass(frozen=True)
class Fault:
    """What is wrong at `loc`; `missing` and `unknown` tell a field that lacks from one too many."""

    loc: Loc
    found: str
    allowed: str
    hint: str = ""
    missing: bool = False
    unknown: bool = False


Faults = tuple[Fault, ...]


def read_scenario(data: Any) -> Scenario | Faults:
    """The scenario in `data`, or all of its faults."""
    return _validated(TypeAdapter(Scenario), Scenario, data)


def read_measure(data: Any) -> Measure | Faults:
    """One measure of any kind, or all of its faults."""
    return _validated(_MEASURE, Measure, data)


def read_measure_file(data: Any) -> MeasureFile | Faults:
    """One family of the catalog, or all of its faults."""
    return _validated(TypeAdapter(MeasureFile), MeasureFile, data)


def read_policy_pack(data: Any) -> PolicyPack | Faults:
    """One policy pack, or all of its faults."""
    return _validated(TypeAdapter(PolicyPack), PolicyPack, data)


def read_loan_pack(data: Any) -> LoanPack | Faults:
    """One loan pack, or all of its faults."""
    return _validated(TypeAdapter(LoanPack), LoanPack, data)


def read_loan(data: Any) -> Loan | Faults:
    """The terms of a loan, or all of their faults."""
    return _validated(TypeAdapter(Loan), Loan, data)


def read_evidence_file(data: Any) -> EvidenceFile | Faults:
    """One file of evidence, or all of its faults."""
    return _validated(TypeAdapter(EvidenceFile), EvidenceFile, data)


def read_whatif_file(data: Any) -> WhatIfFile | Faults:
    """One file of what-ifs, or all of its faults."""
    return _validated(TypeAdapter(WhatIfFile), WhatIfFile, data)


def read_future_file(data: Any) -> FutureFile | Faults:
    """One file of futures, or all of its faults."""
    return _validated(TypeAdapter(FutureFile), FutureFile, data)


def read_factor_library(data: Any) -> FactorLibrary | Faults:
    """One library of emission factors, or all of its faults."""
    return _validated(_FACTORS, FactorLibrary, data)


def read_factor_reference(data: Any) -> FactorReference | Faults:
    """The name of a factor in a library, or all of its faults."""
    return _validated(TypeAdapter(FactorReference), FactorReference, data)


def read_attestation(data: Any) -> Attestation | Faults:
    """One attestation of a rule, or all of its faults."""
    return _validated(TypeAdapter(Attestation), Attestation, data)


def read_reference_file(data: Any) -> ReferenceFile | Faults:
    """The sources of the catalog, or all of their faults."""
    return _validated(TypeAdapter(ReferenceFile), ReferenceFile, data)


def _validated(adapter: TypeAdapter[T], kind: Any, data: Any) -> T | Faults:
    try:
        return adapter.validate_python(data)
    except ValidationError as error:
        entries = error.errors(include_url=False)
        real = [entry for entry in entries if not _only_seems_short(entry)]
        return _joined([_fault(kind, data, entry) for entry in real or entries])


def _only_seems_short(error: Any) -> bool:
    """A list that is short only because pydantic left out entries with faults of their own."""
    if error["type"] != "too_short" or not isinstance(error["input"], list | tuple):
        return False
    return len(error["input"]) >= int(error["ctx"]["min_length"])


def _fault(kind: Any, data: Any, error: Any) -> Fault:
    """One finding of pydantic as a Fault."""
    loc = _own_loc(data, error["loc"], error["type"] == "missing")
    if error["type"] == "extra_forbidden":
        known = known_fields(kind, error["loc"][:-1])
        guess = nearest(str(loc[-1]), known) if loc else None
        hint = f'Did you mean "{guess}"?' if guess else f"Known here: {', '.join(known)}."
        return Fault(loc, str(loc[-1]) if loc else "", "a known field", hint, unknown=True)
    if error["type"] == "missing":
        return Fault(loc, "", "given", missing=True)
    if error["type"] in ("union_tag_invalid", "union_tag_not_found"):
        return _wrong_tag(loc, error)
    found, allowed, hint = worded(error)
    return Fault(loc, found, allowed, hint)


def _wrong_tag(loc: Loc, error: Any) -> Fault:
    """The field that decides which fields there are is missing or none of the known ones."""
    tag = error["ctx"]["discriminator"].strip("'")
    tag = tag if tag in TAG_FIELDS else "shape"
    given = error["input"].get(tag) if isinstance(error["input"], dict) else error["input"]
    _, allowed, _ = worded(error)
    if given is None:
        return Fault((*loc, tag), "", allowed, missing=True)
    guess = nearest(str(given), re.findall("'([^']*)'", allowed))
    hint = f'Did you mean "{guess}"?' if guess else ""
    return Fault((*loc, tag), shown(given), allowed, hint)


def _own_loc(data: Any, loc: Sequence[str | int], missing: bool) -> Loc:
    """`loc` without the parts that pydantic put in; the last part of a missing field stays."""
    own: list[str | int] = []
    node = data
    for number, part in enumerate(loc):
        last = number == len(loc) - 1
        if isinstance(node, dict):
            tag = part in (
                *map(node.get, ("kind", "type", "form", "mode")),
                node.get("shape", "file"),
            )
            if part in node and not (tag and not last):
                own.append(part)
                node = node[part]
                continue
        elif isinstance(node, list | tuple) and isinstance(part, int) and part < len(node):
            own.append(part)
            node = node[part]
            continue
        if last and missing:
            own.append(part)
    return tuple(own)


def _joined(faults: list[Fault]) -> Faults:
    """Faults of one place as one: what any arm of a union allows, joined by "or"."""
    by_place: dict[Loc, Fault] = {}
    for fault in faults:
        before = by_place.get(fault.loc)
        if before is None:
            by_place[fault.loc] = fault
        elif fault.allowed not in before.allowed:
            by_place[fault.loc] = replace(
                before,
                allowed=f"{before.allowed} or {fault.allowed}",
                hint=before.hint or fault.hint,
            )
    return tuple(by_place.values())
