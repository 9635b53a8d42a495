"""Beginning a report, and choosing what stands in it and in which order. Order says nothing about weight."""

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
    """Put a theme last, with its perspectives and the first quotes of each. Twice is once."""
    chosen, is_new = report.chosen_themes.get_or_create(theme=theme, defaults={"position": _last(report.chosen_themes)})
    if not is_new:  # the button was pressed twice
        return chosen
    spoken = [one for one in list_candidates(chosen) if one.quotable]
    for one in spoken:
        placed = chosen.chosen_perspectives.create(
            perspective=one.perspective, position=_last(chosen.chosen_perspectives)
        )
        others = {said.pk for other in spoken if other is not one for said in other.quotable}
        for place, said in enumerate(_first_quotes(report, one.quotable, others)):
            placed.quotes.create(statement=said, position=place)
    return chosen


def _first_quotes(report: Report, quotable: list[Statement], others: Collection[object]) -> list[Statement]:
    """A few to begin with, none that stands in the report already; those that say only this come first.

    Where all of them stand elsewhere one is repeated, rather than a perspective without words.
    """
    standing = set(
        ReportQuote.objects.filter(chosen_perspective__chosen_theme__report=report).values_list("statement", flat=True)
    )
    new = [said for said in quotable if said.pk not in standing]
    return sorted(new, key=lambda said: said.pk in others)[:FIRST_QUOTES] or quotable[:1]


@dataclass(frozen=True)
class PerspectiveCandidate:
    """A perspective that may stand under a theme, and what may be quoted under it."""

    perspective: Perspective
    quotable: list[Statement]  # of the report's wave


def list_candidates(chosen: ReportTheme) -> list[PerspectiveCandidate]:
    """The theme's perspectives as they stand today, with what was said in the report's wave. Never ranked."""
    perspectives = chosen.theme.current_perspectives()
    merges = Perspective.objects.filter(collaboration=chosen.theme.collaboration_id).merges()
    family = families(merges)
    root = {member: one.pk for one in perspectives for member in family[one.pk]}
    said = Statement.objects.publishable().filter(wave=chosen.report.wave_id)
    attached = Attachment.objects.current().filter(perspective__in=root, statement__in=said)
    found: dict[int, dict[object, Statement]] = {one.pk: {} for one in perspectives}
    for one in attached.select_related("statement").defer("statement__raw_text").order_by("attached_at", "pk"):
        found[root[one.perspective_id]].setdefault(one.statement_id, one.statement)
    return [PerspectiveCandidate(one, list(found[one.pk].values())) for one in perspectives]


@transaction.atomic
def choose_contents(
    *, chosen: ReportTheme, introduction: str, perspectives: Collection[int], quotes: Mapping[int, Collection[str]]
) -> None:
    """Let exactly these stand under the theme. Those that stay keep their place; new ones come last."""
    ReportTheme.objects.select_for_update().get(pk=chosen.pk)
    chosen.introduction = introduction
    chosen.save(update_fields=["introduction"])
    possible = {one.perspective.pk: one for one in list_candidates(chosen)}
    chosen.chosen_perspectives.exclude(perspective__in=perspectives).delete()
    for key in [key for key in possible if key in perspectives]:
        placed, _ = chosen.chosen_perspectives.get_or_create(
            perspective_id=key, defaults={"position": _last(chosen.chosen_perspectives)}
        )
        _choose_quotes(placed, [said for said in possible[key].quotable if str(said.pk) in quotes.get(key, ())])


def _choose_quotes(placed: ReportPerspective, statements: list[Statement]) -> None:
    placed.quotes.exclude(statement__in=statements).delete()
    standing = set(placed.quotes.values_list("statement", flat=True))
    for said in statements:
        if said.pk not in standing:
            placed.quotes.create(statement=said, position=_last(placed.quotes))


ChosenRow = ReportTheme | ReportPerspective | ReportQuote


@transaction.atomic
def move_row(row: ChosenRow, *, steps: int) -> None:
    """Move a theme, perspective or quote up (-1) or down (1) among its siblings."""
    siblings = _siblings(row)
    list(siblings.select_for_update())
    keys = list(siblings.values_list("pk", flat=True))
    place = keys.index(row.pk)
    keys.insert(max(0, place + steps), keys.pop(place))
    for position, key in enumerate(keys):
        siblings.filter(pk=key).update(position=position)


def _siblings(
    row: ChosenRow,
) -> "models.QuerySet[Any]":
    if isinstance(row, ReportTheme):
        return row.report.chosen_themes.all()
    if isinstance(row, ReportPerspective):
        return row.chosen_theme.chosen_perspectives.all()
    return row.chosen_perspective.quotes.all()


def _last(
    siblings: "models.Manager[Any]",
) -> int:
    latest = siblings.aggregate(models.Max("position"))["position__max"]
    return 0 if latest is None else int(latest) + 1
