"""What the audit of a plan says of an abatement ceiling."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from optimizer.plan.judge.figures import RELATIVE, Sums
from optimizer.plan.judge.judged import Verdict
from optimizer.schema.ceiling import CeilingMode
from optimizer.schema.fields import Yearly
from optimizer.schema.policy_rules import AbatementCeiling
from optimizer.units import Quantity


def audited(
    sums: Sums, price: Yearly[Quantity], mode: CeilingMode
) -> tuple[Verdict | None, str | None]:
    """Why a ceiling isn't kept, or isn't known to be; (None, None) where the audit holds.

    An audit counts if it was in the same mode and under a ceiling as high. What holds under a
    higher ceiling holds under this one; what fails there may hold here.
    """
    audit = sums.audit
    if audit is None:
        return "cannot_determine", "another_audit" if sums.misfit else "abatement_ceiling"
    if not as_high(sums, price) or audit["mode"] != mode:
        return "cannot_determine", "another_audit"
    if audit["outcome"] == "fails":
        same = (_ceiling(sums) <= sums.book.prices(price) * (1 + RELATIVE)).all()
        return ("fails", None) if same else ("cannot_determine", "higher_ceiling")
    if audit["outcome"] == "undetermined":
        return "cannot_determine", "audit_undetermined"
    return None, None


def as_high(sums: Sums, price: Yearly[Quantity]) -> bool:
    """Whether there is an audit under a ceiling that is as high in every year."""
    if sums.audit is None:
        return False
    return bool((sums.book.prices(price) <= _ceiling(sums) * (1 + RELATIVE)).all())


def splits(sums: Sums) -> bool:
    """Whether there is an audit whose residual emissions can be taken: under a ceiling as high as
    any that the run's packs name. Under a lower one more would pass as residual."""
    named = (
        rule.limit
        for pack in sums.book.given.packs
        for rule in pack.rules
        if isinstance(rule, AbatementCeiling)
    )
    return sums.audit is not None and all(as_high(sums, price) for price in named)


def _ceiling(sums: Sums) -> NDArray[np.float64]:
    """Of the audit, by year [money/t]; 0 in years without one."""
    assert sums.audit is not None
    return np.array([sums.audit["ceiling"][str(year)] or 0.0 for year in sums.book.years])
