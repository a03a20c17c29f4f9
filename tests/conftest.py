"""What all tests share: their order, and solves without the reports that other tests look at."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cli.solving import without_reports


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow tests first: quick ones fill what is left of the time of each worker at the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="module")
def no_reports() -> Iterator[None]:
    """Runs of a module's tests are stored without report, workbook and tables."""
    with pytest.MonkeyPatch.context() as patch:
        without_reports(patch)
        yield
