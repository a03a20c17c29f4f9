"""Green power by contract: what is bought, at which price, how long, and what may be claimed."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from optimizer.schema.fields import EmissionFactor, Frozen, Id, MoneyPerEnergy, Yearly, Years
from optimizer.units import Quantity


class ContractTerms(Frozen):
    """``energy`` delivers power, ``attributes`` only certificates."""

    carrier: Id
    form: Literal["energy", "attributes"]
    price: Yearly[MoneyPerEnergy] | None = None
    """Of the energy delivered, in place of the tariff's energy price; energy form only."""
    premium: Yearly[MoneyPerEnergy] | None = None
    """Of the certificates, beside what the power costs; attributes only."""
    pay: Literal["delivered", "contracted"] = "contracted"
    matching: Literal["annual", "hourly"] = "annual"
    """Whether certificates are set against a year's purchases, or against each hour's. Energy is
    delivered in its hour anyway."""
    shape: str | None = None
    """Profile of delivery, or of certificates by the hour (a series); flat when absent."""
    factor: EmissionFactor = 0.0
    """Market-based factor of what is claimed."""
    traceable: bool = False
    """Whether the power can be followed from plant to factory: so only over a line of its own."""
    tenor: Years = 1.0
    """How long it runs once signed; then it ends, and may be signed again."""
    in_force_until: int | None = None
    """Last year of the volume that is in force today (a scenario's ``contracts_in_force``)."""
    additional: bool = False
    """Whether a plant is built because of it; reported."""

    @property
    def paid(self) -> Yearly[Quantity]:
        """What a MWh under the contract costs, whatever its form."""
        paid = self.price or self.premium
        assert paid is not None
        return paid

    @model_validator(mode="after")
    def _power_or_certificates(self) -> ContractTerms:
        if self.form == "energy":
            if self.price is None or self.premium is not None:
                raise ValueError("energy has a 'price' and no 'premium'")
            if self.matching == "hourly":
                raise ValueError("energy is delivered by the hour anyway; matching is left out")
            return self
        if self.premium is None or self.price is not None:
            raise ValueError("certificates have a 'premium' and no 'price': they deliver no power")
        if self.traceable:
            raise ValueError("certificates deliver no power, so they are never traceable")
        if self.pay == "delivered":
            raise ValueError("certificates deliver no power, so pay is contracted")
        if self.shape is not None and self.matching == "annual":
            raise ValueError("a shape says nothing of certificates that are matched by the year")
        return self
