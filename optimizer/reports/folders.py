"""Folders of studies, each whole or not at all: figures for machines, a workbook, a page."""

from __future__ import annotations

from functools import singledispatch
from pathlib import Path
from typing import TYPE_CHECKING

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


@singledispatch
def files_of(found: object, lang: str) -> StudyFiles:
    """A study as its files hold it, in one language."""
    raise TypeError(f"{type(found).__name__} is no study that has a folder")


@files_of.register(Comparison)
def _(found: Comparison, lang: str) -> StudyFiles:
    from optimizer.reports.comparison_book import comparison_files

    return comparison_files(found, lang)


@files_of.register(Alternatives)
def _(found: Alternatives, lang: str) -> StudyFiles:
    from optimizer.reports.alternatives_page import alternatives_files

    return alternatives_files(found, lang)


@files_of.register(TwoStage)
def _(found: TwoStage, lang: str) -> StudyFiles:
    from optimizer.reports.robust_page import robust_files

    return robust_files(found, lang)


@files_of.register(Sensitivity)
def _(found: Sensitivity, lang: str) -> StudyFiles:
    from optimizer.reports.sensitivity_page import sensitivity_files

    return sensitivity_files(found, lang)


@files_of.register(Foresight)
def _(found: Foresight, lang: str) -> StudyFiles:
    from optimizer.reports.myopic_page import myopic_files

    return myopic_files(found, lang)


@files_of.register(Swept)
def _(found: Swept, lang: str) -> StudyFiles:
    from optimizer.reports.sweep_page import sweep_files

    return sweep_files(found, lang)


@files_of.register(Front)
def _(found: Front, lang: str) -> StudyFiles:
    from optimizer.reports.pareto_page import front_files

    return front_files(found, lang)


@files_of.register(CostCurve)
def _(found: CostCurve, lang: str) -> StudyFiles:
    from optimizer.reports.curve_page import curve_files

    return curve_files(found, lang)
