"""What the audit of a plan says of an abatement ceiling."""

from __future__ import annotations

import numpy as np

from optimizer.plan.judge.figures import RELATIVE, Sums
from optimizer.plan.judge.judged import Verdict
from optimizer.schema.ceiling import CeilingMode
from optimizer.schema.fields import Yearly
from optimizer.units import Quantity


def audited(
    sums: Sums, price: Yearly[Quantity], mode: CeilingMode
) -> tuple[Verdict | None, str | None]:
    """Why a ceiling isn't kept, or isn't known to be; (None, None) where the audit holds.

    An audit counts if it was in the same mode and under a ceiling as high.
    """
    audit, book = sums.audit, sums.book
    if audit is None:
        return "cannot_determine", "another_audit" if sums.misfit else "abatement_ceiling"
    known = np.array([audit["ceiling"][str(year)] or 0.0 for year in book.years])
    lower = (book.prices(price) > known * (1 + RELATIVE)).any()
    if lower or audit["mode"] != mode:
        return "cannot_determine", "another_audit"
    if audit["outcome"] == "fails":
        return "fails", None
    if audit["outcome"] == "undetermined":
        return "cannot_determine", "audit_undetermined"
    return None, None
