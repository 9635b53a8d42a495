"""The codebook: perspectives by theme with their breadth, in a constant number of queries."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BigIntegerField, Case, Count, F, When

from actors.models import Collaboration
from surveys.models import Attachment, Perspective, Statement, Theme, ThemePerspective
from surveys.rules.coverage import Breadth, compute_breadth
from surveys.rules.lineage import roots


@dataclass(frozen=True)
class PerspectiveEntry:
    """A perspective with its breadth."""

    perspective: Perspective
    breadth: Breadth
    waiting: int  # number of attached statements awaiting review


@dataclass(frozen=True)
class CodebookSection:
    """A theme with its perspectives; `theme` is None for perspectives without theme, listed last."""

    theme: Theme | None
    entries: tuple[PerspectiveEntry, ...]


@dataclass(frozen=True)
class PlacedStatement:
    """A statement and the perspectives it is attached to, with merges resolved."""

    statement: Statement
    perspectives: tuple[Perspective, ...]


@dataclass(frozen=True)
class _HeardRole:
    role: str


def build_codebook(collaboration: Collaboration) -> list[CodebookSection]:
    """Return all perspectives in use, by theme and then by creation; never by count. Five queries."""
    perspectives = {
        perspective.pk: perspective for perspective in Perspective.objects.filter(collaboration=collaboration)
    }
    current = roots({key: perspective.merged_into_id for key, perspective in perspectives.items()})
    entries = _entries(perspectives, current)
    themes = list(Theme.objects.standing().filter(collaboration=collaboration))
    placed: dict[int, dict[int, None]] = defaultdict(dict)
    for theme, key in ThemePerspective.objects.filter(theme__in=themes).values_list("theme", "perspective"):
        placed[theme][current[key]] = None
    sections = [
        CodebookSection(theme, tuple(entries[key] for key in placed[theme.pk] if key in entries)) for theme in themes
    ]
    somewhere = {key for keys in placed.values() for key in keys}
    loose = tuple(entry for key, entry in entries.items() if key not in somewhere)
    return [*sections, CodebookSection(None, loose)] if loose else sections


def place_statements(collaboration: Collaboration, statements: Iterable[Statement]) -> list[PlacedStatement]:
    """Return each statement with its perspectives. Two queries."""
    statements = list(statements)
    all_perspectives = {
        statement.pk: statement for statement in Perspective.objects.filter(collaboration=collaboration)
    }
    current = roots({key: statement.merged_into_id for key, statement in all_perspectives.items()})
    keys_by_statement: dict[object, dict[int, None]] = defaultdict(dict)
    attachments = Attachment.objects.current().filter(statement__in=statements).order_by("attached_at", "pk")
    for statement, key in attachments.values_list("statement", "perspective"):
        keys_by_statement[statement][current[key]] = None
    return [
        PlacedStatement(
            statement,
            tuple(
                all_perspectives[key]
                for key in keys_by_statement[statement.pk]
                if all_perspectives[key].retired_at is None
            ),
        )
        for statement in statements
    ]


def _entries(perspectives: dict[int, Perspective], current: dict[int, int]) -> dict[int, PerspectiveEntry]:
    """Return the entries by perspective key. Statements are counted by the database.

    A statement attached to two perspectives that have been merged counts once.
    """
    heard: dict[int, Counter[str]] = defaultdict(Counter)
    waiting: Counter[int] = Counter()
    merged = [When(perspective=key, then=now) for key, now in current.items() if key != now]
    today = Case(*merged, default=F("perspective"), output_field=BigIntegerField())
    attachments = Attachment.objects.current().filter(perspective__in=perspectives).annotate(today=today)
    counted = attachments.values_list("today", "statement__role", "statement__state")
    for key, role, state, number in counted.annotate(Count("statement", distinct=True)).order_by():
        if state == Statement.State.CONFIRMED:
            heard[key][role] += number
        elif state == Statement.State.RAW:
            waiting[key] += number
    return {
        key: PerspectiveEntry(perspective, compute_breadth(map(_HeardRole, heard[key].elements())), waiting[key])
        for key, perspective in perspectives.items()
        if perspective.is_standing
    }
