"""Group alike days, each group shown by one of its own real days."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import cdist

from optimizer.inputs.profiles.calendar import DAYS
from optimizer.inputs.profiles.extreme_days import Days

CLUSTERS_KEPT: Final = 8
"""Sets of days that stay clustered: a what-if of a price asks for the same ones again."""
GROUPS_KEPT: Final = 64
"""Groups of days whose middle one stays known, some 0.2 MB each."""
DISTANCE_DECIMALS = 9
"""Distances are compared after rounding, so that equals stay equal on every machine."""


def features(days: Days) -> NDArray[np.float64]:
    """Every series brought to 0 ... 1 over the year, side by side: shape (365, series * steps).

    A series that never changes tells days apart as little as nothing, and is left out.
    """
    parts = []
    for values in days.values():
        span = values.max() - values.min()
        if span > 0:
            parts.append((values - values.min()) / span)
    return np.hstack(parts) if parts else np.zeros((DAYS, 0))


def cluster(days: Days, rows: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    """Cluster number of each of the days `rows` (R,), at most n clusters, shape (R,).

    Hierarchical clustering with Ward's distance, as tsam runs it (Hoffmann et al., Energies 13
    (2020) 641). Days that are equal are never split, so fewer distinct days give fewer clusters.
    Raises ValueError for n below 1.
    """
    if n < 1:
        raise ValueError(f"typical periods: got {n}, must be at least 1")
    kept = {key: values[rows] for key, values in days.items() if np.ptp(values[rows]) > 0}
    if not kept:
        return np.zeros(len(rows), dtype=np.int64)
    values = np.stack([v.reshape(-1) for v in kept.values()], axis=1)
    return _clustered(tuple(kept), values.tobytes(), len(rows), n)


@lru_cache(maxsize=CLUSTERS_KEPT)
def _clustered(names: tuple[str, ...], values: bytes, days: int, n: int) -> NDArray[np.int64]:
    """Cluster number of each day, (days,), read-only; ``values``: of all steps, by name last."""
    table = np.frombuffer(values).reshape(-1, len(names))
    wanted = min(n, len(np.unique(table.reshape(days, -1), axis=0)))
    labels = np.zeros(days, dtype=np.int64)
    if wanted > 1:
        labels[:] = _by_ward(names, table, days, wanted)
    labels.setflags(write=False)
    return labels


def _by_ward(names: tuple[str, ...], table: NDArray[np.float64], days: int, wanted: int) -> Any:
    """tsam's cluster number of each day; ``table``: (steps, series)."""
    import pandas as pd
    import tsam  # slow to import: only a run with several typical days pays for it

    step = pd.Timedelta(days=1) / (len(table) // days)
    index = pd.date_range("2001-01-01", periods=len(table), freq=step)
    result = tsam.aggregate(
        pd.DataFrame(table, index=index, columns=list(names)),
        n_clusters=wanted,
        period_duration="1D",
        cluster=tsam.ClusterConfig(method="hierarchical", representation="medoid"),
        preserve_column_means=False,
    )
    return result.cluster_assignments


def medoid(points: NDArray[np.float64], members: Sequence[int]) -> int:
    """The member (row of `points`) with the least sum of Euclidean distances to the others.

    Among equals the first. Raises ValueError for no members.
    """
    if not len(members):
        raise ValueError("a cluster without days has no representative")
    rows = np.asarray(points[np.asarray(members)], dtype=np.float64)
    return int(members[_middle(rows.tobytes(), len(rows))])


@lru_cache(maxsize=GROUPS_KEPT)
def _middle(values: bytes, count: int) -> int:
    """Number of the row, of ``count`` rows, that is nearest to all others."""
    rows = np.frombuffer(values).reshape(count, -1)
    gaps = cdist(rows, rows).sum(axis=1)
    return int(np.round(gaps, DISTANCE_DECIMALS).argmin())
