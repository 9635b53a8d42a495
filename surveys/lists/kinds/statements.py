"""Earlier statements with their codes. They come as one text to code, cut already, and are reviewed as all others."""

from collections.abc import Sequence
from itertools import accumulate
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from actors.models import Collaboration
from ostberga.lib.refusal import Refusal
from ostberga.lib.translations.languages import SOURCE
from surveys.codebook.perspectives import attach
from surveys.collecting.interviewing import register_interview
from surveys.importing.columns.cell_values import read_language
from surveys.lists.cells import read_age_band, read_role, read_several, told
from surveys.lists.declared import Created, ListColumn, ListContext, ListKind, RowCheck, Values
from surveys.lists.kinds.codebook import check_perspectives, named_perspectives
from surveys.models import Interview, Statement
from surveys.rules.questions import MAX_LENGTH
from surveys.rules.roles import Role
from surveys.statements.cutting import Cutting
from surveys.statements.sources import Source

_BETWEEN = "\n\n"


def _prepare(context: ListContext, rows: Sequence[Values]) -> None:
    """Write all the statements down as one text, of nobody counted: who said what is not known to be who."""
    if context.wave is None:
        raise Refusal("Välj en omgång.", code="no_wave")
    if not rows:
        return
    texts = [_plain(row["text"]) for row in rows]
    stored = register_interview(
        wave=context.wave,
        by=context.by,
        submission=uuid4(),
        mode=Interview.Mode.MEETING,
        place="Tidigare utsagor",
        language="sv",
        held_on=timezone.localdate(),
        heard={},
        notes=_BETWEEN.join(texts),
    )
    lengths = (len(text) + len(_BETWEEN) for text in texts)
    context.beside.append(stored.interview)
    context.made["cutting"] = Cutting(Source(stored.interview), by=context.by)
    context.made["starts"] = list(accumulate(lengths, initial=0))[::-1][1:]


def _create(context: ListContext, values: Values) -> Created:
    start = context.made["starts"].pop()
    cutting: Cutting = context.made["cutting"]
    statement = cutting.cut(start, start + len(_plain(values["text"])))
    for name in ("role", "age_band", "language"):
        setattr(statement, name, values.get(name, getattr(statement, name)))
    statement.save(update_fields=["role", "age_band", "language"])
    for perspective in named_perspectives(context, values)[0]:
        attach(statement=statement, perspective=perspective, by=context.by)
    return Created(statement)


def _plain(text: str) -> str:
    """Return the text with the line ends that a source has, so that positions fit."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _lead_to(collaboration: Collaboration, _statements: Sequence[Statement]) -> list[tuple[str, str]]:
    return [("Utsagor att granska", reverse("coordinate:statements", args=[collaboration.slug]))]


def _take_back(statement: Statement) -> None:
    statement.attachments.all().delete()  # the import's own: with others it would stay
    statement.delete()


STATEMENTS = ListKind(
    key="utsagor",
    title="Tidigare utsagor",
    unit="utsagor",
    help=(
        "En rad för varje utsaga, med sina perspektiv. De väntar på granskning som alla andra, och räknas inte som "
        "människor."
    ),
    columns=(
        ListColumn(
            "text", "Utsaga", frozenset({"citat", "synpunkt", "text", "statement", "quote"}), is_required=True,
            longest=MAX_LENGTH,
        ),
        ListColumn("perspectives", "Perspektiv", frozenset({"kod", "koder", "code", "codes"}), read=read_several),
        ListColumn("role", "Roll", frozenset({"kategori"}), read=told(read_role, Role.UNKNOWN.value)),
        ListColumn("age_band", "Ålder", frozenset({"åldersgrupp"}), read=read_age_band),
        ListColumn("language", "Språk", read=told(read_language, SOURCE)),
    ),
    model=Statement,
    create=_create,
    take_back=_take_back,
    checks=(RowCheck(frozenset({"perspectives"}), check_perspectives),),
    lead_to=_lead_to,
    prepare=_prepare,
    needs_wave=True,
)  # fmt: skip
