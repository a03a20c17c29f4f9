"""`decarb report RUN --for committee` on a stored run of the small plant."""

from __future__ import annotations

import contextlib
import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from optimizer import cli, words
from optimizer.plan.store import read_run
from optimizer.reports.committee.made import known_sheet
from optimizer.studies.stored_study import read_studies
from optimizer.words import LANGUAGES
from tests.cli.committee_runs import committee, make_plant
from tests.reports.loan_file.formulas import Book

LEAD = {"heat_pump": 1}
"""Years from order to operation in tests/workspace.py; the others have none."""


@pytest.fixture(scope="module")
def plant(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the plant of committee_runs."""
    folder = tmp_path_factory.mktemp("committee")
    make_plant(folder)
    return folder


@pytest.fixture(scope="module")
def sheet(plant: Path) -> dict[str, Any]:
    """The decision sheet as --json prints it."""
    held = io.StringIO()
    with contextlib.redirect_stdout(held):
        assert committee(plant, "--json", "--out", str(plant / "json")) == 0
    found: dict[str, Any] = json.loads(held.getvalue())
    return found


def test_the_sheet_is_of_the_stored_plan(plant: Path, sheet: dict[str, Any]) -> None:
    """Proves that every project of the plan is decided on once, and that the money asked in a year
    is the plan's own capex: a tranche of its own count would miss renewals or grants."""
    summary = json.loads((plant / "run" / "summary.json").read_text(encoding="utf-8"))
    built = {row["measure"] for row in summary["build"]}
    planned = [one["id"] for one in sheet["decisions"] if one["project"] is not None]
    assert built <= set(planned)
    assert len(planned) == len(set(planned))
    ordered = {o["id"]: o["project"]["start"] - o["project"]["order"] for o in sheet["decisions"]
               if o["project"] is not None}  # fmt: skip
    assert ordered == {id: LEAD.get(id, 0) for id in planned}
    by_year = {each["year"]: each for each in sheet["tranches"]}
    for row in summary["years"]:
        asked = by_year.get(row["year"], {"net": 0.0})["net"]
        assert asked == pytest.approx(row["capex"], abs=0.01)
    for each in sheet["tranches"]:
        parts = sum(each["projects"].values()) + each["other"] - each["grants"]
        assert parts == pytest.approx(each["net"])


def test_ends_and_contingency_of_the_money(plant: Path, sheet: dict[str, Any]) -> None:
    """Proves the roof's 3200 CNY/kW are raised by 10 % in what is paid, an eleventh of it is
    contingency and verify agrees; that it may end 20 % below and 30 % above, what states nothing
    50 % and 100 %; and that ends of a year are the sums. Raised in the model alone, or in the
    verifier alone, `segments_cover_added` would fail."""
    known = {one["id"]: one["project"] for one in sheet["decisions"] if one["project"]}
    roof = known["pv_roof"]
    paid = {id: sum(each["capex"].values()) for id, each in known.items()}
    assert paid["pv_roof"] == pytest.approx(1.1 * 3200e3 * roof["size"])
    below = {id: 0.2 if id == "pv_roof" else 0.5 for id in known}
    above = {id: 0.3 if id == "pv_roof" else 1.0 for id in known}
    total = {key: sum(each[key] for each in sheet["tranches"]) for key in ("net", "low", "high")}
    assert total["net"] - total["low"] == pytest.approx(sum(paid[i] * below[i] for i in paid))
    assert total["high"] - total["net"] == pytest.approx(sum(paid[i] * above[i] for i in paid))
    held = sum(each["contingency"] for each in sheet["tranches"])
    assert held == pytest.approx(paid["pv_roof"] / 11)
    assert [known[id]["estimate"]["assumed"] for id in known] == [id != "pv_roof" for id in known]
    assert len(known) > 1
    assert cli.run(["verify", str(plant / "run")]) == 0


def test_a_stored_study_answers_in_place_of_searches(sheet: dict[str, Any]) -> None:
    """Proves that drivers and thresholds are those of the stored sensitivity: two drivers, though
    the plant has more; and that the held plan was asked at their four ends."""
    moved = {swing["driver"]["path"] for swing in sheet["moves"]["tornado"]}
    assert moved == {"tariffs.natural_gas.price", "measures.override.*.capex"}
    assert len(sheet["regrets"]) == 4
    for each in sheet["regrets"]:
        assert each["low"] is None or 0 <= each["low"] <= each["high"]


@pytest.fixture(scope="module", params=LANGUAGES)
def pack(request: pytest.FixtureRequest, plant: Path) -> tuple[str, Path, str]:
    """A language, the folder of the pack in it, and what the command printed."""
    held, folder = io.StringIO(), plant / f"pack_{request.param}"
    curve = ("--study", str(plant / "curve"))
    with contextlib.redirect_stdout(held):
        assert committee(plant, *curve, "--lang", request.param, "--out", str(folder)) == 0
    return request.param, folder, held.getvalue()


def test_tables_are_printed(pack: tuple[str, Path, str]) -> None:
    """Proves headline and money in both languages, nothing of English words in Chinese."""
    lang, _, shown = pack
    assert ("Asked, after grants" in shown) is (lang == "en")
    assert ("扣除补助后的申请额" in shown) is (lang == "zh")


def visible(page: str) -> str:
    """The page without its style and its scripts."""
    return re.sub(r"<style>.*?</style>|<script>.*?</script>", "", page, flags=re.DOTALL)


def test_the_page_begins_with_the_decision(pack: tuple[str, Path, str]) -> None:
    """Proves order and content: the printed headline is the page's, each section of the pack
    follows in the order in which a committee asks, every picture has its place and its data, and
    no address is fetched, no placeholder, nan or None is shown."""
    _, folder, shown = pack
    page = (folder / "committee.html").read_text(encoding="utf-8")
    text = visible(page)
    assert f"<h1>{shown.splitlines()[0]}</h1>" in text
    sections = re.findall(r'<section id="s-([a-z]+)"', text)
    assert sections == ["money", "drivers", "tornado", "curve", "schedule", "returns", "front",
                        "rests"]  # fmt: skip
    pictures = re.findall(r'class="plot" role="img"', text)
    assert len(pictures) == len(re.findall(r"Plotly.newPlot\(", page)) == 5
    assert not re.search(r"(src|href)=.https?:", text)
    assert not re.search(r"\{[a-z_]+\}|\b(nan|None|inf)\b", text)


def test_no_id_stands_twice(pack: tuple[str, Path, str]) -> None:
    """Proves that each picture is drawn in its own place: with a section of the same id plotly
    draws into the section."""
    _, folder, _ = pack
    found = re.findall(r' id="([^"]+)"', visible((folder / "committee.html").read_text("utf-8")))
    assert len(found) == len(set(found))


def test_every_formula_of_the_workbook_gives_its_number(pack: tuple[str, Path, str]) -> None:
    """Proves that sums of tranches and of cash, worked out anew, are the figures stored: a total
    over a wrong range would differ by a project."""
    _, folder, _ = pack
    book = Book(folder / "committee.xlsx")
    places = list(book.cells())
    assert len(places) >= 12
    for sheet, cell in places:
        stored = book.stored[sheet][cell].value
        assert book.value(sheet, cell) == pytest.approx(stored, rel=1e-9, abs=1e-9)


def test_the_workbook_holds_the_money_of_the_plan(pack: tuple[str, Path, str], plant: Path) -> None:
    """Proves that the total of the tranches is the capex of all years of the plan's summary, in the
    scale that the heading names."""
    lang, folder, _ = pack
    years = json.loads((plant / "run" / "summary.json").read_text(encoding="utf-8"))["years"]
    sheet = openpyxl.load_workbook(folder / "committee.xlsx", data_only=True).worksheets[1]
    name = words.text("committee.tranche.net", lang)
    (row,) = [[c.value for c in cells] for cells in sheet.iter_rows() if cells[0].value == name]
    total = [cell for cell in row if isinstance(cell, float)][-1]
    scale = total / sum(year["capex"] for year in years)
    assert min(abs(scale - 1 / divisor) * divisor for divisor in (1, 1e3, 1e4, 1e6)) < 1e-6


def test_a_pack_without_studies_says_what_is_missing(plant: Path, tmp_path: Path) -> None:
    """Proves that a pack is whole without a curve, and names the command that makes one."""
    assert committee(plant, "--out", str(tmp_path)) == 0
    text = visible((tmp_path / "committee.html").read_text(encoding="utf-8"))
    assert "decarb curve SCENARIO" in text
    assert "decarb pareto SCENARIO" in text


def test_studies_inside_the_run_are_found(plant: Path, tmp_path: Path) -> None:
    """Proves that a study which the named command stores inside the run is in the next pack without
    being asked for, its path as front too, and that the run still verifies; one that is given
    counts in place of one inside."""
    run = tmp_path / "run"
    shutil.copytree(plant / "run", run)
    for kind in ("curve", "moves"):
        shutil.copytree(plant / kind, run / kind)
    assert cli.run(["report", str(run), "--for", "committee", "--lang", "en"]) == 0
    text = visible((run / "committee.html").read_text(encoding="utf-8"))
    assert "Taken from stored studies: curve/curve.json, moves/sensitivity.json." in text
    assert "SCENARIO" not in text
    assert cli.run(["verify", str(run)]) == 0
    given = read_studies([plant / "curve"], read_run(run))
    assert given.folders == (("curve.json", plant / "curve"), ("sensitivity.json", run / "moves"))


def test_the_same_question_is_not_searched_again(
    pack: tuple[str, Path, str], plant: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proves that a pack of the same run, studies and settings is written from its sheet, in the
    other language too, and that another range, or a damaged sheet, is asked anew."""
    lang, folder, _ = pack
    other = {"en": "zh", "zh": "en"}[lang]
    again = ("--study", str(plant / "curve"), "--lang", other, "--out", str(folder))
    made = [committee(plant, *again, *more) for more in ((), ("--spread", "10"))]
    told = capsys.readouterr().err
    assert made == [0, 0]
    assert told.count("committee.json was made") + told.count("由相同的运行") == 1
    (folder / "committee.json").write_text("{}", encoding="utf-8")
    assert known_sheet(folder, "x") is None


@pytest.mark.parametrize(
    "options", [("--json",), ("--time-limit", "5"), ("--spread", "10"), ("--study", ".")]
)
def test_options_of_the_committee_need_it(plant: Path, options: tuple[str, ...]) -> None:
    """Proves that an option which the plain report would ignore is refused."""
    assert cli.run(["report", str(plant / "run"), *options]) == cli.INPUT_OR_USAGE


def test_a_folder_of_no_study_is_refused(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Proves that a run folder is no study: the message says which files are."""
    wrong = ("--study", str(plant / "run"))
    assert committee(plant, *wrong) == cli.INPUT_OR_USAGE
    assert "sensitivity.json" in capsys.readouterr().err


def test_a_study_of_another_plant_is_refused(
    plant: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proves that a study in other money isn't set beside a plan: thresholds of one plant say
    nothing of another."""
    found = json.loads((plant / "moves" / "sensitivity.json").read_text(encoding="utf-8"))
    found["subject"]["price_year"] += 1
    (tmp_path / "sensitivity.json").write_text(json.dumps(found), encoding="utf-8")
    assert committee(plant, "--study", str(tmp_path)) == cli.INPUT_OR_USAGE
    assert "price_year" in capsys.readouterr().err
