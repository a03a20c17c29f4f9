"""A study of cost against emissions as one HTML file that opens offline and prints on A4."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from markupsafe import Markup
from plotly.offline import get_plotlyjs

from optimizer.reports.blocks import Chart, Plain
from optimizer.reports.chart import FONTS, embedded
from optimizer.reports.html import TEMPLATES, environment
from optimizer.reports.study_view import StudyView


@dataclass(frozen=True)
class Opening:
    """How a study begins, on its page and in its workbook: its finding as ``headline``, and
    ``about``, a sentence each: which money, which tonnes, which days and rules."""

    title: str
    headline: str
    about: tuple[str, ...]

    def also(self, sentence: str) -> Opening:
        """The same with one sentence more about the study."""
        return replace(self, about=(*self.about, sentence))


FINEST: Final = 1e-5
"""The smallest gap that is named."""


def opening(view: StudyView, title: str, headline: str) -> Opening:
    """The beginning of a study that trades cost against weighted tonnes, rules on carbon aside."""
    searched = _searched(view, "study.searched")
    return Opening(title, headline, (view.costs, view.tonnes, searched))


def opening_ruled(
    view: StudyView, title: str, headline: str, rules: str = "study.searched_ruled", **said: object
) -> Opening:
    """The beginning of a study of plans that keep all rules; ``rules``: key of the sentence that
    says on which days they were searched, to which gap, ``said``: what else it names."""
    tonnes = view.say("study.tonnes_of_year", ledger=view.say(f"ledger.{view.subject.ledger}"))
    return Opening(title, headline, (view.costs, tonnes, _searched(view, rules, **said)))


def _searched(view: StudyView, rules: str, **said: object) -> str:
    """On which days the plans were searched, to which gap, under which rules."""
    gap = percent_of_gap(view.subject.gap)
    return view.say(rules, periods=view.subject.periods, gap=gap, **said)


def percent_of_gap(gap: float) -> str:
    """A gap in percent, without the sign; none finer than FINEST is named."""
    return f"{100 * gap:.3g}" if gap >= FINEST else f"< {100 * FINEST:g}"


def study_page(view: StudyView, begins: Opening, blocks: Sequence[Chart | Plain]) -> str:
    """HTML of a study: its opening and its blocks."""
    style = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    charts = [block for block in blocks if isinstance(block, Chart)]
    page = environment().get_template("study.html")
    return page.render(
        lang=view.lang,
        say=view.say,
        style=Markup(style.replace("FONTS", FONTS)),
        plotly_js=Markup(get_plotlyjs().replace("</script", "<\\/script")),
        title=begins.title,
        headline=begins.headline,
        subtitle=" ".join(begins.about),
        blocks=blocks,
        drawn={c.id: embedded(c.id, c.figure, c.finding) for c in charts},
    )
