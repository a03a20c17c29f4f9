"""Writes plain data as YAML that ``read_yaml`` reads back to the same data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML


def write_yaml(data: Any, path: Path) -> None:
    """Plain dicts, lists, texts and numbers; texts that look like anything else are quoted."""
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = False
    writer.allow_unicode = True
    writer.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    writer.representer.ignore_aliases = lambda _: True
    writer.width = 100
    with path.open("w", encoding="utf-8") as stream:
        writer.dump(data, stream)
