"""What a page would fetch from elsewhere, and where its own links lead."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

FETCHING: Final = frozenset(
    ["src", "srcset", "href", "poster", "data", "action", "formaction", "background", "xlink:href"]
)
"""Attributes whose address a browser opens, at once or at a click."""
CSS_ADDRESS: Final = re.compile(r"url\(\s*['\"]?([^'\")]*)|@import\s+['\"]([^'\"]*)")
INSIDE: Final = ("#", "data:", "about:", "blob:")


class Page(HTMLParser):
    """A parsed page: `addresses` as (tag, attribute, address), `ids`, and the `text` to be read."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.addresses: list[tuple[str, str, str]] = []
        self.ids: set[str] = set()
        self.text = ""
        self._inside = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the addresses and the id of a tag."""
        self._inside = tag
        for name, value in attrs:
            if name in FETCHING and value:
                self.addresses.append((tag, name, value))
            elif name == "style" and value:
                self._read_css(tag, value)
            elif name == "id" and value:
                self.ids.add(value)

    def handle_endtag(self, tag: str) -> None:
        """Leave a style sheet or a script."""
        self._inside = ""

    def handle_data(self, data: str) -> None:
        """A style sheet's addresses, or text; a script's strings are neither."""
        if self._inside == "style":
            self._read_css("style", data)
        elif self._inside != "script":
            self.text += data

    def _read_css(self, tag: str, sheet: str) -> None:
        for quoted, imported in CSS_ADDRESS.findall(sheet):
            self.addresses.append((tag, "css", quoted or imported))

    def outside(self) -> list[str]:
        """Addresses outside the file that are more than a link to click.

        `<a href>` fetches nothing until someone follows it: that is how sources are cited.
        """
        return [
            f"<{tag} {name}={address!r}>"
            for tag, name, address in self.addresses
            if not address.startswith(INSIDE) and not (tag == "a" and name == "href")
        ]

    def lost_links(self) -> list[str]:
        """Links into the page itself that lead nowhere."""
        inside = [address for _, _, address in self.addresses if address.startswith("#")]
        return [address for address in inside if address[1:] not in self.ids]
