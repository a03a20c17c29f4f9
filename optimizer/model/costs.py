"""Costs: every class of docs/model.md section 6, registered line by line and year by year."""

from __future__ import annotations

from typing import Any

from optimizer.finance import present_worth_factor, salvage_value
from optimizer.inputs.case import CarrierOption, MeasureOption
from optimizer.model.after_term import add_after_term
from optimizer.model.borrowing import add_interest_saved
from optimizer.model.carbon_price import allowances
from optimizer.model.certificates import sellers
from optimizer.model.financing import add_charges, add_on_site_power
from optimizer.model.grants import grants_received
from optimizer.model.layer import YearlyLayer, build_years, standing_builds
from optimizer.model.purchase import purchased

MONTHS = 12


def add_costs(layer: YearlyLayer) -> None:
    """Register what each thing costs in each year [money of the year, undiscounted]."""
    for year in layer.years:
        for option in layer.case.measures:
            _add_capital(layer, option, year)
            _add_grants(layer, option, year)
            add_interest_saved(layer, option, year)
            _add_fixed_om(layer, option, year)
            add_charges(layer, option, year)
        _add_assets(layer, year)
        _add_running(layer, year)
        add_on_site_power(layer, year)
        for carrier in layer.case.carriers:
            _add_purchase(layer, carrier, year)
            _add_sale(layer, carrier, year)
        _add_contracts(layer, year)
        _add_certificates(layer, year)
        _add_carbon(layer, year)
    add_after_term(layer)


def _overnight(layer: YearlyLayer, option: MeasureOption, built: int, paid: int) -> Any:
    """Overnight cost at the price of the year it is paid, before grants [money]."""
    return float(option.price_trend[layer.at(paid)]) * layer.model.size_cost[option.id, built]


def _last_paid(option: MeasureOption, built: int, year: int) -> int:
    """The year in which the unit that stands was last bought: its build, or a forced renewal."""
    return built + (year - built) // option.life_years * option.life_years


def _add_capital(layer: YearlyLayer, option: MeasureOption, year: int) -> None:
    if layer.case.money.end == "salvage":
        _add_overnight_and_salvage(layer, option, year)
        return
    bought = (
        _overnight(layer, option, v, _last_paid(option, v, year))
        for v in standing_builds(option, layer.years, year)
    )
    layer.cost("capital", option.id, year, option.capital_recovery * sum(bought, 0.0))


def _add_grants(layer: YearlyLayer, option: MeasureOption, year: int) -> None:
    """A grant helps to pay for the unit that it was given for, never for the one after it: grant
    x what its annual form is worth over the years of that unit that are counted [money]."""
    if not any(key[1:] == (option.id, year) for key in layer.model.grant):
        return
    granted = grants_received(layer, option.id, year)
    if layer.case.money.end == "salvage":
        layer.cost("grants", option.id, year, -granted, "year_start")
        return
    worth = _grant_worth(layer, option, year)
    layer.cost("grants", option.id, year, -worth * granted, "one_off")


def _grant_worth(layer: YearlyLayer, option: MeasureOption, built: int) -> float:
    """CRF x sum of D_t / D_built over the counted years of a first life, built ... min(E, built +
    life - 1) [1]; just CRF x (1 + r) x the present worth factor of that many years."""
    money = layer.case.money
    counted = min(money.evaluate_to - built + 1, option.life_years)
    return option.capital_recovery * (1 + money.rate) * present_worth_factor(money.rate, counted)


def _add_overnight_and_salvage(layer: YearlyLayer, option: MeasureOption, year: int) -> None:
    """Paid at the start of the year; the value of the life that remains at the end is handed
    back."""
    last = layer.years[-1]
    due = [v for v in build_years(option, layer.years) if v <= year]
    due = [
        v
        for v in due
        if v == year or (option.renewal == "forced" and (year - v) % option.life_years == 0)
    ]
    for v in due:
        paid = _overnight(layer, option, v, year)
        kept = paid - grants_received(layer, option.id, v) if v == year else paid
        left = max(0, option.life_years - (last - year + 1))
        share = salvage_value(1.0, layer.case.money.rate, option.life_years, left)
        layer.cost("overnight", option.id, year, paid, "year_start")
        layer.cost("salvage", option.id, last, -share * kept, "one_off")


def _add_fixed_om(layer: YearlyLayer, option: MeasureOption, year: int) -> None:
    m, k = layer.model, option.id
    cost = option.fixed_om_lump * m.on[k, year]
    if option.fixed_om:
        cost += option.fixed_om * sum(
            m.added[k, v] for v in standing_builds(option, layer.years, year)
        )
    if option.fixed_om_share:
        bought = sum((m.size_cost[k, v] for v in standing_builds(option, layer.years, year)), 0.0)
        cost += option.fixed_om_share * bought
    layer.cost("fixed_om", k, year, cost)


def _add_assets(layer: YearlyLayer, year: int) -> None:
    m = layer.model
    for a in layer.case.assets:
        old, renewed = m.asset_old[a.id, year], m.asset_renewed[a.id, year]
        layer.cost("fixed_om", a.id, year, a.fixed_om * old + a.renewal_fixed_om * renewed)
        if a.renewed_unit is not None:
            _add_renewal(layer, a.id, year)


def _add_renewal(layer: YearlyLayer, asset: str, year: int) -> None:
    a = next(option for option in layer.case.assets if option.id == asset)
    m, last = layer.model, layer.years[-1]
    if layer.case.money.end != "salvage":
        layer.cost(
            "capital",
            asset,
            year,
            a.renewal_capital_recovery * a.renewal_capex * m.asset_renewed[asset, year],
        )
        return
    before = m.asset_renewed[asset, year - 1] if year > layer.years[0] else 0.0
    paid = a.renewal_capex * (m.asset_renewed[asset, year] - before)
    life = max(1, int(a.renewal_lifetime))
    share = salvage_value(1.0, layer.case.money.rate, life, max(0, life - (last - year + 1)))
    layer.cost("overnight", asset, year, paid, "year_start")
    layer.cost("salvage", asset, last, -share * paid, "one_off")


def _add_running(layer: YearlyLayer, year: int) -> None:
    """Variable O&M of what runs; of process changes, on the tonnes they avoid stand-alone."""
    m, case = layer.model, layer.case
    for unit in case.units:
        if unit.variable_om:
            layer.cost(
                "variable_om", unit.id, year, unit.variable_om * m.total["reference", unit.id, year]
            )
    amounts = {s.id: float(s.amount[layer.at(year)]) for s in case.process_sources}
    for effect in case.savings:
        if effect.variable_om and effect.use in amounts:
            avoided = effect.share * amounts[effect.use] * m.on[effect.measure, year]
            layer.cost("variable_om", effect.measure, year, effect.variable_om * avoided)


def _add_certificates(layer: YearlyLayer, year: int) -> None:
    """Sold certificates earn on all that their unit generates."""
    for unit in sellers(layer.case):
        assert unit.sold_certificates is not None
        generated = layer.model.total["sold_certificates", unit.id, year]
        price = float(unit.sold_certificates[layer.at(year)])
        layer.cost("certificates", unit.id, year, -price * generated)


def _add_purchase(layer: YearlyLayer, carrier: CarrierOption, year: int) -> None:
    """Energy at the tariff, and the demand charge on billed peaks."""
    m, buy, i = layer.model, carrier.purchase, layer.at(year)
    if buy is None:
        return
    priced = "import" if buy.series is None else "import_priced"
    energy = float(buy.level[i]) * m.total[priced, carrier.id, year]
    if buy.adder[i]:
        energy += float(buy.adder[i]) * purchased(layer, carrier.id, year)
    layer.cost("energy", carrier.id, year, energy)
    if buy.demand_charge is not None:
        price = float(buy.demand_charge.price[i])
        bills = range(1, MONTHS + 1) if buy.demand_charge.per == "month" else (0,)
        peaks = sum(m.peak[carrier.id, year, b] for b in bills)
        layer.cost("demand_charge", carrier.id, year, price / len(bills) * peaks)


def _add_sale(layer: YearlyLayer, carrier: CarrierOption, year: int) -> None:
    m, sell, i = layer.model, carrier.sale, layer.at(year)
    if sell is None:
        return
    priced = "export" if sell.series is None else "export_priced"
    revenue = float(sell.level[i]) * m.total[priced, carrier.id, year]
    revenue += float(sell.adder[i]) * m.total["export", carrier.id, year]
    layer.cost("export", carrier.id, year, -revenue)


def _add_contracts(layer: YearlyLayer, year: int) -> None:
    m = layer.model
    for g in layer.case.contracts:
        delivered = g.form == "energy" and g.pay == "delivered"
        volume = m.total["delivered", g.id, year] if delivered else m.contracted[g.id, year]
        layer.cost("contracts", g.id, year, float(g.price[layer.at(year)]) * volume)


def _add_carbon(layer: YearlyLayer, year: int) -> None:
    """Allowances and CBAM as two lines: one is paid at home, the other through the importer."""
    m, carbon, cbam, i = layer.model, layer.case.carbon, layer.case.cbam, layer.at(year)
    if carbon is not None:
        layer.cost("carbon", "scope1", year, float(carbon.price[i]) * allowances(layer, year))
    if cbam is not None:
        certificates = m.cbam_certificates[year]
        layer.cost("cbam", "exports", year, float(cbam.borne_price[i]) * certificates)
    for q in layer.case.credits:
        layer.cost("credits", q.id, year, float(q.price[i]) * m.credits[q.id, year])
