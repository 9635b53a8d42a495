"""Petitions, and letters to bodies outside the collaboration."""

from actors.models import Collaboration
from dialogue.models import OutsideQuestion, Petition
from ostberga.lib.tables.model_columns import field_column, field_columns, text_columns
from ostberga.lib.tables.table import ExportTable, TableRows, queryset_rows


def _petitions(collaboration: Collaboration) -> TableRows[Petition]:
    rows = Petition.objects.filter(issue__dialogue__collaboration=collaboration)
    return queryset_rows(rows.select_related("issue", "addressee").order_by("sent_on", "pk"))


def _questions(collaboration: Collaboration) -> TableRows[OutsideQuestion]:
    rows = OutsideQuestion.objects.filter(issue__dialogue__collaboration=collaboration)
    return queryset_rows(rows.select_related("issue", "addressee").order_by("sent_on", "pk"))


PETITIONS: ExportTable[Petition] = ExportTable(
    slug="namninsamlingar",
    title="Namninsamlingar",
    about="Namninsamlingar: hur många namn, aldrig vems.",
    columns=(
        *text_columns(Petition, "subject"),
        field_column(Petition, "issue", "Sakfråga"),
        field_column(Petition, "addressee", "Till"),
        *field_columns(Petition, "names", "certainty", "source", "sent_on", "reply_due", "replied_on"),
        *text_columns(Petition, "reply"),
    ),
    rows=_petitions,
    models=(Petition,),
)

QUESTIONS_OUTSIDE: ExportTable[OutsideQuestion] = ExportTable(
    slug="brev-utanfor",
    title="Brev utanför samverkan",
    about="Brev till organisationer utanför samverkan, och vad de svarat.",
    columns=(
        *text_columns(OutsideQuestion, "subject"),
        field_column(OutsideQuestion, "text"),
        field_column(OutsideQuestion, "issue", "Sakfråga"),
        field_column(OutsideQuestion, "addressee", "Till"),
        *field_columns(OutsideQuestion, "sent_on", "reply_due", "replied_on"),
        *text_columns(OutsideQuestion, "reply"),
    ),
    rows=_questions,
    models=(OutsideQuestion,),
)
