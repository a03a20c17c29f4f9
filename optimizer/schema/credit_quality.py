"""What a credit is as far as rules look at it, and which credits a rule lets in."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from optimizer.schema.fields import Frozen, Years

CreditType = Literal["avoidance", "removal"]
StorageClass = Literal["short_lived", "long_lived"]
"""Where removed carbon lies: in plants and soils, or where it stays for centuries."""


class Vintage(Frozen):
    """Years in which the tonnes were avoided or removed; ``to`` None: still going on."""

    from_: int = Field(alias="from", ge=1990, le=2200)
    to: int | None = Field(default=None, le=2200)

    @model_validator(mode="before")
    @classmethod
    def _one_year(cls, data: Any) -> Any:
        if isinstance(data, int) and not isinstance(data, bool):
            return {"from": data, "to": data}
        return data

    @model_validator(mode="after")
    def _in_order(self) -> Vintage:
        if self.to is not None and self.to < self.from_:
            raise ValueError("'to' is before 'from'")
        return self


class CreditCriteria(Frozen):
    """Credits that count are of these kinds. What a credit doesn't state it can't show, so a
    criterion on it shuts the credit out."""

    types: tuple[CreditType, ...] = Field(default=("avoidance", "removal"), min_length=1)
    storage: tuple[StorageClass, ...] | None = Field(default=None, min_length=1)
    """Of removals; avoidance stores nothing and is let in or not by ``types``."""
    max_age: Years | None = None
    """Year of use less the newest vintage."""
    ex_post: bool = False
    """True: only for tonnes that were avoided or removed, and verified, before."""
    regions: tuple[str, ...] | None = Field(default=None, min_length=1)
    programmes: tuple[str, ...] | None = Field(default=None, min_length=1)
    labels: tuple[str, ...] | None = Field(default=None, min_length=1)
    """At least one of them."""

    @property
    def shuts_out(self) -> bool:
        """Whether any credit that could be on offer fails."""
        some = (self.storage, self.max_age, self.regions, self.programmes, self.labels)
        return self.ex_post or len(set(self.types)) < 2 or any(each is not None for each in some)
