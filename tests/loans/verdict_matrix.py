"""docs/loan_verdicts.md: what the shipped factories get under the packs of their jurisdiction.

`python -m tests.loans.verdict_matrix` writes it anew; the factory whose data aren't at hand keeps
its column.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from optimizer import api
from optimizer.loans.facts import facts
from tests.reference.figures import ROOT, can_load, data_of, scenario_file

PAGE: Final = ROOT / "docs" / "loan_verdicts.md"
EVERYWHERE: Final = ("bank_credit", "glp_2025", "sll_2025", "mdb_efficiency")
CHINA: Final = (
    "cn_catalogue_2025", "pboc_carbon_reduction_facility_2026", "cn_equipment_renewal_subsidy",
)  # fmt: skip
EUROPE: Final = ("eu_taxonomy",)
OFFERED: Final = {"amount": "3 MEUR", "tenor": "8 a", "rate": "4.5 %"}
SMALL: Final = {**OFFERED, "amount": "20000 EUR"}
NONE: Final = "–"
HEAD: Final = """# What the shipped factories get

Each under the loan packs of its jurisdiction, judged without a single document, so that nothing is
met that asks for one. A cell names the verdict of the pack's gates, the gates that fail, and those
that can't be determined; a dash: the pack is of another jurisdiction. Plans of one typical day and
its extreme days, within 1 %: enough to show which rules a factory meets first, not to sign on.

Written by `python -m tests.loans.verdict_matrix`, which a slow test runs again. By hand:

```
decarb solve scenarios/FACTORY/scenario.yaml --gap 1% --periods 1 --no-full-year
decarb loan results/FACTORY-1 --pack PACK …
```

`auto_parts_jiangsu` has its own terms. The others are judged with `--amount "3 MEUR" --tenor 8
--rate 4.5%`, the laundry with `--amount "20000 EUR"`. `iron_works` needs its measured year
(`--data FOLDER`), which isn't shipped.

"""


@dataclass(frozen=True)
class Factory:
    """A shipped factory: its packs, and terms in place of the scenario's."""

    name: str
    packs: tuple[str, ...]
    terms: Mapping[str, str]


FACTORIES: Final = (
    Factory("auto_parts_jiangsu", (*EVERYWHERE, *CHINA), {}),
    Factory("dairy_denmark", (*EVERYWHERE, *EUROPE), OFFERED),
    Factory("laundry_denmark", (*EVERYWHERE, *EUROPE), SMALL),
    Factory("iron_works", (*EVERYWHERE, *EUROPE), OFFERED),
)


def column(factory: Factory) -> dict[str, str]:
    """Pack -> cell, from a plan that is solved now. Raises what solving and judging raise."""
    file = scenario_file(factory.name)
    bundle = api.load(file, data=data_of(factory.name))
    settings = api.settings_of(bundle, periods=1, gap=0.01, full_year=False)
    with tempfile.TemporaryDirectory() as folder:
        job = api.Job(file, Path(folder) / "run", settings=settings)
        run = api.solve(job, bundle)
        found = facts(api.assess_run(run, factory.packs, ROOT, terms=factory.terms))
    return {pack["id"]: cell(found, pack["id"]) for pack in found["packs"]}


def cell(found: Mapping[str, Any], pack: str) -> str:
    """Verdict of a pack, the gates that fail, and those that can't be determined."""
    (verdict,) = (each["verdict"] for each in found["packs"] if each["id"] == pack)
    gates = [r for r in found["rules"] if r["pack"] == pack and r["severity"] == "gate"]
    fails, opens = (
        ", ".join(rule["id"] for rule in gates if rule["verdict"] == wanted)
        for wanted in ("fails", "cannot_determine")
    )
    told = f"**fails** {fails}" if fails else verdict.replace("_", " ")
    return f"{told}; open {opens}" if opens else told


def written() -> dict[str, dict[str, str]]:
    """Factory -> pack -> cell, as the page has it."""
    rows = [
        [part.strip() for part in line.strip("| \n").split(" | ")]
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if line.startswith("| ")
    ]
    head, _, *body = rows
    names = [name.strip("`") for name in head[1:]]
    return {
        name: {row[0].strip("`"): row[i] for row in body if row[i] != NONE}
        for i, name in enumerate(names, start=1)
    }


def page(columns: Mapping[str, Mapping[str, str]]) -> str:
    """The whole page."""
    packs = dict.fromkeys(pack for factory in FACTORIES for pack in factory.packs)
    lines = ["| pack | " + " | ".join(f"`{name}`" for name in columns) + " |"]
    lines.append("| --- " * (len(columns) + 1) + "|")
    for pack in packs:
        cells = (cells.get(pack, NONE) for cells in columns.values())
        lines.append(f"| `{pack}` | " + " | ".join(cells) + " |")
    return HEAD + "\n".join(lines) + "\n"


def write() -> None:
    """Write the page anew."""
    old = written() if PAGE.exists() else {}
    columns = {
        each.name: column(each) if can_load(each.name) else old[each.name] for each in FACTORIES
    }
    PAGE.write_text(page(columns), encoding="utf-8")


if __name__ == "__main__":
    write()
