"""Load, solve, read: what the command line and notebooks call."""

from __future__ import annotations

import json
import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import xarray as xr

from optimizer.files.atomic import whole_folder
from optimizer.inputs.assemble import assemble
from optimizer.inputs.bundle import Bundle
from optimizer.inputs.case import Case
from optimizer.inputs.load import load
from optimizer.inputs.policy_files import pack_files
from optimizer.loans.find import Found
from optimizer.loans.find_run import find, with_found_loan, with_terms
from optimizer.loans.run import assess_run, store_loan, stress_of
from optimizer.plan.auto_periods import plan_of
from optimizer.plan.binding import binding_rules
from optimizer.plan.extract import extract
from optimizer.plan.folder import write_inputs, write_plan
from optimizer.plan.live import Answer, Live
from optimizer.plan.settings import Kept, Listener, Made, Settings
from optimizer.plan.store import AUDIT, SHARES, Run, read_run, read_summary, write_finding
from optimizer.plan.summary import summary
from optimizer.reports.folders import store_study
from optimizer.solve.live import LiveSearch
from optimizer.solve.solution import Solution
from optimizer.studies.alternatives import Alternatives, alternatives
from optimizer.studies.compare import SCENARIO, Question, compare_policies
from optimizer.studies.compare_cases import Inputs, compare_scenarios, compare_whatifs
from optimizer.studies.compare_runs import compare_runs
from optimizer.studies.comparison import NO_RULES, Comparison
from optimizer.studies.cost_curve import CostCurve, cost_curve
from optimizer.studies.pareto import Front, Told, front, unheard
from optimizer.studies.plant import Plant
from optimizer.studies.rule_costs import rule_costs
from optimizer.studies.swept import Swept, sweep
from optimizer.studies.two_stage import TwoStage
from optimizer.studies.two_stage import study as robust
from optimizer.workspace import workspace_of

__all__ = [
    "Alternatives", "Answer", "Comparison", "Inputs", "Job", "Listener", "Live", "Question",
    "Run", "Settings", "Swept", "TwoStage", "all_policies", "alternatives", "assemble",
    "assess_run", "compare_policies", "compare_runs", "compare_scenarios", "compare_whatifs",
    "curve", "load", "next_run", "pareto", "plant_of", "read_run", "robust", "settings_of",
    "solve", "store_loan", "store_study", "stress_of", "sweep",
]  # fmt: skip

LIBRARIES = ("pyomo", "highspy", "numpy", "scipy", "pandas", "xarray", "tsam", "pvlib")


@dataclass(frozen=True)
class Job:
    """What to solve and where to put it. ``periods`` None takes the scenario's own."""

    scenario: Path
    out: Path
    data: Path | None = None
    sets: tuple[str, ...] = ()
    settings: Settings | None = None
    lang: str = "en"
    force: bool = False
    listener: Listener = field(default_factory=Listener)
    rule_costs: bool = False
    """Whether to find the optimum without each binding rule too."""


def settings_of(bundle: Bundle, **changes: Any) -> Settings:
    """The scenario's own settings, with those changed that are given."""
    given = {key: value for key, value in changes.items() if value is not None}
    time = bundle.scenario.time
    segments = time.segments if isinstance(given.get("periods", time.periods), int) else None
    return Settings(**({"periods": time.periods, "segments": segments} | given))


def solve(job: Job, bundle: Bundle | None = None) -> Run:
    """Solve a scenario and store the run, whole or not at all.

    Raises InputErrors, NoPlan, StoppedWithoutPlan, SolverFailure, FileExistsError.
    """
    bundle = bundle or load(job.scenario, data=job.data, sets=job.sets)
    full = assemble(bundle)
    settings = job.settings or settings_of(bundle)
    live = LiveSearch() if job.rule_costs else None
    made = plan_of(full, settings, job.listener, Kept(search=live))
    more = {} if live is None else {"rule_costs": _rule_costs(full, made, settings, live, job)}
    return _stored(job, bundle, full, made, more)


def _stored(job: Job, bundle: Bundle, full: Case, made: Made, more: dict[str, Any]) -> Run:
    """The run's folder, whole or not at all. ``more``: further keys of the summary."""
    with whole_folder(job.out, force=job.force) as folder:
        job.listener.stage("store")
        run = _store(folder, job, bundle, full, made, more)
    return replace(run, path=job.out)


def find_loan(
    job: Job, bundle: Bundle, packs: Sequence[str], terms: Mapping[str, Any], **asked: Any
) -> tuple[Found, Run | None]:
    """The cheapest plan of a scenario that qualifies for a loan, stored as a run with that loan in
    its inputs, no run where none was found; ``terms``: fields of the loan in place of the
    scenario's; ``asked``: evidence, as loans.find_run.find takes it. Raises as `solve`."""
    bundle = with_terms(bundle, terms)
    full, settings = assemble(bundle), job.settings or settings_of(bundle)
    found = find(bundle, full, settings, packs, listener=job.listener, **asked)
    if found.plan is None:
        return found, None
    return found, _stored(job, with_found_loan(bundle, found), full, found.plan.made, {})


def _rule_costs(
    full: Case, made: Made, settings: Settings, live: LiveSearch, job: Job
) -> list[dict[str, Any]]:
    """What the plan would save without each rule that binds."""
    found = binding_rules(made.plan.matrix.case, extract(made.plan))
    rules = [row["rule"] for row in found]
    costs = rule_costs(full, made, settings, rules, live, job.listener)
    return [cost.as_dict() for cost in costs]


def _store(
    folder: Path, job: Job, bundle: Bundle, full: Case, made: Made, more: dict[str, Any]
) -> Run:
    """Write the whole folder; returns what it holds. ``more``: further keys of the summary."""
    case = made.plan.matrix.case
    plan, baseline = extract(made.plan), extract(made.baseline)
    settings = job.settings or settings_of(bundle)
    figures = summary(case, made, plan, baseline, job.out.name, settings) | more
    stamp_attributes(plan, case, figures, made.plan)
    stamp_attributes(baseline, case, figures, made.baseline)
    write_inputs(folder, bundle, full)
    write_plan(folder, plan, baseline, figures)
    run = Run(folder, plan, baseline, read_summary(folder))
    _write_reports(run, job)
    return run


def stamp_attributes(
    dataset: xr.Dataset, case: Case, figures: dict[str, Any], solution: Solution
) -> None:
    """Attributes of a stored plan; netCDF takes neither None nor booleans."""
    kept = ("currency", "price_year", "status", "method", "axis", "bound", "gap", "stored_axis")
    dataset.attrs |= {k: figures[k] for k in kept if figures[k] is not None}
    dataset.attrs |= {
        "scenario": case.id,
        "decision_cost": solution.decision_cost(),
        "net_present_cost": solution.net_present_cost(),
        "base_emissions": case.policy.base_emissions,
        "dt": case.axis.dt,
        "seconds": json.dumps(figures["seconds"]),
        "versions": json.dumps(
            {lib: version(lib) for lib in LIBRARIES} | {"python": platform.python_version()}
        ),
    }


def _write_reports(run: Run, job: Job) -> None:
    """Tables, workbook, IAMC table and report into the folder of a run."""
    from optimizer.reports.html import write_report
    from optimizer.reports.iamc import write_iamc
    from optimizer.reports.tables import write_tables
    from optimizer.reports.workbook import write_workbook

    job.listener.stage("report")
    folder = run.path
    for write in (write_tables, write_iamc):
        write(folder, run.plan, run.baseline, run.summary)
    write_workbook(folder, run.plan, run.baseline, run.summary, job.lang)
    write_report(run, job.lang)


def audit(
    run: Path,
    *,
    gap: float = 0.001,
    time_limit: float = 300.0,
    measures: Sequence[str] = (),
    lang: str = "en",
    begins: Callable[[int, int, str], None] = lambda number, count, name: None,
) -> dict[str, Any]:
    """Audit a stored run against its abatement ceiling; unless of some ``measures`` alone, it is in
    the folder and its report. Raises InputErrors, StoppedWithoutPlan, SolverFailure."""
    from optimizer.reports.html import write_report
    from optimizer.studies.audit import Asked
    from optimizer.studies.audit import audit as audited

    stored = read_run(run)
    found = audited(stored, Asked(gap, time_limit, tuple(measures)), begins)
    if not measures:
        write_finding(run, AUDIT, found)
        write_report(replace(stored, audit=found), lang)
    return found


def measures(
    run: Path,
    *,
    lang: str = "en",
    begins: Callable[[int, int, str], None] = lambda number, count, name: None,
) -> dict[str, Any]:
    """Share a stored run's saving out among its measures and contracts; shares.json and the report
    are in its folder afterwards. Raises InputErrors, SolverFailure."""
    from optimizer.reports.html import write_report
    from optimizer.studies.shares import shares_of_run

    stored = read_run(run)
    found = shares_of_run(stored, begins).as_dict()
    write_finding(run, SHARES, found)
    write_report(replace(stored, shares=found), lang)
    return found


def next_run(results: Path, scenario: str) -> Path:
    """results/<scenario>-<n> with the first free n from 1."""
    number = 1
    while (results / f"{scenario}-{number}").exists():
        number += 1
    return results / f"{scenario}-{number}"


def all_policies(scenario: Path) -> tuple[str, ...]:
    """What a scenario can be compared under: its own policy, no rules, every pack there is."""
    packs = pack_files(workspace_of(scenario))
    return tuple(dict.fromkeys((SCENARIO, *(name for name in packs if name == NO_RULES), *packs)))


def plant_of(bundle: Bundle, periods: int | None = None, **how: Any) -> Plant:
    """A loaded scenario as studies of cost against emissions ask it; ``how``: fields of Plant."""
    return Plant.of(bundle, periods, **how)


def pareto(plant: Plant, points: int, told: Told = unheard) -> Front:
    """Plans from the least cost to the least emissions. Raises as studies.pareto.front does."""
    return front(plant, points, told)


def curve(plant: Plant, steps: int, **how: Any) -> CostCurve:
    """What a tonne costs, in three views; ``how`` and errors: as studies.cost_curve.cost_curve."""
    return cost_curve(plant, steps, **how)
