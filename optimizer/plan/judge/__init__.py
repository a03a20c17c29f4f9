"""Is the plan allowed: each rule of a stored run with limit, value, slack, trust and verdict."""

from optimizer.plan.judge.judged import Judged, Judgement, Verdict
from optimizer.plan.judge.verdicts import judge

__all__ = ["Judged", "Judgement", "Verdict", "judge"]
