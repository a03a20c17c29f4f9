"""Options that several commands share, and how listings are printed for machines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

workspace = click.option(
    "--workspace",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path(),
    help="Folder in a workspace; else the current one.",
)
sets = click.option(
    "--set",
    "sets",
    multiple=True,
    metavar="CHANGE",
    help="PATH=VALUE, PATH*=FACTOR or measures.offer-=ID.",
)
data = click.option("--data", type=click.Path(path_type=Path), help="Folder of series not shipped.")
file = click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
as_json = click.option("--json", "as_json", is_flag=True, help="Print for machines.")
lang = click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True)


def json_text(data: Any) -> str:
    """What --json prints of listings and checks."""
    return json.dumps(data, ensure_ascii=False, indent=2)
