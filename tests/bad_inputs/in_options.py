"""Mistakes on the command line: settings of --set, files that are none."""

from __future__ import annotations

from tests.bad_inputs.bad import CATALOG, SCENARIO, Bad


def setting(name: str, text: str, says: str, field: str | None = None) -> Bad:
    """`--set TEXT`; the message begins with the option as typed."""
    path = text.partition("=")[0] if field is None else field
    return Bad(name, says, "", path, f"--set {text}"[:60], options=("--set", text))


ROWS = (
    setting("a setting of an unknown path", "site.conection=5 MW", 'Did you mean "connection"?'),
    setting("a setting below a plain value", "currency.name=CNY", "is a single value"),
    setting("a setting without value", "site.connection", "path=value"),
    setting("a setting without path", "=5 MW", "path=value", ""),
    setting("an empty setting", "site.connection=", "an empty file"),
    setting("a setting without unit", "site.connection=5", "site.connection"),
    setting("a setting in the wrong unit", "site.connection=5 m2", "It is an area"),
    setting("a setting below nothing", "site.connection=-5 MW", "at least 0"),
    setting("a setting that is an expression", "site.connection=9**9**9 MW", "9**9**9"),
    setting("a setting that is a list", "site.connection=[5 MW]", "one plain value"),
    setting("a setting that is a mapping", "site={connection: 5 MW}", "one plain value"),
    setting("a setting that is an alias", "currency=*x", "alias"),
    setting("a setting with an octal number", "price_year=02025", "leading zeros"),
    setting("a setting of nan", "economics.discount_rate=nan", "economics.discount_rate"),
    setting("a setting of an item beyond the list", "services.7.demand=x", "a path"),
    Bad("a setting that breaks another field", "first <= last", "base_year: 2025", "horizon",
        options=("--set", "horizon.last=2020")),
    setting("a setting of another series file", "data.heat_demand.file=../../x.csv",
            "leads upwards"),
    Bad("a scenario that isn't there", "No such file", "", "", "scenarios/small/scenario.yaml",
        gone=[SCENARIO]),
    Bad("a catalog file that is empty", "an empty file", "", "", CATALOG, files={CATALOG: ""}),
    Bad("a scenario of zero bytes", "an empty file", "", "", files={SCENARIO: ""}),
    Bad("a scenario that is a list", "a mapping", "- 1", "", files={SCENARIO: "- 1\n"}),
    Bad("a scenario in a link to nowhere", "No such file", "", "", "scenarios/small/nowhere",
        links={SCENARIO: "nowhere"}),
)  # fmt: skip
