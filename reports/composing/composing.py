"""Beginning a report, and choosing what stands in it and in which order. Order says nothing about weight."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.text import slugify

from actors.models import Collaboration, User
from dialogue.models import Dialogue, PublishedReport
from ostberga.lib.translations.languages import SOURCE
from reports.models import Report, ReportPerspective, ReportQuote, ReportTheme
from surveys.models import Attachment, Perspective, Question, Statement, Theme, Wave
from surveys.rules.lineage import families

FIRST_QUOTES = 3


@transaction.atomic
def begin(
    *, dialogue: Dialogue, wave: Wave, title: str, by: User, slug: str = "", at: dt.datetime | None = None
) -> Report:
    """A new report, filled with the themes that were spoken of, a few quotes, and what the dialogue already says."""
    collaboration = Collaboration.objects.select_for_update().get(pk=dialogue.collaboration_id)
    at = at or timezone.now()
    report = Report.objects.create(
        dialogue=dialogue,
        wave=wave,
        title=title.strip(),
        slug=_free_slug(collaboration, slug or slugify(title)),
        background=dialogue.purpose.get(SOURCE, ""),
        can_influence=_who_decides(dialogue),
        question_guide=_questions(wave),
        created_by=by,
        created_at=at,
        edited_by=by,
        edited_at=at,
    )
    for theme in Theme.objects.filter(collaboration=collaboration, retired_at__isnull=True):
        chosen = add_theme(report=report, theme=theme)
        if not chosen.chosen_perspectives.exists():
            chosen.delete()  # nothing of it was said in this wave; it can be put back by hand
    return report


@transaction.atomic
def add_theme(*, report: Report, theme: Theme) -> ReportTheme:
    """Put a theme last, with its perspectives and the first quotes of each. Twice is once."""
    chosen, is_new = report.chosen_themes.get_or_create(theme=theme, defaults={"position": _last(report.chosen_themes)})
    if not is_new:  # the button was pressed twice
        return chosen
    spoken = [one for one in candidates(chosen) if one.quotable]
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
class Candidate:
    """A perspective that may stand under a theme, and what may be quoted under it."""

    perspective: Perspective
    quotable: list[Statement]  # of the report's wave


def candidates(chosen: ReportTheme) -> list[Candidate]:
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
    return [Candidate(one, list(found[one.pk].values())) for one in perspectives]


@transaction.atomic
def choose(
    *, chosen: ReportTheme, introduction: str, perspectives: Collection[int], quotes: Mapping[int, Collection[str]]
) -> None:
    """Let exactly these stand under the theme. Those that stay keep their place; new ones come last."""
    ReportTheme.objects.select_for_update().get(pk=chosen.pk)
    chosen.introduction = introduction
    chosen.save(update_fields=["introduction"])
    possible = {one.perspective.pk: one for one in candidates(chosen)}
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


Row = ReportTheme | ReportPerspective | ReportQuote


@transaction.atomic
def shift(row: Row, *, steps: int) -> None:
    """Move a theme, perspective or quote up (-1) or down (1) among its siblings."""
    siblings = _siblings(row)
    list(siblings.select_for_update())
    keys = list(siblings.values_list("pk", flat=True))
    place = keys.index(row.pk)
    keys.insert(max(0, place + steps), keys.pop(place))
    for position, key in enumerate(keys):
        siblings.filter(pk=key).update(position=position)


def _siblings(
    row: Row,
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


def _free_slug(collaboration: Collaboration, wanted: str) -> str:
    """An address no other report of the collaboration has or has had."""
    within = {"dialogue__collaboration": collaboration}
    taken = {
        *Report.objects.filter(**within).values_list("slug", flat=True),
        *PublishedReport.objects.filter(**within).values_list("slug", flat=True),
    }
    wanted = (wanted or "rapport")[:70]
    return next(slug for slug in (wanted, *(f"{wanted}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


def _who_decides(dialogue: Dialogue) -> str:
    said = (dialogue.can_influence, dialogue.cannot_influence, dialogue.who_decides)
    return "\n\n".join(filter(None, (texts.get(SOURCE, "").strip() for texts in said)))


def _questions(wave: Wave) -> str:
    asked = wave.survey.questions.current().filter(background=Question.Background.NONE)
    return "\n".join(str(question) for question in asked)
