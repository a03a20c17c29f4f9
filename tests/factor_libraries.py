"""Raw libraries of emission factors for tests, and references to them."""

from __future__ import annotations

from typing import Any

OFFICE = {"office": {"name": "An office", "dated": "2024", "trust": "primary"}}


def grid(**fields: Any) -> dict[str, Any]:
    """Jiangsu at 0.6 and 0.5 kg/kWh, Sichuan at 0.15, the nation with 0.7 unclaimed."""
    return {
        "id": "grid",
        "kind": "grid",
        "name": {"en": "Grid factors", "zh": "电网因子"},
        "gases": "CO2",
        "sources": {**OFFICE, "guess": {"name": "A guess", "trust": "unconfirmed"}},
        "editions": {
            2022: {"source": "office", "trust": "secondary"},
            2023: {"source": "office", "trust": "primary"},
        },
        "regions": {
            "jiangsu": {
                "name": {"en": "Jiangsu", "zh": "江苏"},
                "level": "province",
                "location": {2022: "0.6 kg/kWh", 2023: "0.5 kg/kWh"},
            },
            "sichuan": {
                "name": {"en": "Sichuan", "zh": "四川"},
                "level": "province",
                "location": {
                    2023: {"factor": "0.15 kg/kWh", "source": "guess", "trust": "unconfirmed"}
                },
            },
            "nation": {
                "name": {"en": "The nation", "zh": "全国"},
                "level": "nation",
                "residual": {2023: "0.7 kg/kWh"},
                "fossil": {2023: "0.8 kg/kWh"},
            },
        },
        **fields,
    }


def fuels(**fields: Any) -> dict[str, Any]:
    """Natural gas from its carbon, and steam as given."""
    return {
        "id": "fuels",
        "kind": "fuel",
        "name": {"en": "Fuels", "zh": "燃料"},
        "sources": OFFICE,
        "edition": {"source": "office", "trust": "secondary"},
        "fuels": {
            "natural_gas": {
                "name": {"en": "Natural gas", "zh": "天然气"},
                "ncv": "38.931 MJ/m3",
                "carbon": "15.3 t/TJ",
                "oxidation": 0.99,
            },
            "steam": {"name": {"en": "Steam", "zh": "蒸汽"}, "co2": "110 kg/GJ"},
        },
        **fields,
    }


def warming(**fields: Any) -> dict[str, Any]:
    """One gas under one report."""
    return {
        "id": "warming",
        "kind": "gwp",
        "name": {"en": "Warming", "zh": "增温"},
        "sources": OFFICE,
        "edition": {"source": "office", "trust": "unconfirmed"},
        "sets": {"ar5": {"en": "Fifth report", "zh": "第五次报告"}},
        "gases": {"hfc_32": {"name": {"en": "HFC-32", "zh": "HFC-32"}, "values": {"ar5": 677}}},
        **fields,
    }


def libraries() -> dict[str, dict[str, Any]]:
    """All three by file name."""
    return {"grid": grid(), "fuels": fuels(), "warming": warming()}


def power(region: str = "jiangsu", **fields: Any) -> dict[str, Any]:
    """Reference to a region's location-based factor of 2023."""
    named = {"library": "grid", "region": region, "purpose": "location", "year": 2023, **fields}
    return {key: value for key, value in named.items() if value is not None}


def projection(change: str, trust: str = "secondary") -> dict[str, str]:
    """A projection by somebody."""
    return {"change": change, "source": "An institute", "trust": trust}
