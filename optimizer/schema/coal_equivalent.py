"""How much coal a kWh of electricity counts as, in rules that count energy in coal equivalent."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import model_validator

from optimizer.schema.fields import CoalEquivalence
from optimizer.schema.policy_conditions import AnyRule

HEAT: Final = 3.6 / 29.3076
"""kgce of the heat in 1 kWh: a kilogram of coal equivalent is 29.3076 MJ."""
ROUNDED: Final = 0.005
"""Share of it by which a figure may be rounded."""
WORST: Final = 0.25
BEST: Final = 0.65
"""Efficiency of power stations, from small old ones to the best with gas: between them lies every
conversion at equivalent value."""


class CountsCoal(AnyRule):
    """A rule whose energy is counted in tonnes of coal equivalent (tce).

    `electricity` is the basis of conversion: `equivalent` counts the coal that a power station
    burns for 1 kWh, `calorific` the heat in 1 kWh (0.1229 kgce). `conversion` is the figure meant.
    """

    electricity: Literal["equivalent", "calorific"]
    conversion: CoalEquivalence

    @model_validator(mode="after")
    def _figure_of_its_basis(self) -> CountsCoal:
        if self.electricity == "calorific":
            if abs(self.conversion - HEAT) > ROUNDED * HEAT:
                raise ValueError(
                    f"conversion of {self.conversion:g} kgce/kWh isn't calorific: that is"
                    f" {HEAT:.4f} kgce/kWh, the heat in 1 kWh"
                )
        elif not HEAT / BEST <= self.conversion <= HEAT / WORST:
            raise ValueError(
                f"conversion of {self.conversion:g} kgce/kWh is no power station's: the equivalent"
                f" value lies between {HEAT / BEST:.2f} and {HEAT / WORST:.2f} kgce/kWh"
            )
        return self
