"""The verifier: recomputes a stored plan from its inputs, without model or solver."""

from optimizer.plan.verify.reading import UnreadableRun
from optimizer.plan.verify.report import HashCheck, RowCheck, VerifyReport
from optimizer.plan.verify.run import verify

__all__ = ["HashCheck", "RowCheck", "UnreadableRun", "VerifyReport", "verify"]
