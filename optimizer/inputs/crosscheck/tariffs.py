"""Buying, selling and what it emits."""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.errors import Problem
from optimizer.inputs.bundle import Bundle, measure_loc
from optimizer.inputs.crosscheck.flows import units_of
from optimizer.schema.financing import financed
from optimizer.schema.measure import Contract
from optimizer.schema.technology import GeneratorTechnology

_SCOPED = ("electricity", "fuel")


def fuels_are_not_exported(bundle: Bundle) -> Iterator[Problem]:
    """A bought fuel can't be sold on: the model would trade, not plan."""
    for name, tariff in bundle.scenario.tariffs.items():
        carrier = bundle.scenario.carriers.get(name)
        if carrier is not None and carrier.kind == "fuel" and tariff.export is not None:
            loc = ("tariffs", name, "export")
            yield bundle.problem(loc, "absent for a fuel", found="an export price")


def included_vat_has_a_rate(bundle: Bundle) -> Iterator[Problem]:
    """A price that includes value-added tax needs its rate."""
    for name, tariff in bundle.scenario.tariffs.items():
        if tariff.vat == "included" and bundle.scenario.economics.vat is None:
            hint = "Add economics.vat, the rate, such as 0.13."
            allowed = "excluded, or included with economics.vat"
            yield bundle.problem(("tariffs", name, "vat"), allowed, hint, found="included")


def contracts_are_on_scope_2(bundle: Bundle) -> Iterator[Problem]:
    """Green power contracts exist for carriers whose emissions are scope 2."""
    for measure in bundle.measures:
        if not isinstance(measure, Contract):
            continue
        carrier = bundle.scenario.carriers.get(measure.carrier)
        if carrier is not None and carrier.scope != 2:
            loc = measure_loc(measure.id, "carrier")
            yield bundle.problem(loc, "a carrier of scope 2", found=measure.carrier)


def nothing_claimed_is_sold_on(bundle: Bundle) -> Iterator[Problem]:
    """Contracts are claimed on all that is bought, so none of it may leave the site again: what is
    both claimed and taken off as exported would count twice."""
    under_contract = {m.carrier for m in bundle.measures if isinstance(m, Contract)}
    for name, tariff in bundle.scenario.tariffs.items():
        export = tariff.export
        if export is not None and export.beyond_own_generation and name in under_contract:
            allowed = "false where contracts are on offer: they are claimed on what is bought"
            hint = "Sell own generation alone, or offer no contract."
            loc = ("tariffs", name, "export", "beyond_own_generation")
            yield bundle.problem(loc, allowed, hint, found="true")


def certificates_are_of_bought_power(bundle: Bundle) -> Iterator[Problem]:
    """Certificates are sold of power that the site also buys: the market ledger counts what is
    used as bought, at that carrier's residual factor."""
    for unit in units_of(bundle):
        item = unit.item
        if not isinstance(item, GeneratorTechnology) or item.sold_certificates is None:
            continue
        carrier = bundle.scenario.carriers.get(item.output)
        if carrier is None:
            continue
        if (carrier.kind, carrier.scope) != ("electricity", 2) or (
            item.output not in bundle.scenario.tariffs
        ):
            hint = "There are certificates for electricity; this one needs a tariff and scope 2."
            if financed(item) is not None:
                hint = "A plant without certificates says so: certificates: site."
            loc = (*unit.loc, "sold_certificates")
            found = f"certificates of {item.output}"
            yield bundle.problem(loc, "electricity that is bought too", hint, found=found)


def scopes_and_factors_agree(bundle: Bundle) -> Iterator[Problem]:
    """A carrier of scope 1 or 2 has a factor (0 is one); one without a scope has none."""
    for name, carrier in bundle.scenario.carriers.items():
        loc = ("carriers", name)
        if carrier.scope is not None and carrier.factor is None:
            hint = "Give what 1 MWh emits, '0 kg/kWh' if nothing."
            yield bundle.problem((*loc, "factor"), f"given for scope {carrier.scope}", hint)
        if carrier.scope is None and (carrier.factor is not None or carrier.residual is not None):
            yield bundle.problem((*loc, "scope"), "1 or 2 where there is a factor")


def bought_energy_has_a_scope(bundle: Bundle) -> Iterator[Problem]:
    """Electricity and fuels that are bought belong to a scope, so that none is forgotten."""
    for name in bundle.scenario.tariffs:
        carrier = bundle.scenario.carriers.get(name)
        if carrier is not None and carrier.scope is None and carrier.kind in _SCOPED:
            hint = "Say 1 for what is burnt here, 2 for bought power; a factor may be 0."
            yield bundle.problem(("carriers", name, "scope"), "given for what is bought", hint)


def electricity_limit_is_the_connection(bundle: Bundle) -> Iterator[Problem]:
    """The import limit of electricity is site.connection, said once and above 0."""
    if bundle.scenario.site.connection <= 0:
        yield bundle.problem(("site", "connection"), "above 0", found="0")
    for name, tariff in bundle.scenario.tariffs.items():
        carrier = bundle.scenario.carriers.get(name)
        if carrier is not None and carrier.kind == "electricity" and tariff.limit is not None:
            loc = ("tariffs", name, "limit")
            hint = "Set site.connection instead."
            yield bundle.problem(loc, "absent for electricity", hint, found=f"{tariff.limit:g} MW")
