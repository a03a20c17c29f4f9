"""What a plan hangs on as files: figures for programs, a workbook, a page for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from optimizer.reports.blocks import Chart, Plain
from optimizer.reports.charts_morris import effects_chart
from optimizer.reports.charts_sensitivity import end_of, headline, tornado, view_of
from optimizer.reports.sensitivity_words import driver_name, roles_block, threshold
from optimizer.reports.study_files import StudyFiles, about, frame, money_of, thing
from optimizer.reports.study_page import opening_ruled, study_page
from optimizer.reports.study_view import StudyView
from optimizer.studies.sensitivity import Sensitivity


def sensitivity_files(found: Sensitivity, lang: str) -> StudyFiles:
    """JSON; sheets of drivers, measures, thresholds, effects and plans tested; a page with the
    tornado, what becomes of each measure, elementary effects."""
    view = view_of(found, lang)
    title = view.say("sensitivity.title", name=view.subject.name[lang])
    begins = opening_ruled(view, title, headline(view, found))
    blocks: list[Chart | Plain] = [tornado(view, found), roles_block(view, found)]
    effects = effects_chart(view, found)
    if effects is not None:
        blocks.append(effects)
    sheets = {
        "about": about(begins),
        "drivers": frame(_drivers(view, found)),
        "measures": frame(_measures(view, found)),
        "thresholds": frame(_thresholds(view, found)),
        "points": frame(_points(view, found)),
    }
    if found.morris:
        sheets["effects"] = frame(_effects(view, found))
    page = study_page(view, begins, blocks)
    return StudyFiles("sensitivity", found.as_dict(), title, sheets, page, lang)


def _drivers(view: StudyView, found: Sensitivity) -> Iterator[dict[str, Any]]:
    """A row a driver and end: its factor, what the optimum costs more, at least and at most
    [money], or why there is none."""
    money = money_of(view)
    for swing in found.swings:
        for end in ("low", "high"):
            span = getattr(swing, end)
            yield {
                view.say("excel.path"): swing.driver.path,
                view.say("sensitivity.driver"): swing.driver.name[view.lang],
                view.say("excel.factor"): getattr(swing.driver, end),
                view.say("excel.status"): view.say(f"compare.status.{end_of(swing, end).status}"),
                view.say("excel.more_low", unit=money): span and span[0],
                view.say("excel.more_high", unit=money): span and span[1],
            }


def _measures(view: StudyView, found: Sensitivity) -> Iterator[dict[str, Any]]:
    """A row a measure or contract: what becomes of it, in how many of the plans."""
    for role in found.roles:
        yield {
            **thing(view, role.id),
            view.say("sensitivity.role"): view.say(f"sensitivity.role.{role.kind}"),
            view.say("sensitivity.plans", tested=role.tested): role.plans,
        }


def _thresholds(view: StudyView, found: Sensitivity) -> Iterator[dict[str, Any]]:
    """A row a measure and driver that takes it in or out: the factors between which."""
    for role in found.roles:
        for each in role.thresholds:
            yield {
                **thing(view, role.id),
                view.say("excel.path"): each.path,
                view.say("sensitivity.driver"): driver_name(view, found, each.path),
                view.say("excel.in_at"): each.present,
                view.say("excel.out_at"): each.absent,
                view.say("excel.in_and_out"): threshold(view, found, each),
            }


def _points(view: StudyView, found: Sensitivity) -> Iterator[dict[str, Any]]:
    """A row a plan tested: factors, cost and bound [money], gross emissions [t], largest sizes."""
    money, last = money_of(view), view.subject.last
    for point in found.points:
        drivers = [swing.driver for swing in found.swings]
        factors = {f"{d.name[view.lang]} ×": point.factors.get(d.path, 1.0) for d in drivers}
        sizes = {
            f"{view.name(role.id)} [{view.subject.units.get(role.id, 'MWh/a')}]": (
                point.chosen.get(role.id, 0.0) if point.cost is not None else None
            )
            for role in found.roles
        }
        yield {
            **factors,
            view.say("excel.status"): view.say(f"compare.status.{point.status}"),
            view.say("excel.decision_cost", unit=money): point.cost,
            view.say("excel.none_below", unit=money): point.bound,
            view.say("myopic.last", year=last): point.gross,
            **sizes,
        }


def _effects(view: StudyView, found: Sensitivity) -> Iterator[dict[str, Any]]:
    """A row a driver: steps known, mean, mean of absolute effects with its interval, deviation,
    noise [money]."""
    money = money_of(view)
    for each in found.morris:
        yield {
            view.say("excel.path"): each.path,
            view.say("sensitivity.driver"): driver_name(view, found, each.path),
            view.say("sensitivity.steps"): each.known,
            f"μ [{money}]": each.mu,
            f"μ* [{money}]": each.mu_star,
            f"{view.say('sensitivity.confidence')} [{money}]": each.mu_star_conf,
            f"σ [{money}]": each.sigma,
            f"{view.say('sensitivity.noise')} [{money}]": each.noise,
        }
