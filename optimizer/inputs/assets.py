"""What stands today, as it is and renewed like with like."""

from __future__ import annotations

from optimizer.finance import capital_recovery_factor
from optimizer.inputs.assembly import Assembly, name_of
from optimizer.inputs.case import AssetOption
from optimizer.inputs.located import Loc
from optimizer.inputs.options import whole_years
from optimizer.inputs.series_table import SeriesTable
from optimizer.inputs.step_units import Unit, step_unit
from optimizer.schema.assets import Asset, ConverterAsset
from optimizer.units import Quantity

RENEWED = "renewed"


def renewed_id(asset: str) -> str:
    """Id of the step unit that an asset becomes when renewed."""
    return f"{asset}.{RENEWED}"


def asset_units(asset: Asset, series: SeriesTable, loc: Loc) -> tuple[Unit, ...]:
    """The step unit of the asset and, if it can be renewed, that of its renewal."""
    unit = asset.capacity.unit
    old = step_unit(asset, asset.id, unit, series, loc)
    if asset.renewal is None:
        return (old,)
    renewed, place = asset, loc
    if asset.renewal.inputs is not None and isinstance(asset, ConverterAsset):
        renewed = asset.model_copy(update={"inputs": asset.renewal.inputs})
        place = (*loc, "renewal")
    return (old, step_unit(renewed, renewed_id(asset.id), unit, series, place))


def asset_option(asset: Asset, assembly: Assembly, loc: Loc) -> AssetOption:
    """Its life and money. Without `end_of_life` it ends after built + life - 1, as a build does."""
    renewal = asset.renewal
    end = asset.end_of_life or asset.built + whole_years(asset.lifetime) - 1
    fixed_om = _yearly(asset.fixed_om, asset, assembly, (*loc, "fixed_om"))
    renewal_om = fixed_om
    if renewal is not None and renewal.fixed_om is not None:
        where = (*loc, "renewal", "fixed_om")
        renewal_om = _yearly(renewal.fixed_om, asset, assembly, where)
    rate = assembly.scenario.economics.discount_rate
    recovery = capital_recovery_factor(rate, whole_years(renewal.lifetime)) if renewal else 0.0
    return AssetOption(
        id=asset.id,
        name=name_of(asset.name),
        unit=asset.capacity.unit,
        capacity=asset.capacity.value,
        old_unit=asset.id,
        renewed_unit=renewed_id(asset.id) if renewal else None,
        last_old=max(-1, min(end, assembly.years[-1]) - assembly.years[0]),
        fixed_om=fixed_om,
        renewal_capex=assembly.money(
            renewal.capex if renewal else None, (*loc, "renewal", "capex")
        ),
        renewal_capital_recovery=recovery,
        renewal_lifetime=renewal.lifetime if renewal else 0.0,
        renewal_fixed_om=renewal_om if renewal else 0.0,
        book_value=assembly.money(asset.book_value, (*loc, "book_value")),
        end_of_life=end,
        resale=assembly.money(asset.resale, (*loc, "resale")),
        dismantling=assembly.money(asset.dismantling, (*loc, "dismantling")),
    )


def _yearly(amount: Quantity | None, asset: Asset, assembly: Assembly, loc: Loc) -> float:
    """Fixed O&M of the whole asset [money/a], from a lump sum or a price per capacity."""
    if amount is not None and amount.unit == "money/a":
        return assembly.money(amount, loc)
    per_capacity = assembly.price_per(amount, f"money/{asset.capacity.unit}/a", loc)
    return per_capacity * asset.capacity.value
