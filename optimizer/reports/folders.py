"""Folders of studies, each whole or not at all: figures for machines, a workbook, a page."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from optimizer.files.atomic import whole_folder
from optimizer.studies.alternatives import Alternatives
from optimizer.studies.comparison import Comparison
from optimizer.studies.cost_curve import CostCurve
from optimizer.studies.myopic import Foresight
from optimizer.studies.pareto import Front
from optimizer.studies.sensitivity import Sensitivity
from optimizer.studies.swept import Swept
from optimizer.studies.two_stage import TwoStage

if TYPE_CHECKING:
    from optimizer.reports.study_files import StudyFiles


def store_study(found: object, out: Path, lang: str = "en", *, force: bool = False) -> None:
    """NAME.json, NAME.xlsx and NAME.html of a study in a folder, whole or not at all.

    Raises FileExistsError for a folder that is there, unless `force`; TypeError for no study.
    """
    files = files_of(found, lang)
    with whole_folder(out, force=force) as folder:
        files.write(folder)


MADE_BY: Final[Mapping[type, str]] = MappingProxyType({
    Comparison: "comparison_book.comparison_files",
    Alternatives: "alternatives_page.alternatives_files",
    TwoStage: "robust_page.robust_files",
    Sensitivity: "sensitivity_page.sensitivity_files",
    Foresight: "myopic_page.myopic_files",
    Swept: "sweep_page.sweep_files",
    Front: "pareto_page.front_files",
    CostCurve: "curve_page.curve_files",
})  # fmt: skip
"""Study -> module and function of reports/ that lay its files out; loaded when one is written,
since pictures take a second to load."""


def files_of(found: object, lang: str) -> StudyFiles:
    """A study as its files hold it, in one language. Raises TypeError for no study."""
    made_by = MADE_BY.get(type(found))
    if made_by is None:
        raise TypeError(f"{type(found).__name__} is no study that has a folder")
    module, function = made_by.split(".")
    made: StudyFiles = getattr(import_module(f"optimizer.reports.{module}"), function)(found, lang)
    return made
