"""The whole code book at a glance: perspectives by theme with their breadth, in few queries however many there are."""

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
    """A perspective, and from which groups it has been heard."""

    perspective: Perspective
    breadth: Breadth
    waiting: int  # statements attached that nobody has confirmed yet


@dataclass(frozen=True)
class CodebookSection:
    """A theme with its perspectives; the last shelf holds those in no theme."""

    theme: Theme | None
    entries: tuple[PerspectiveEntry, ...]


@dataclass(frozen=True)
class PlacedStatement:
    """A statement and the perspectives it rests on today."""

    statement: Statement
    perspectives: tuple[Perspective, ...]


@dataclass(frozen=True)
class _HeardRole:
    role: str


def build_codebook(collaboration: Collaboration) -> list[CodebookSection]:
    """All standing perspectives, by theme and then by when they were formulated. Never by how many. Five queries."""
    everything = {each.pk: each for each in Perspective.objects.filter(collaboration=collaboration)}
    root = roots({key: each.merged_into_id for key, each in everything.items()})
    entries = _entries(everything, root)
    themes = list(Theme.objects.standing().filter(collaboration=collaboration))
    placed: dict[int, dict[int, None]] = defaultdict(dict)
    for theme, key in ThemePerspective.objects.filter(theme__in=themes).values_list("theme", "perspective"):
        placed[theme][root[key]] = None
    shelves = [
        CodebookSection(theme, tuple(entries[key] for key in placed[theme.pk] if key in entries)) for theme in themes
    ]
    somewhere = {key for keys in placed.values() for key in keys}
    loose = tuple(entry for key, entry in entries.items() if key not in somewhere)
    return [*shelves, CodebookSection(None, loose)] if loose else shelves


def place_statements(collaboration: Collaboration, statements: Iterable[Statement]) -> list[PlacedStatement]:
    """Each statement with the perspectives it rests on today. Two queries."""
    statements = list(statements)
    everything = {each.pk: each for each in Perspective.objects.filter(collaboration=collaboration)}
    root = roots({key: each.merged_into_id for key, each in everything.items()})
    rests: dict[object, dict[int, None]] = defaultdict(dict)
    attachments = Attachment.objects.current().filter(statement__in=statements).order_by("attached_at", "pk")
    for statement, key in attachments.values_list("statement", "perspective"):
        rests[statement][root[key]] = None
    return [
        PlacedStatement(each, tuple(everything[key] for key in rests[each.pk] if everything[key].retired_at is None))
        for each in statements
    ]


def _entries(everything: dict[int, Perspective], root: dict[int, int]) -> dict[int, PerspectiveEntry]:
    """Counted by the database, so that it takes no longer to show many statements than few.

    A statement that rests on two perspectives that have become one is still one voice.
    """
    heard: dict[int, Counter[str]] = defaultdict(Counter)
    waiting: Counter[int] = Counter()
    merged = [When(perspective=key, then=now) for key, now in root.items() if key != now]
    today = Case(*merged, default=F("perspective"), output_field=BigIntegerField())
    rests = Attachment.objects.current().filter(perspective__in=everything).annotate(today=today)
    counted = rests.values_list("today", "statement__role", "statement__state")
    for key, role, state, number in counted.annotate(Count("statement", distinct=True)).order_by():
        if state == Statement.State.CONFIRMED:
            heard[key][role] += number
        elif state == Statement.State.RAW:
            waiting[key] += number
    return {
        key: PerspectiveEntry(each, compute_breadth(map(_HeardRole, heard[key].elements())), waiting[key])
        for key, each in everything.items()
        if each.is_standing
    }
