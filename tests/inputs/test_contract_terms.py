"""What a contract may say: power has a price, certificates a premium and perhaps hours."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from optimizer.schema.contract import ContractTerms

POWER: dict[str, Any] = {"carrier": "electricity", "form": "energy", "price": "400 CNY/MWh"}
PAPER: dict[str, Any] = {"carrier": "electricity", "form": "attributes", "premium": "6 CNY/MWh"}


@pytest.mark.parametrize(
    ("terms", "says"),
    [
        ({**POWER, "price": None}, "energy has a 'price'"),
        ({**POWER, "premium": "6 CNY/MWh"}, "no 'premium'"),
        ({**POWER, "matching": "hourly"}, "by the hour anyway"),
        ({**PAPER, "premium": None}, "certificates have a 'premium'"),
        ({**PAPER, "price": "400 CNY/MWh"}, "no 'price'"),
        ({**PAPER, "traceable": True}, "never traceable"),
        ({**PAPER, "pay": "delivered"}, "pay is contracted"),
        ({**PAPER, "shape": "wind"}, "a shape says nothing"),
    ],
)
def test_terms_that_contradict_each_other_are_refused(terms: dict[str, Any], says: str) -> None:
    """Proves that no field is read in silence where it has no meaning: a certificate's price taken
    for that of power would cost a hundred times too much."""
    with pytest.raises(ValidationError, match=says):
        ContractTerms.model_validate(terms)


def test_either_form_has_one_figure_that_is_paid() -> None:
    """Proves that `paid` is the price of energy and the premium of certificates."""
    power, paper = (ContractTerms.model_validate(terms) for terms in (POWER, PAPER))
    assert power.paid == power.price
    hourly = ContractTerms.model_validate({**PAPER, "matching": "hourly", "shape": "wind"})
    assert paper.paid == hourly.paid == paper.premium
