"""What studies hold together with a measure, whoever owns it."""

from __future__ import annotations

from optimizer.studies.audit_questions import neighbours
from optimizer.studies.required import required
from tests.model.financing_plant import works_for_hire

PUMPS = ("hp", "hp_leased", "hp_let")


def test_what_is_required_may_be_owned_by_anyone() -> None:
    """Proves that a cover, owned or under shared savings, needs one of three heat pumps; by the id
    of the measure alone the leased ones, which serve it too, would be held as the plan has them."""
    case = works_for_hire()
    options = {option.id: option for option in case.measures}
    assert required(case, options["cover"]) == PUMPS
    assert required(case, options["cover_shared"]) == PUMPS
    assert required(case, options["hp"]) == ()


def test_all_owners_of_a_measure_are_decided_anew_together() -> None:
    """Proves that a forced lease frees ownership beside it, and what requires the pump: else a plan
    that owns it would bar its own lease."""
    case = works_for_hire()
    options = {option.id: option for option in case.measures}
    assert set(neighbours(case, options["hp_leased"])) == {*PUMPS, "cover", "cover_shared"}
