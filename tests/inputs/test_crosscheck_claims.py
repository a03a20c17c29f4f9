"""No neutral product on the EU's market where credits are on offer (V-07, V-08)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.inputs.test_crosscheck import problems
from tests.workspace import put, small_measures, small_scenario

FOREST = {
    "id": "forest", "kind": "credit", "name": {"en": "Forest", "zh": "林"}, "type": "removal",
    "price": "60 CNY/t",
}  # fmt: skip


CBAM = {
    "price": "75 CNY/t", "exported": 0.2, "benchmark": "80 kg/unit", "factor": 0.9,
}  # fmt: skip


def fields(folder: Path, name: str, zh: str, market: str, *, credits: bool) -> list[str]:
    """Where the problems of a scenario are whose product has this name."""
    product = {"name": {"en": name, "zh": zh}, "amount": "2000 unit/a"}
    scenario = put(put(small_scenario(), "production", product), "market", market)
    measures = small_measures()
    for measure in measures:
        for key in ("capex", "fixed_om"):
            if key in measure:
                measure[key] = {"any": next(iter(measure[key].values()))}
    if credits:
        offer = [*scenario["measures"]["offer"], "forest"]
        scenario = put(scenario, "measures.offer", offer)
    return [p.field for p in problems(folder, scenario, [*measures, FOREST])]


@pytest.mark.parametrize(
    ("name", "zh", "market", "credits", "found"),
    [
        ("Carbon-neutral gearbox", "变速箱", "eu", True, ["production.name.en"]),
        ("Gearbox", "碳中和变速箱", "eu", True, ["production.name.zh"]),
        ("Carbon-neutral gearbox", "变速箱", "eu", False, []),
        ("Carbon-neutral gearbox", "变速箱", "cn", True, []),
        ("Gearbox in a neutral grey", "变速箱", "eu", True, []),
        ("Carbon\u2011neutral gearbox", "变速箱", "eu", True, ["production.name.en"]),
        ("CO\u2082  Neutral gearbox", "变速箱", "eu", True, ["production.name.en"]),
        ("Climate net-zero gearbox", "净 零 产品", "eu", True,
         ["production.name.en", "production.name.zh"]),
        ("Klimaneutral gearbox", "变速箱", "eu", True, ["production.name.en"]),
        ("Climate-compensated gearbox", "变速箱", "eu", True, ["production.name.en"]),
    ],
)  # fmt: skip
def test_a_neutral_product_is_refused_with_credits_on_the_eus_market(
    tmp_path: Path, name: str, zh: str, market: str, credits: bool, found: list[str]
) -> None:
    """Proves that the words can't come into a report by a scenario's own names; without credits, or
    on another market, names are the company's."""
    assert fields(tmp_path, name, zh, market, credits=credits) == found


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("services.0.name.en", "Line of carbon-neutral parts"),
        ("assets.0.name.zh", "碳中和产品锅炉"),
        ("measures.override.motor_saving", {"share": 0.1, "why": "Our parts are climate neutral."}),
    ],
)
def test_other_names_and_notes_are_read_too(tmp_path: Path, place: str, said: object) -> None:
    """Proves the reach: whatever a report prints of a scenario could carry the words, not its name
    and product alone. A plant in China whose goods meet the EU's border is on that market too."""
    scenario = put(put(small_scenario(), place, said), "cbam", CBAM)
    product = {"name": {"en": "Gearbox", "zh": "变速箱"}, "amount": "2000 unit/a"}
    scenario = put(scenario, "production", product)
    measures = [*small_measures(), FOREST]
    assert problems(tmp_path / "a", scenario, measures) == ()
    offer = [*scenario["measures"]["offer"], "forest"]
    (found,) = problems(tmp_path / "b", put(scenario, "measures.offer", offer), measures)
    assert found.allowed.startswith("words that claim no neutrality")
