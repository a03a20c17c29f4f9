"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

workspace = click.option(
    "--workspace",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path(),
    help="Folder in a workspace; else the current one.",
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print for machines.")
lang = click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True)
