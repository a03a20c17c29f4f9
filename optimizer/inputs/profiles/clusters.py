"""Group alike days, each group shown by one of its own real days."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import cdist

from optimizer.inputs.profiles.calendar import DAYS
from optimizer.inputs.profiles.extreme_days import Days

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
    wanted = min(n, len(np.unique(np.hstack(list(kept.values())), axis=0)))
    if wanted == 1:
        return np.zeros(len(rows), dtype=np.int64)
    import pandas as pd
    import tsam  # slow to import: only a run with several typical days pays for it

    steps = next(iter(kept.values())).shape[1]
    index = pd.date_range(
        "2001-01-01", periods=len(rows) * steps, freq=pd.Timedelta(days=1) / steps
    )
    table = pd.DataFrame({key: v.reshape(-1) for key, v in kept.items()}, index=index)
    result = tsam.aggregate(
        table,
        n_clusters=wanted,
        period_duration="1D",
        cluster=tsam.ClusterConfig(method="hierarchical", representation="medoid"),
        preserve_column_means=False,
    )
    return np.asarray(result.cluster_assignments, dtype=np.int64)


def medoid(points: NDArray[np.float64], members: Sequence[int]) -> int:
    """The member (row of `points`) with the least sum of Euclidean distances to the others.

    Among equals the first. Raises ValueError for no members.
    """
    if not len(members):
        raise ValueError("a cluster without days has no representative")
    rows = points[np.asarray(members)]
    gaps = cdist(rows, rows).sum(axis=1)
    return int(members[int(np.round(gaps, DISTANCE_DECIMALS).argmin())])
