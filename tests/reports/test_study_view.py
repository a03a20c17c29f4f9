"""Money per tonne and sizes as a study's page says them."""

from __future__ import annotations

import pytest

from optimizer.reports.study_view import StudyView
from optimizer.studies.plant import Basis, Plant
from optimizer.studies.subject import subject_of
from tests.model.test_emissions import clean_heat
from tests.studies.overlapping_plant import overlapping


def view(basis: Basis, lang: str = "en") -> StudyView:
    return StudyView(subject_of(Plant(clean_heat(), basis=basis)), lang, 1e6)


def test_money_per_tonne_is_cumulative_or_yearly() -> None:
    """Proves both: 153,300 for 2,190 t are 70 a tonne over the years; spread over two years at no
    interest they are 76,650 a year, 35 for each of the target year's 2,190 t."""
    assert view("discounted").per_tonne(153_300, 2_190) == pytest.approx(70)
    assert view("target_year").per_tonne(153_300, 2_190) == pytest.approx(35)


@pytest.mark.parametrize(
    ("basis", "said"),
    [("discounted", "cumulative: present value over discounted tonnes"),
     ("target_year", "yearly: equal annual cost over the tonnes of 2027")],
)  # fmt: skip
def test_the_unit_says_what_it_counts(basis: Basis, said: str) -> None:
    """Proves that no figure per tonne stands without its kind and its year's money."""
    unit = view(basis).per_tonne_unit
    assert said in unit
    assert "EUR of 2025 per t" in unit


def test_names_come_in_the_readers_language() -> None:
    """Proves that measures bear their Chinese name, and that a whole one has no size to show."""
    shown = StudyView(subject_of(Plant(overlapping())), "zh", 1e6)
    assert shown.name("heat_pump") == "热泵"
    assert shown.size("insulation", 1.0) == ""
    assert shown.size("heat_pump", 0.372).endswith("MW")
