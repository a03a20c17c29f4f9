"""The policy of a scenario: caps, offsetting, ceiling."""

from __future__ import annotations

from typing import Literal

from optimizer.schema.ceiling import Ceiling
from optimizer.schema.credit_quality import CreditCriteria
from optimizer.schema.fields import Frozen, Id, Mass, Share, Yearly


class Gate(Frozen):
    """No credit before last year's gross emissions are at most (1 - reduction) x base year."""

    reduction: Share


class Offset(Frozen):
    share: Yearly[Share]
    basis: Literal["base_year", "gross", "reduction"]
    first_year: int | None = None
    gate: Gate | None = None
    removal_share: Yearly[Share] | None = None
    eligible: CreditCriteria = CreditCriteria()
    """Holds beside what packs ask: a credit must pass both."""


class Policy(Frozen):
    """Rules a to f of the trajectory; each is off when absent."""

    use: tuple[Id, ...] = ()
    ledger: Literal["location", "market"] = "location"
    gases: Literal["CO2", "CO2e"] = "CO2e"
    """What the factors and amounts of emissions given here stand for."""
    export_treatment: Literal["none", "grid_factor"] = "none"
    gross_cap: Yearly[Mass] | None = None
    net_target: Yearly[Mass] | None = None
    offset: Offset | None = None
    ceiling: Ceiling | None = None
