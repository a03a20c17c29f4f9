"""The reader of pages sees every way to fetch something, so that its silence means something."""

from __future__ import annotations

import pytest

from tests.end_to_end.outside import Page


@pytest.mark.parametrize(
    "html",
    [
        '<script src="https://cdn.example/plotly.js"></script>',
        '<link rel="stylesheet" href="//fonts.example/inter.css">',
        '<img src="picture.png">',
        "<style>body { background: url( 'https://x.example/a.png' ) }</style>",
        "<style>@import 'other.css';</style>",
        '<div style="background: url(/a.png)"></div>',
        '<form action="https://x.example/collect"></form>',
        '<svg><use xlink:href="sprites.svg#one"/></svg>',
    ],
)
def test_what_is_fetched_is_seen(html: str) -> None:
    """Proves that each way out of a page gives one finding."""
    assert len(Page(html).outside()) == 1


def test_what_lies_inside_or_is_only_clicked_is_no_fetch() -> None:
    """Proves that data addresses, anchors, cited sources and strings in scripts are let be."""
    page = Page(
        '<link rel="icon" href="data:,"><a href="#why">Why</a><a href="https://x.example">S</a>'
        "<script>const map = 'url(https://tiles.example)';</script><p id='how'>text</p>"
    )
    assert page.outside() == []
    assert page.lost_links() == ["#why"]
    assert "text" in page.text
    assert "tiles" not in page.text
