"""Decarb: the cheapest way for a factory to reach its carbon trajectory, reductions first.

Importing the package costs nothing: only the version is here, and `optimizer.api` is loaded when
it is first asked for (PEP 562).
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

__version__ = "0.1.0"


def __getattr__(name: str) -> ModuleType:
    """Load `optimizer.api` at its first use; any other unknown name is an AttributeError."""
    if name == "api":
        return import_module("optimizer.api")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """List the lazy name beside those that are loaded."""
    return sorted({*globals(), "api"})
