"""`decarb audit` on a stored run: exit codes, its file, and what report and verifier make of it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from optimizer import cli
from optimizer.plan.judge import judge
from optimizer.reports.audit import left_out
from optimizer.reports.charts_carbon import emissions_path
from optimizer.reports.html import open_run
from optimizer.reports.palette import UNABATED
from optimizer.reports.section_allowed import allowed
from optimizer.reports.section_why import why
from tests.cli.solving import small, solve
from tests.packs import pack, rule
from tests.workspace import small_measures, write_workspace

FOREST = {
    "id": "forest", "kind": "credit", "name": {"en": "Forest", "zh": "林"}, "type": "removal",
    "price": "60 CNY/t",
}  # fmt: skip
DEAR = {
    "id": "dear_insulation", "kind": "saving", "name": {"en": "Insulation", "zh": "保温"},
    "service": "process_heat", "share": 0.1, "capex": {"any": {"fixed": "90 MCNY2025"}},
    "lifetime": "12 a",
}  # fmt: skip
RULES = pack(
    "own",
    rule("abatement_ceiling", "A-1", limit="300 CNY/t", mode="residual"),
    rule("no_credits_against_unabated", "A-2"),
)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A solved and audited run of the small plant, whose net target is reached with credits; its
    pack's rules were judged before, too."""
    folder = tmp_path_factory.mktemp("audit")
    scenario = small(policy={"use": ["own"], "net_target": {2026: "6500 t", 2027: "4500 t"}})
    scenario["measures"]["offer"] = [*scenario["measures"]["offer"], "forest", "dear_insulation"]
    measures = [*small_measures(), FOREST, DEAR]
    path = write_workspace(folder, scenario, measures, policies={"own": RULES})
    assert solve(path, "--out", str(folder / "run"), "--gap", "0.0001") == cli.FINE
    before = {r.id: (r.verdict, r.why) for r in judge(folder / "run").rules if r.pack == "own"}
    unsure = ("cannot_determine", "abatement_ceiling")
    assert before == {"own/A-1": unsure, "own/A-2": unsure}
    code = cli.run(["audit", str(folder / "run"), "--gap", "0.00001", "--time-limit", "60"])
    assert code in (cli.FINE, cli.CHECK_FAILED)
    return folder / "run"


def audit_of(run: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((run / "audit.json").read_text(encoding="utf-8"))
    return found


def test_the_audit_is_stored_and_verified(run: Path) -> None:
    """Proves that a run with its audit verifies, and that a changed figure of it fails by name."""
    found = audit_of(run)
    assert found["mode"] == "residual"
    assert {one["measure"] for one in found["measures"]}
    assert cli.run(["verify", str(run)]) == cli.FINE
    text = (run / "audit.json").read_text(encoding="utf-8")
    found["years"][0]["residual"] *= 1.001
    (run / "audit.json").write_text(json.dumps(found), encoding="utf-8")
    assert cli.run(["verify", str(run)]) == cli.CHECK_FAILED
    (run / "audit.json").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("key", ["verdict", "paid", "tonnes", "low", "gap_money", "outcome"])
def test_each_figure_of_the_audit_is_held(
    run: Path, key: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proves the verifier's own arithmetic: each figure or word changed fails by name."""
    text = (run / "audit.json").read_text(encoding="utf-8")
    found = json.loads(text)
    told = next(one for one in found["measures"] if one["difference"] is not None)
    if key == "verdict":
        told["verdict"] = "dearer" if told["verdict"] != "dearer" else "not_displaced"
    elif key == "outcome":
        found["outcome"] = "holds" if found["outcome"] != "holds" else "fails"
    elif key == "gap_money":
        found["certificate"]["gap_money"] += 1_000.0
    else:
        told["difference"][key] += 1_000.0
    try:
        (run / "audit.json").write_text(json.dumps(found), encoding="utf-8")
        assert cli.run(["verify", str(run)]) == cli.CHECK_FAILED
        assert "audit_follows_figures" in capsys.readouterr().out
    finally:
        (run / "audit.json").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("change", ["split", "emits_more", "pays_less", "unsure"])
def test_a_forged_split_fails(run: Path, change: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Proves that residual and unabated follow from the unhindered plan. Moved between each other
    they add up as before, and fail. With that plan's emissions raised, its cost isn't what it pays
    and emits at 300 CNY/t any more; with its cost raised too, bound and all, plans that the
    audit itself names weigh less. A search that leaves half of its emissions' worth open shows
    nothing, whatever it found. What no row can hold is said."""
    text = (run / "audit.json").read_text(encoding="utf-8")
    found = json.loads(text)
    open_plan, more = found["unhindered"], 400.0
    if change == "unsure":
        open_plan["bound"] -= 0.5 * abs(open_plan["cost"] - open_plan["paid"])
    for year in found["years"] if change == "split" else ():
        year["residual"], year["unabated"] = year["unabated"], year["residual"]
    if change in ("emits_more", "pays_less"):
        open_plan["gross"] = [max(t + more, y["remaining"]) for t, y in
                              zip(open_plan["gross"], found["years"], strict=True)]  # fmt: skip
    if change == "pays_less":
        worth = [t * 300.0 for t in open_plan["gross"]]
        weights = [1 / 1.08, sum(1.08**-n for n in range(2, 6))]
        emitted = sum(w * t for w, t in zip(weights, worth, strict=True))
        open_plan["cost"] = open_plan["bound"] = open_plan["paid"] + emitted
    try:
        (run / "audit.json").write_text(json.dumps(found), encoding="utf-8")
        assert cli.run(["verify", str(run)]) == cli.CHECK_FAILED
        said = capsys.readouterr().out
        assert "audit_follows_figures" in said
        assert "not recomputed: what the plan without hindrance emits" in said
    finally:
        (run / "audit.json").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("change", ["left_out", "renamed", "twice", "mode", "year"])
def test_an_audit_that_is_not_whole_fails(run: Path, change: str) -> None:
    """Proves that a question left out, put under another name or asked twice, another mode and
    another year fail, and that such an audit decides no rule. Unchecked, to delete the entry of a
    cheaper measure would make an audit hold."""
    text = (run / "audit.json").read_text(encoding="utf-8")
    found = json.loads(text)
    told = next(one for one in found["measures"] if one["question"] == "build")
    if change == "left_out":
        found["measures"].remove(told)
    elif change == "renamed":
        told["measure"] = "forest"
    elif change == "twice":
        found["measures"].append(told)
    elif change == "mode":
        found["mode"] = "displaced_credit"
    else:
        found["years"][0]["year"] += 1
    try:
        (run / "audit.json").write_text(json.dumps(found), encoding="utf-8")
        assert cli.run(["verify", str(run)]) == cli.CHECK_FAILED
        rules = {rule.id: (rule.verdict, rule.why) for rule in judge(run).rules}
        unsure = ("cannot_determine", "another_audit")
        assert (rules["own/A-1"], rules["own/A-2"]) == (unsure, unsure)
    finally:
        (run / "audit.json").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_report_shows_it(run: Path, lang: str) -> None:
    """Proves a row a question in the report's section on what is allowed, in both languages."""
    view = open_run(run, lang)
    heading = view.say("heading.audit")
    (block,) = [b for b in allowed(view).blocks if getattr(b, "heading", None) == heading]
    assert block.table is not None
    assert len(block.table.rows) == len(audit_of(run)["measures"])
    assert len(block.paragraphs) >= 4
    assert heading in (run / "report.html").read_text(encoding="utf-8") or lang == "zh"


def test_rules_on_what_is_unabated_are_judged_by_the_audit(run: Path) -> None:
    """Proves both verdicts: the ceiling's is the audit's outcome; credits are set against the
    residual emissions of each year, and fail where they are more."""
    found = audit_of(run)
    rules = {rule.id: rule for rule in judge(run).rules}
    verdicts = {
        "holds": ("meets_secondary", None), "fails": ("fails", None),
        "undetermined": ("cannot_determine", "audit_undetermined"),
    }  # fmt: skip
    ceiling = rules["own/A-1"]
    assert (ceiling.verdict, ceiling.why) == verdicts[found["outcome"]]
    assert "policy.ceiling" not in rules
    figures = rules["own/A-2"].figures
    assert figures is not None
    assert figures.limit.tolist() == [one["residual"] for one in found["years"]]
    kept = (figures.value <= figures.limit + 1e-3).all()
    assert rules["own/A-2"].verdict == ("meets_secondary" if kept else "fails")
    assert figures.value.sum() > 0


def test_the_path_has_unabated_emissions_in_their_colour(run: Path) -> None:
    """Proves the split in picture, table and note, and its absence from a run without an audit."""
    view = open_run(run, "en")
    chart = emissions_path(view, "path")
    (bar,) = [trace for trace in chart.figure.data if trace.name == "Unabated"]
    assert bar.marker.color == UNABATED
    years = audit_of(run)["years"]
    assert list(bar.y) == pytest.approx([one["unabated"] / 1000 for one in years])
    assert "Unabated [t]" in chart.table.head
    assert "unabated" in chart.note
    plain = emissions_path(replace(view, audit=None), "path")
    assert [trace for trace in plain.figure.data if trace.name == "Unabated"] == []
    assert "isn't split" in plain.note
    assert "Unabated [t]" not in plain.table.head


def test_what_is_not_built_has_its_verdict(run: Path) -> None:
    """Proves the words beside each measure that the plan leaves out, and none without an audit."""
    view = open_run(run, "en")
    asked = {m["measure"] for m in audit_of(run)["measures"] if m["question"] == "build"}
    assert set(left_out(view)) == asked
    heading = view.say("heading.not_built")
    (block,) = [b for b in why(view).blocks if getattr(b, "heading", None) == heading]
    for measure, said in left_out(view).items():
        assert f"{view.name('measure', measure)} ({said})" in block.paragraphs[0]
    assert left_out(replace(view, audit=None)) == {}


def test_a_run_without_a_ceiling_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proves exit code 2 and what to do, where there is nothing to audit against."""
    path = write_workspace(tmp_path, small())
    assert solve(path, "--out", str(tmp_path / "run")) == cli.FINE
    assert cli.run(["audit", str(tmp_path / "run")]) == cli.INPUT_OR_USAGE
    said = capsys.readouterr().err
    assert "policy.ceiling" in said
    assert not (tmp_path / "run" / "audit.json").exists()


def test_an_unknown_measure_is_refused(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Proves exit code 2 with the nearest name, and that the audit that is there stays."""
    before = audit_of(run)
    assert cli.run(["audit", str(run), "--measure", "pv_rof"]) == cli.INPUT_OR_USAGE
    assert "pv_roof" in capsys.readouterr().err
    assert audit_of(run) == before


def test_a_look_at_one_measure_stores_nothing(
    run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proves that --measure prints its questions alone, and leaves the whole audit in its place."""
    before = (run / "audit.json").read_bytes()
    code = cli.run(["audit", str(run), "--measure", "pv_roof", "--json", "--time-limit", "30"])
    assert code in (cli.FINE, cli.CHECK_FAILED)
    assert {one["measure"] for one in json.loads(capsys.readouterr().out)["measures"]} <= {
        "pv_roof"
    }
    assert (run / "audit.json").read_bytes() == before
