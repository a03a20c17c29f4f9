"""What the parts of a case say of each other: each check is a small function that yields Problems.

SCENARIO_CHECKS need the scenario alone; CASE_CHECKS also every offered measure, all valid.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from optimizer.errors import Problem
from optimizer.inputs.bundle import Bundle
from optimizer.inputs.crosscheck import (
    claims,
    financing,
    horizon,
    loan,
    logic,
    money,
    names,
    product,
    series,
    sizes,
    supply,
    tariffs,
    tax,
    years,
)

Check = Callable[[Bundle], Iterator[Problem]]

SCENARIO_CHECKS: tuple[Check, ...] = (
    series.units_of_series_are_known,
    series.series_files_are_there,
    supply.cascade_has_no_cycle,
    supply.cascade_goes_down,
    tariffs.fuels_are_not_exported,
    tariffs.included_vat_has_a_rate,
    tariffs.scopes_and_factors_agree,
    tariffs.bought_energy_has_a_scope,
    tariffs.electricity_limit_is_the_connection,
    horizon.assets_stand_today,
    horizon.renewals_last_the_horizon,
    horizon.areas_last_the_years_counted,
    horizon.grants_fall_in_the_horizon,
    horizon.offsets_have_a_base,
    horizon.offsets_start_in_the_horizon,
    loan.loan_is_nominal,
    loan.loan_enlarges_a_budget,
    loan.tranches_fall_in_the_plan,
    loan.lines_are_told_once,
    loan.lines_pay_for_measures,
    money.price_indices_positive,
    product.production_is_given,
    years.rules_touch_a_year,
    years.rules_no_stricter_after_last_year,
)

CASE_CHECKS: tuple[Check, ...] = (
    claims.no_neutral_product,
    names.carriers_exist,
    names.services_exist,
    names.heat_sources_exist,
    names.assets_exist,
    names.measures_exist,
    names.contracts_in_force_exist,
    product.materials_exist,
    names.ids_differ,
    loan.loan_names_what_is_offered,
    financing.money_is_for_what_is_owned,
    financing.sources_have_one_owner,
    financing.terms_end_with_the_area,
    financing.buy_backs_follow_the_plan,
    tax.depreciation_names_what_is_there,
    series.series_exist,
    series.series_are_of_the_right_sort,
    supply.carriers_can_be_supplied,
    supply.nothing_comes_from_nothing,
    sizes.capacity_units_fit,
    sizes.built_measures_have_a_price,
    sizes.capex_units_fit,
    sizes.fixed_om_units_fit,
    sizes.variable_om_units_fit,
    sizes.area_and_connection_fit,
    logic.requirements_can_stand_together,
    logic.measures_differ_from_themselves,
    logic.conditions_name_what_is_built,
    logic.contracts_and_credits_have_no_conditions,
    tariffs.contracts_are_on_scope_2,
    tariffs.nothing_claimed_is_sold_on,
    tariffs.certificates_are_of_bought_power,
    money.exchange_rates_given,
    money.deflators_given,
    years.values_cover_planning_years,
)
