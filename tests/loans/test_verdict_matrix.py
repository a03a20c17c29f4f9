"""The page of verdicts is what the shipped factories get."""

from __future__ import annotations

import pytest

from optimizer.inputs.loan_files import FOLDER
from tests.loans.verdict_matrix import (
    CHINA,
    EUROPE,
    FACTORIES,
    PAGE,
    Factory,
    column,
    page,
    written,
)
from tests.reference.figures import FACTORIES as SHIPPED
from tests.reference.figures import ROOT, can_load

pytestmark = pytest.mark.usefixtures("no_reports")


def test_the_page_has_every_factory_and_every_pack() -> None:
    """Proves that no shipped factory or pack is left out, that each is judged by those of its own
    jurisdiction, and that the text around the table is the generator's."""
    columns = written()
    assert set(columns) == set(SHIPPED)
    assert {pack for cells in columns.values() for pack in cells} == {
        file.stem for file in (ROOT / FOLDER).glob("*.yaml")
    }
    assert not set(columns["dairy_denmark"]) & set(CHINA)
    assert not set(columns["auto_parts_jiangsu"]) & set(EUROPE)
    assert page(columns) == PAGE.read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("factory", FACTORIES, ids=lambda factory: factory.name)
def test_each_cell_is_what_its_factory_gets(factory: Factory) -> None:
    """Proves that the page can be relied on: solved and judged anew, each pack gives the verdict,
    the failing gates and the open ones that stand there."""
    if not can_load(factory.name):
        pytest.skip("needs measured data that aren't shipped")
    assert column(factory) == written()[factory.name]
