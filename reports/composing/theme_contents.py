"""Choosing the themes, perspectives and quotes of a report, and their order. Order says nothing about weight."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from reports.models import Report, ReportPerspective, ReportQuote, ReportTheme
from surveys.models import Attachment, Perspective, Statement, Theme
from surveys.rules.lineage import families

FIRST_QUOTES = 3


@transaction.atomic
def add_theme(*, report: Report, theme: Theme) -> ReportTheme:
    """Append a theme with its perspectives and the first quotes of each. Does nothing if it is already chosen."""
    chosen, is_new = report.chosen_themes.get_or_create(theme=theme, defaults={"position": _last(report.chosen_themes)})
    if not is_new:  # a double click
        return chosen
    spoken = [candidate for candidate in list_candidates(chosen) if candidate.quotable]
    for candidate in spoken:
        placed = chosen.chosen_perspectives.create(
            perspective=candidate.perspective, position=_last(chosen.chosen_perspectives)
        )
        others = {statement.pk for other in spoken if other is not candidate for statement in other.quotable}
        for place, statement in enumerate(_first_quotes(report, candidate.quotable, others)):
            placed.quotes.create(statement=statement, position=place)
    return chosen


def _first_quotes(report: Report, quotable: list[Statement], others: Collection[object]) -> list[Statement]:
    """At most `FIRST_QUOTES` that are not yet in the report, those that rest on no other perspective first.

    If all are in the report already, one is repeated, so that the perspective has a quote.
    """
    used = set(
        ReportQuote.objects.filter(chosen_perspective__chosen_theme__report=report).values_list("statement", flat=True)
    )
    new = [statement for statement in quotable if statement.pk not in used]
    return sorted(new, key=lambda statement: statement.pk in others)[:FIRST_QUOTES] or quotable[:1]


@dataclass(frozen=True)
class PerspectiveCandidate:
    """A perspective that may be chosen under a theme, and the statements that may be quoted under it."""

    perspective: Perspective
    quotable: list[Statement]  # of the report's wave


def list_candidates(chosen: ReportTheme) -> list[PerspectiveCandidate]:
    """The theme's current perspectives with quotable statements from the report's wave, in the code book's order."""
    perspectives = chosen.theme.current_perspectives()
    merges = Perspective.objects.filter(collaboration=chosen.theme.collaboration_id).merges()
    family = families(merges)
    root = {member: perspective.pk for perspective in perspectives for member in family[perspective.pk]}
    publishable = Statement.objects.publishable().filter(wave=chosen.report.wave_id)
    attached = Attachment.objects.current().filter(perspective__in=root, statement__in=publishable)
    statements: dict[int, dict[object, Statement]] = {perspective.pk: {} for perspective in perspectives}
    for attachment in attached.select_related("statement").defer("statement__raw_text").order_by("attached_at", "pk"):
        statements[root[attachment.perspective_id]].setdefault(attachment.statement_id, attachment.statement)
    return [PerspectiveCandidate(row, list(statements[row.pk].values())) for row in perspectives]


@transaction.atomic
def choose_contents(
    *, chosen: ReportTheme, introduction: str, perspectives: Collection[int], quotes: Mapping[int, Collection[str]]
) -> None:
    """Store the introduction and exactly these perspectives and quotes under the theme.

    `quotes` holds statement keys by perspective key. What stays keeps its position; new rows go last.
    """
    ReportTheme.objects.select_for_update(no_key=True).get(pk=chosen.pk)
    chosen.introduction = introduction
    chosen.save(update_fields=["introduction"])
    possible = {candidate.perspective.pk: candidate for candidate in list_candidates(chosen)}
    chosen.chosen_perspectives.exclude(perspective__in=perspectives).delete()
    for key in [key for key in possible if key in perspectives]:
        placed, _ = chosen.chosen_perspectives.get_or_create(
            perspective_id=key, defaults={"position": _last(chosen.chosen_perspectives)}
        )
        ticked = quotes.get(key, ())
        _choose_quotes(placed, [statement for statement in possible[key].quotable if str(statement.pk) in ticked])


def _choose_quotes(placed: ReportPerspective, statements: list[Statement]) -> None:
    placed.quotes.exclude(statement__in=statements).delete()
    chosen = set(placed.quotes.values_list("statement", flat=True))
    for statement in statements:
        if statement.pk not in chosen:
            placed.quotes.create(statement=statement, position=_last(placed.quotes))


ChosenRow = ReportTheme | ReportPerspective | ReportQuote


@transaction.atomic
def move_row(row: ChosenRow, *, steps: int) -> None:
    """Move a chosen theme, perspective or quote up (-1) or down (1) among its siblings."""
    siblings = _siblings(row)
    list(siblings.select_for_update(no_key=True))
    keys = list(siblings.values_list("pk", flat=True))
    place = keys.index(row.pk)
    keys.insert(max(0, place + steps), keys.pop(place))
    for position, key in enumerate(keys):
        siblings.filter(pk=key).update(position=position)


def _siblings(row: ChosenRow) -> "models.QuerySet[Any]":
    if isinstance(row, ReportTheme):
        return row.report.chosen_themes.all()
    if isinstance(row, ReportPerspective):
        return row.chosen_theme.chosen_perspectives.all()
    return row.chosen_perspective.quotes.all()


def _last(siblings: "models.Manager[Any]") -> int:
    latest = siblings.aggregate(models.Max("position"))["position__max"]
    return 0 if latest is None else int(latest) + 1
