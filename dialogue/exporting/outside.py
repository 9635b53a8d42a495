"""Petitions, and letters to bodies outside the collaboration."""

from collections.abc import Callable
from typing import Any

from actors.models import Collaboration
from dialogue.models import AddresseeWords, OutsideQuestion, Petition
from ostberga.lib.tables.model_columns import field_column, field_columns, text_columns
from ostberga.lib.tables.table import Cell, ExportColumn, ExportTable, TableRows, queryset_rows


def _petitions(collaboration: Collaboration) -> TableRows[Petition]:
    rows = Petition.objects.filter(issue__dialogue__collaboration=collaboration)
    return queryset_rows(rows.select_related("issue", "addressee", "own_words").order_by("sent_on", "pk"))


def _questions(collaboration: Collaboration) -> TableRows[OutsideQuestion]:
    rows = OutsideQuestion.objects.filter(issue__dialogue__collaboration=collaboration)
    return queryset_rows(rows.select_related("issue", "addressee", "own_words").order_by("sent_on", "pk"))


def _own(name: str) -> Callable[[Any], Cell]:
    """A field of what the body says itself; nothing where it has said nothing."""
    return lambda row: getattr(getattr(row, "own_words", None), name, None)


_OWN_WORDS = tuple(
    ExportColumn(field_column(AddresseeWords, name).name, about, _own(name), field_column(AddresseeWords, name).type)
    for name, about in (
        ("words", "Vad organisationen själv säger om svaret, bredvid samordnarens återgivning."),
        ("said_as", "Vad organisationen hette då."),
        ("function", "I vilken funktion det skrevs."),
        ("said_at", "När det skrevs."),
    )
)

PETITIONS: ExportTable[Petition] = ExportTable(
    slug="namninsamlingar",
    version=2,
    title="Namninsamlingar",
    about="Namninsamlingar: hur många namn, aldrig vems.",
    columns=(
        *text_columns(Petition, "subject"),
        field_column(Petition, "issue", "Sakfråga"),
        field_column(Petition, "addressee", "Till"),
        *field_columns(Petition, "names", "certainty", "source", "sent_on", "reply_due", "replied_on"),
        *text_columns(Petition, "reply"),
        *_OWN_WORDS,
    ),
    rows=_petitions,
    models=(Petition,),
)

QUESTIONS_OUTSIDE: ExportTable[OutsideQuestion] = ExportTable(
    slug="brev-utanfor",
    version=2,
    title="Brev utanför samverkan",
    about="Brev till organisationer utanför samverkan, och vad de svarat.",
    columns=(
        *text_columns(OutsideQuestion, "subject"),
        field_column(OutsideQuestion, "text"),
        field_column(OutsideQuestion, "issue", "Sakfråga"),
        field_column(OutsideQuestion, "addressee", "Till"),
        *field_columns(OutsideQuestion, "sent_on", "reply_due", "replied_on"),
        *text_columns(OutsideQuestion, "reply"),
        *_OWN_WORDS,
    ),
    rows=_questions,
    models=(OutsideQuestion, AddresseeWords),
)
