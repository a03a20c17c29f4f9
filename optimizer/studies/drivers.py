"""What a plan may hang on: figures of a scenario that a sensitivity varies, and how far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from optimizer.files.yaml_document import UnknownPath
from optimizer.inputs.bundle import Bundle
from optimizer.inputs.change import Change, times
from optimizer.inputs.scaled import scaled
from optimizer.inputs.written import Written
from optimizer.schema.fields import Text
from optimizer.schema.scenario import Scenario
from optimizer.words import LANGUAGES, inside, text

ALWAYS: Final = ""
"""Key of a figure that holds in all years."""
Figures = Mapping[str, str]
"""Year, or ALWAYS, -> a figure as the scenario writes it, with its unit."""


@dataclass(frozen=True)
class Driver:
    """Every figure at ``path`` times a factor from ``low`` to ``high``, which hold 1 between
    them; ``name`` by language. ``today``: the figure as it is, or by year; none where the path
    holds many."""

    path: str
    low: float
    high: float
    name: dict[str, str]
    today: Figures = field(default_factory=dict)

    def figures(self, factor: float) -> Figures:
        """What the path holds at one factor."""
        return {year: str(scaled(figure, factor)) for year, figure in self.today.items()}

    def change(self, factor: float) -> Change:
        """The change of the scenario at one factor."""
        return times(self.path, factor)

    def at(self, share: float) -> float:
        """The factor at a share of the range, 0 to 1."""
        return self.low + share * (self.high - self.low)


def drivers_of(scenario: Scenario, spread: float) -> tuple[Driver, ...]:
    """Output, prices, the factor of grid electricity, capex, budget, caps, discount rate and carbon
    price of a scenario, as far as it has them, each from 1 - spread to 1 + spread."""
    return tuple(Driver(path, 1.0 - spread, 1.0 + spread, name) for path, name in _found(scenario))


def driver_at(path: str, low: float, high: float, known: Sequence[Driver]) -> Driver:
    """A driver at any path, with the name that a known one has there."""
    names = {each.path: each.name for each in known}
    return Driver(path, low, high, names.get(path, dict.fromkeys(LANGUAGES, path)))


def with_figures(drivers: Sequence[Driver], bundle: Bundle) -> tuple[Driver, ...]:
    """The drivers with what the scenario, its packs, catalog and libraries say today."""
    written = Written(bundle.scenario_document, bundle.root)
    return tuple(replace(each, today=_today(written, each.path)) for each in drivers)


def _today(written: Written, path: str) -> Figures:
    try:
        value = written.value(path)
    except UnknownPath:
        return {}
    by_year = value if isinstance(value, dict) else {ALWAYS: value}
    return {
        str(year): str(figure)
        for year, figure in by_year.items()
        if isinstance(year, int) or year == ALWAYS
        if isinstance(figure, str | int | float)
    }


def _found(scenario: Scenario) -> Iterator[tuple[str, dict[str, str]]]:
    yield "output", _named("output")
    for id, tariff in scenario.tariffs.items():
        field = "price" if tariff.series is None else "level"
        yield f"tariffs.{id}.{field}", _named("price", scenario.carriers[id].name)
    for id, carrier in scenario.carriers.items():
        if carrier.kind == "electricity" and carrier.scope == 2:
            market = scenario.policy.ledger == "market" and carrier.residual is not None
            yield (
                f"carriers.{id}.{'residual' if market else 'factor'}",
                _named("factor", carrier.name),
            )
    yield "measures.override.*.capex", _named("capex")
    for path, word, given in (
        ("budget.capex", "budget", scenario.budget.capex),
        ("policy.gross_cap", "gross_cap", scenario.policy.gross_cap),
        ("policy.net_target", "net_target", scenario.policy.net_target),
        ("carbon.price", "carbon", scenario.carbon),
    ):
        if given is not None:
            yield path, _named(word)
    yield "economics.discount_rate", _named("rate")


def _named(word: str, name: Text | None = None) -> dict[str, str]:
    names = {lang: inside(getattr(name, lang, "")) for lang in LANGUAGES}
    return {lang: text(f"driver.{word}", lang, name=names[lang]) for lang in LANGUAGES}
