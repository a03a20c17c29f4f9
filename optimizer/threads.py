"""Threads of the libraries below numpy.

How many of them share a product decides in which order it is summed, so its last digit; a search
that parts at one ends at another plan within the same gap. Dask gives its workers one, a process
has as many as the machine has cores: numbers must not hang on that. No product here is large
enough to gain from more.
"""

from __future__ import annotations

from contextlib import AbstractContextManager

from threadpoolctl import threadpool_limits


def one_thread() -> AbstractContextManager[object]:
    """One thread for products and for what OpenMP shares out, as long as the context lasts."""
    limits: AbstractContextManager[object] = threadpool_limits(limits=1)
    return limits
