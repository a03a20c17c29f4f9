"""Who else may own a measure: leases, energy performance contracts, plants of third parties.

A mode is offered by an id of its own. What is offered then is the measure as it stands, of which
the site pays nothing at the start (`as_financed`): no capex, so no budget, no grant, no
depreciation and no use of proceeds.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, PrivateAttr, model_validator

from optimizer.schema.capex import FixedOm
from optimizer.schema.fields import (
    CapacityPrice,
    Frozen,
    Id,
    Money,
    MoneyPerEnergy,
    Share,
    Text,
    Yearly,
    YearlyCapacityPrice,
    Years,
)
from optimizer.units import Quantity

Side = Literal["site", "owner"]


class BuyBack(Frozen):
    """What the site pays at the end of the term to own it: per unit of capacity, a fixed sum a
    build, or a share of its capex (0 where it is handed over for nothing)."""

    price: CapacityPrice | None = None
    fixed: Money | None = None
    share: Share | None = None

    @model_validator(mode="after")
    def _one(self) -> BuyBack:
        if sum(each is not None for each in (self.price, self.fixed, self.share)) != 1:
            raise ValueError("give one of 'price' (per unit of capacity), 'fixed' and 'share'")
        return self


class _Mode(Frozen):
    id: Id
    """What scenarios offer it by; it differs from the ids of all measures."""
    name: Text
    term: Years
    """From the first year of operation; counted in whole years, rounded down."""


class _Returned(_Mode):
    """Without a ``buy_back`` it is taken away at the end of the term."""

    buy_back: BuyBack | None = None
    _price_trend: Yearly[float] = PrivateAttr(default=Yearly[float](constant=1.0))

    @property
    def price_trend(self) -> Yearly[float]:
        """Of the measure that it finances: a share of its capex is one of the price of the year in
        which it is built."""
        return self._price_trend

    def priced_by(self, measure: Any) -> Any:
        """The mode with the price trend of its measure."""
        found = self.model_copy()
        found._price_trend = measure.price_trend
        return found


class _Paid(_Returned):
    """Paid for year by year."""

    maintenance: Side
    """Who pays its fixed O&M during the term; the site does after it."""


class Lease(_Paid):
    mode: Literal["lease"]
    payment: FixedOm
    """A year of the term: per unit of capacity, a lump sum, or a share of its capex."""
    maintenance: Side = "site"


class SharedSavings(_Paid):
    """Energy performance contract: the owner gets a share of the saving that it fixes."""

    mode: Literal["shared_savings"]
    saving: YearlyCapacityPrice
    """A year, as the contract fixes it; what is really saved is the plan's."""
    owner_share: Share
    maintenance: Side = "owner"


class GuaranteedSavings(_Paid):
    """Energy performance contract: a fixed fee against a saving that the owner guarantees."""

    mode: Literal["guaranteed_savings"]
    fee: YearlyCapacityPrice
    """A year of the term."""
    maintenance: Side = "owner"


class ThirdParty(_Returned):
    """A plant of another owner whose output the site buys; what it buys back is its own from then
    on: it pays upkeep, and nothing for the output."""

    mode: Literal["third_party"]
    price: Yearly[MoneyPerEnergy] | None = None
    """Of all that it generates; what it could and need not isn't paid."""
    discount: Share | None = None
    """Off the energy price of the tariff, step by step, in place of a price."""
    certificates: Side = "owner"
    """Whose they are. Without them the site claims nothing of this power."""

    @model_validator(mode="after")
    def _one_price(self) -> ThirdParty:
        if (self.price is None) == (self.discount is None):
            raise ValueError("give either 'price' or 'discount'")
        return self


Paid = Lease | SharedSavings | GuaranteedSavings
Financing = Annotated[Paid | ThirdParty, Field(discriminator="mode")]
NOTHING = Yearly[float](constant=0.0)
UNPAID = Yearly[Quantity](constant=Quantity(0.0, "money/MWh", None, None, "0"))
"""Price of certificates that go to the owner."""


def check_terms(measure: Any, mode: Financing) -> None:
    """ValueError where a mode doesn't fit its measure."""
    handed_over = mode.buy_back is not None
    if mode.id == measure.id:
        raise ValueError(f"financing: {mode.id!r} is the measure's own id; give the mode another")
    if mode.term < 1 or mode.term + handed_over > measure.lifetime:
        within = "at least a year before the lifetime ends" if handed_over else "in the lifetime"
        raise ValueError(f"financing {mode.id!r}: the term must be a year or more and end {within}")
    if mode.mode == "third_party":
        _check_plant(measure, mode, handed_over)


def _check_plant(measure: Any, mode: ThirdParty, handed_over: bool) -> None:
    """What a third party owns; once it is bought back its output costs nothing."""
    if measure.kind != "generator":
        raise ValueError(f"financing {mode.id!r}: third_party is for a generator")
    if handed_over and measure.variable_om is not None:
        raise ValueError(
            f"financing {mode.id!r}: a third_party's buy_back is for a measure without "
            "variable_om; give its upkeep as fixed_om"
        )


def financed(measure: Any) -> Financing | None:
    """The mode that a measure is offered in; None where the site owns it."""
    modes: tuple[Financing, ...] = getattr(measure, "financing", ())
    return next((mode for mode in modes if mode.id == measure.id), None)


def as_financed(measure: Any, mode: Financing) -> Any:
    """The measure as a mode of it offers it: of its price the site pays none. What a third party
    sells back is built in one go: payment for output ends with that build's term."""
    changes: dict[str, Any] = {
        "id": mode.id,
        "name": mode.name,
        "financing": (mode.priced_by(measure),),
        "one_of": _group(measure),
        "lifetime": measure.lifetime if mode.buy_back is not None else mode.term,
        "price_trend": NOTHING,
    }
    if isinstance(mode, ThirdParty):
        changes["variable_om"] = None
        if mode.buy_back is not None:
            changes["max_builds"] = 1
        if mode.certificates == "owner":
            changes["sold_certificates"] = UNPAID
    return measure.model_copy(update=changes)


def as_owned(measure: Any) -> Any:
    """The measure that the site owns, in one group with its modes; without any, as it is."""
    if not getattr(measure, "financing", ()):
        return measure
    return measure.model_copy(update={"financing": (), "one_of": _group(measure)})


def _group(measure: Any) -> str:
    """The group of which one may stand: the measure's own, else one of its modes."""
    return str(measure.one_of or f"modes of {measure.id}")
