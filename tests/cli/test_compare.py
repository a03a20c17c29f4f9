"""`decarb compare`: figures for machines, a table and a page for people, exit codes for scripts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from optimizer import cli
from tests.cli.solving import QUICK, small
from tests.packs import pack, rule
from tests.studies.test_compare import PACKS
from tests.workspace import write_workspace, write_yaml


def compare(folder: Path, *options: str) -> int:
    """The exit code of a quick comparison of the small plant, whose scenario caps 2027."""
    own = {"use": ["words"], "gross_cap": {2027: "5950 t"}}
    path = write_workspace(folder, small(policy=own), policies=PACKS)
    return cli.run(["compare", str(path), *QUICK, *options])


def test_json_has_a_plan_a_policy_and_nothing_else_on_stdout(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proves the shape that scripts read; residual and unabated are null without a ceiling."""
    assert compare(tmp_path, "--policies", "none,capped,impossible", "--json") == cli.FINE
    said = capsys.readouterr()
    found = json.loads(said.out)
    assert [plan["policy"] for plan in found["plans"]] == ["none", "capped", "impossible"]
    assert found["own_limits"] == {"fields": ["policy.gross_cap"], "kept": False}
    year = found["plans"][1]["years"][-1]
    assert year["year"] == 2027
    assert year["residual"] is None
    assert year["unabated"] is None
    assert found["plans"][1]["ceiling"] is None
    assert year["cost"] > 0
    assert year["net"] == pytest.approx(year["remaining"] - year["credits"])
    assert "2 of 3" in said.err or "2/3" in said.err


def test_by_default_the_scenario_comes_first_then_no_rules_then_every_pack(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proves the default, and that the page and its figures lie in the folder, whole."""
    out = tmp_path / "out"
    assert compare(tmp_path, "--out", str(out), "--lang", "zh") == cli.FINE
    said = capsys.readouterr().out
    figures = json.loads((out / "comparison.json").read_text(encoding="utf-8"))
    assert [plan["policy"] for plan in figures["plans"]] == [
        "scenario", "none", "capped", "ending", "impossible", "later", "over", "words"
    ]  # fmt: skip
    assert "情景自身的政策" in said
    assert str(out / "comparison.html") in said
    page = (out / "comparison.html").read_text(encoding="utf-8")
    assert 'lang="zh-CN"' in page
    assert "不存在方案" in page
    assert 'id="remaining"' in page


def test_a_folder_of_other_things_is_never_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proves that --force replaces a comparison and no folder that isn't one."""
    other = tmp_path / "letters"
    other.mkdir()
    (other / "letter.txt").write_text("dear", encoding="utf-8")
    assert compare(tmp_path, "--out", str(other), "--force") == cli.INPUT_OR_USAGE
    assert (other / "letter.txt").exists()


def test_an_empty_name_between_commas_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proves that "none,,capped" isn't read as some policy of no name."""
    assert compare(tmp_path, "--policies", "none,,capped") == cli.INPUT_OR_USAGE
    assert "--policies" in capsys.readouterr().err


def barred(folder: Path, *options: str) -> int:
    """A comparison of the small plant where no money may be spent, `none` and a ceiling of 1."""
    own = small(budget__capex={2026: "0 CNY", 2027: "0 CNY"})
    ceiled = pack("ceiled", rule("abatement_ceiling", limit="1 CNY/t", mode="displaced_credit"))
    path = write_workspace(folder, own, policies={"none": PACKS["none"], "ceiled": ceiled})
    return cli.run(["compare", str(path), *QUICK, "--policies", "none,ceiled", *options])


def test_a_ceiling_splits_what_remains_and_changes_no_plan(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proves that --ceiling is a yardstick: `none` costs and leaves what it does without it. All
    that pays for itself is barred by a budget of 0 and so unabated at a ceiling of 1 already, some
    1,800 t; at 9,000 the saving on motors and more are too. Both parts add up to what remains."""
    plans = []
    for options in ((), ("--ceiling", "9000 CNY/t")):
        assert barred(tmp_path, *options, "--json") == cli.FINE
        plans.append(json.loads(capsys.readouterr().out)["plans"])
    (plain, _), (none, ceiled) = plans
    assert plain["years"][-1]["residual"] is None
    assert none["years"][-1]["remaining"] == pytest.approx(plain["years"][-1]["remaining"])
    assert none["decision_cost"] == pytest.approx(plain["decision_cost"], rel=1e-9)
    assert none["ceiling"] == {
        "price": {"2026": 9000.0, "2027": 9000.0}, "of": "command", "split": True,
    }  # fmt: skip
    assert ceiled["ceiling"]["of"] == "policy"
    for plan in (none, ceiled):
        year = plan["years"][-1]
        assert year["residual"] + year["unabated"] == pytest.approx(year["remaining"])
    most, least = (plan["years"][-1]["unabated"] for plan in (none, ceiled))
    assert most > least + 100
    assert least > 1000


def test_table_and_page_show_the_split_and_say_whose_ceiling_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proves that a reader sees both columns, the picture, and that the ceiling limits nothing."""
    out = tmp_path / "out"
    assert barred(tmp_path, "--ceiling", "9000 CNY/t", "--out", str(out)) == cli.FINE
    said = capsys.readouterr().out
    for words in ("Residual in", "Unabated in", "limits no plan", "by its own ceiling, 1"):
        assert words in said
    page = (out / "comparison.html").read_text(encoding="utf-8")
    assert 'id="left"' in page
    assert "the most unabated" in page


def test_without_a_ceiling_the_table_says_why_nothing_is_split(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proves the one sentence in place of two columns."""
    assert compare(tmp_path, "--policies", "none") == cli.FINE
    said = capsys.readouterr().out
    assert "Unabated in" not in said
    assert "isn't split into residual and unabated" in said


@pytest.mark.parametrize("price", ["300", "300 CNY/kWh", "0 CNY/t", "30 EUR/t"])
def test_a_ceiling_that_is_no_price_of_a_tonne_is_refused(
    price: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proves that a bare number, money per kWh, nothing, and a currency without an exchange rate
    are told with the option and an example, before anything is solved."""
    assert compare(tmp_path, "--policies", "none", "--ceiling", price) == cli.INPUT_OR_USAGE
    said = capsys.readouterr().err
    assert f'--ceiling  ceiling: got "{price}", must be a price above 0' in said
    assert "nothing was solved" in said


def test_what_ifs_are_printed_with_what_changes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proves the table, what enters or leaves, and the folder with a workbook."""
    path = write_workspace(tmp_path, small())
    whatif = {"id": "bare", "name": {"en": "No roof", "zh": "无屋顶"}, "without": ["pv_roof"]}
    write_yaml(tmp_path / "whatifs.yaml", {"whatifs": [whatif]})
    options = ("--whatifs", str(tmp_path / "whatifs.yaml"), "--out", str(tmp_path / "out"))
    assert cli.run(["compare", str(path), *QUICK, *options]) == cli.FINE
    said = capsys.readouterr().out
    assert "What-if" in said
    assert "Leaves: Rooftop PV 2026" in said
    assert {file.name for file in (tmp_path / "out").iterdir()} == {
        "comparison.json", "comparison.html", "comparison.xlsx"
    }  # fmt: skip


@pytest.mark.parametrize(
    "options",
    [("--whatifs", "FILE", "--policies", "none"), ("FILE", "--ceiling", "3 CNY/t"), ("FOLDER",)],
)
def test_options_of_another_comparison_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...]
) -> None:
    """Proves that nothing is silently left aside: two kinds of comparison in one call are usage."""
    path = write_workspace(tmp_path, small())
    named = {"FILE": str(path), "FOLDER": str(tmp_path)}
    given = [named.get(option, option) for option in options]
    assert cli.run(["compare", str(path), *given]) == cli.INPUT_OR_USAGE
