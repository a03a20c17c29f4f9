"""The certificate trap: counted by contract alone, a plan buys paper; a physical share makes it
build. docs/certificate_trap.md shows the three plans; its figures are read here."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import xarray as xr

from optimizer.inputs import case as c
from optimizer.plan.extract import extract
from tests import held
from tests import plants as p
from tests.model.solving import close, solved

YEARS, HOURS = (2026,), 8760
GRID, OWN, PAPER = 600.0, 650.0, 5.96
"""CNY/MWh of power from the grid and of own generation, CNY of a certificate for 1 MWh."""
LOCATION, RESIDUAL = 0.5306, 0.6096
HALF = RESIDUAL * HOURS / 2
PAGE = Path(__file__).parents[2] / "docs" / "certificate_trap.md"


def factory(certificates: bool = True, share: float | None = None) -> c.Case:
    """1 MW of power all year, whose market-based emissions must halve to 2,670 t; own generation up
    to 1 MW; certificates for all of it, or none on offer; a traceable share, or none."""
    power = p.carrier(
        "electricity", YEARS, kind="electricity", price=GRID, scope=2, factor=LOCATION,
        residual=RESIDUAL,
    )  # fmt: skip
    paper = c.ContractOption(
        "paper", p.name("paper"), "electricity", "attributes", 0.0, float(HOURS),
        p.by_year(PAPER, YEARS), "contracted", "flat", 0.0, False, 1, 0, False,
    )  # fmt: skip
    rules = () if share is None else (held.traceable((share,)),)
    return p.case(
        YEARS, {"load": 1.0, "flat": 1 / HOURS}, carriers=(power,),
        units=(c.GeneratorUnit("pv", "electricity", 1.0),),
        measures=(p.measure("pv", YEARS, kind="generator", slope=OWN * HOURS * 20, life=20),),
        services=(p.service("machines", "electricity", "load", YEARS),),
        contracts=(paper,) if certificates else (),
        policy=p.no_policy(YEARS, ledger="market", gross_cap=(HALF,), held=rules),
    )  # fmt: skip


def figures(case: c.Case) -> dict[str, float]:
    """What the page shows of a plan: MWh, t, CNY."""
    solution = solved(case)
    plan: xr.Dataset = extract(solution)
    return {
        "own": HOURS - float(plan["purchased"].sel(carrier="electricity")[0]),
        "certificates": float(plan["claimed"].sum()),
        "market": float(plan["scope2_market"][0]),
        "location": float(plan["scope2_location"][0]),
        "cost": solution.net_present_cost(),
    }


def test_by_contract_alone_the_plan_buys_paper() -> None:
    """Proves the trap: 4,380 certificates halve the market-based ledger for 5.96 / 0.6096 = 9.8 CNY
    a tonne, nothing is built, and the power is the same: 0.5306 x 8,760 = 4,648 t by location."""
    found = figures(factory())
    assert found["own"] == close(0)
    assert found["certificates"] == close(HOURS / 2)
    assert found["market"] == close(HALF)
    assert found["location"] == close(LOCATION * HOURS)
    assert found["cost"] == close(HOURS * GRID + HOURS / 2 * PAPER)


def test_a_physical_share_makes_it_build() -> None:
    """Proves the way out: 35 % of the power must be traceable, which no certificate is. 3,066 MWh
    are generated at 50 CNY more than bought, certificates cover what the cap still asks: 5,694 -
    4,380 = 1,314 MWh. By location 0.5306 x 5,694 = 3,021 t stay, 35 % less."""
    found = figures(factory(share=0.35))
    assert found["own"] == close(0.35 * HOURS)
    assert found["certificates"] == close(0.15 * HOURS)
    assert found["market"] == close(HALF)
    assert found["location"] == close(0.65 * LOCATION * HOURS)
    extra = 0.35 * HOURS * (OWN - GRID) + 0.15 * HOURS * PAPER
    assert found["cost"] == close(HOURS * GRID + extra)


def test_the_page_shows_these_plans() -> None:
    """Proves the page: each row of its table is a plan solved here, to the digits printed."""
    rows = re.findall(r"^\| (\w[^|]+?) \|(.+)\|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    shown = {name: [_number(cell) for cell in cells.split("|")] for name, cells in rows[1:]}
    cases: dict[str, Any] = {
        "market-based ledger alone": factory(),
        "with a physical share of 35 %": factory(share=0.35),
        "no certificates on offer": factory(certificates=False),
    }
    assert list(shown) == list(cases)
    for name, case in cases.items():
        assert shown[name] == [round(value) for value in figures(case).values()]


def _number(cell: str) -> int:
    return int(cell.replace(",", ""))
