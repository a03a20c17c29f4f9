"""Existing assets: one state a year, never back, old only to the end of its life."""

from __future__ import annotations

import numpy as np

from optimizer.plan.verify.book import Book
from optimizer.plan.verify.money import whole_life
from optimizer.plan.verify.report import COUNT, Rows
from optimizer.schema.assets import Asset


def last_old_year(asset: Asset) -> int:
    """The last year that an asset may stand unrenewed: as stated, else its life from when it was
    built, year of building included.
    """
    if asset.end_of_life is not None:
        return asset.end_of_life
    return asset.built + whole_life(asset.lifetime) - 1


def check_assets(book: Book, rows: Rows) -> None:
    """`asset_in_one_state`, `asset_stays_renewed`, `asset_stays_retired`, whole states."""
    for asset in book.given.scenario.assets:
        old, renewed, retired = (book.state(asset.id, s) for s in ("old", "renewed", "retired"))
        label = [[asset.id], book.years]
        rows.equal("asset_in_one_state", [old + renewed + retired], 1.0, label, COUNT)
        states = np.array([old, renewed, retired])
        named = [["old", "renewed", "retired"], [asset.id], book.years]
        rows.equal("asset_state_is_whole", states[:, None], np.round(states)[:, None], named, COUNT)
        over = np.array([year > last_old_year(asset) for year in book.years])
        rows.at_most("asset_in_one_state", [old * over], 0.0, label, COUNT)
        if asset.renewal is None:
            rows.at_most("asset_in_one_state", [renewed], 0.0, label, COUNT)
        later = [[asset.id], book.years[1:]]
        rows.at_most("asset_stays_renewed", [renewed[:-1]], [renewed[1:]], later, COUNT)
        rows.at_most("asset_stays_retired", [retired[:-1]], [retired[1:]], later, COUNT)
        if book.baseline:
            _check_baseline(book, rows, asset)


def _check_baseline(book: Book, rows: Rows, asset: Asset) -> None:
    """The baseline keeps an asset for its life and then renews it, or lets it go if it can't."""
    stands = np.array([float(year <= last_old_year(asset)) for year in book.years])
    label = [[asset.id], book.years]
    rows.equal("baseline_keeps_assets", [book.state(asset.id, "old")], [stands], label, COUNT)
    after = 1.0 - stands if asset.renewal is not None else np.zeros(len(stands))
    rows.equal("baseline_keeps_assets", [book.state(asset.id, "renewed")], [after], label, COUNT)
