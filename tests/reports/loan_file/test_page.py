"""The page of the loan file: what it is called, its order, and that no name becomes code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.reports.loan_file.files import run_with, write_file

SECTIONS = ["who", "base", "measures", "counterfactual", "mv", "cover", "stress", "proceeds",
            "impact", "risks", "rules", "yearly", "closing"]  # fmt: skip


def page_of(run: Path, *more: str, lang: str = "en") -> str:
    """The page without scripts."""
    page = write_file(run, *more, lang=lang).with_suffix(".html").read_text(encoding="utf-8")
    return re.sub(r"<script>.*?</script>|<style>.*?</style>", "", page, flags=re.S)


@pytest.mark.parametrize(
    ("lang", "begins"),
    [("en", "Pre-assessment (初评) against Credit test of a bank (edition 2026)"),
     ("zh", "贷款初评（Pre-assessment）：对照银行信贷测试（2026 版）")],
)  # fmt: skip
def test_it_is_a_pre_assessment_in_the_order_of_a_loan_officer(
    tmp_path: Path, lang: str, begins: str
) -> None:
    """Proves the title with pack, edition, date and what it is not, thirteen sections in order,
    every sentence filled, and nothing that is called qualified or green by itself."""
    page = page_of(run_with(tmp_path / "run"), lang=lang)
    title = re.search(r"<h1>(.*?)</h1>", page)
    assert title is not None
    assert title[1].startswith(begins)
    assert re.search(r"20\d\d-\d\d-\d\d", title[1])
    assert title[1].endswith("not a certification" if lang == "en" else "非认证结论")
    assert re.findall(r'<section id="s-(\w+)">', page) == SECTIONS
    assert not re.search(r"\{[a-z_]+\}|\b(nan|None|inf)\b", page)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert "qualif" not in page.lower()
    assert not re.search(r"is green|为绿色贷款", page)


def test_it_opens_offline(tmp_path: Path) -> None:
    """Proves that nothing is fetched: no address in src, href, url() or @import."""
    page = page_of(run_with(tmp_path / "run"))
    assert not re.search(r"""(?:src|href)\s*=\s*["']?\s*(?:https?:)?//""", page)
    assert not re.search(r"@import|url\(", page)


def test_a_name_from_a_file_is_text(tmp_path: Path) -> None:
    """Proves escaping on the page, and that a name that begins with = is no formula in the book."""
    run = run_with(tmp_path / "run")
    catalog = run / "inputs" / "technology_catalog" / "all.yaml"
    text = catalog.read_text(encoding="utf-8")
    catalog.write_text(text.replace("{en: LED,", "{en: '=<script>alert(1)</script>',"), "utf-8")
    page = page_of(run)
    assert "<script>alert" not in page
    assert "=&lt;script&gt;alert(1)" in page


def test_it_ends_with_what_was_recomputed_and_what_to_sign(tmp_path: Path) -> None:
    """Proves the closing: rows that hold, what isn't shown, the digest twice, in the list and in
    what the borrower signs; and that a run that doesn't recompute is told so."""
    run = run_with(tmp_path / "run")
    page = page_of(run)
    closing = page[page.index('<section id="s-closing">') :]
    digest = re.search(r"with the digest ([0-9a-f]{64})", closing)
    assert digest is not None
    assert closing.count(digest[1]) == 2
    assert "Every row holds" in closing
    assert "Not shown: that the inputs are true." in closing
    scenario = run / "inputs" / "scenario.yaml"
    text = scenario.read_text(encoding="utf-8")
    scenario.write_text(text.replace("adder: 10 CNY/MWh", "adder: 20 CNY/MWh"), "utf-8")
    broken = page_of(run)
    assert "FAILS" in broken
    assert "Every row holds" not in broken
    assert digest[1] not in broken


def test_without_a_loan_it_says_so(tmp_path: Path) -> None:
    """Proves that the file of a plan without terms shows no schedule and no cover, and why."""
    run = run_with(tmp_path / "run")
    scenario = run / "inputs" / "scenario.yaml"
    text = scenario.read_text(encoding="utf-8")
    scenario.write_text(text[: text.index("loan:")], encoding="utf-8")
    page = page_of(run)
    assert "Give --amount, --tenor and --rate." in page
    assert 'id="t-schedule"' not in page
