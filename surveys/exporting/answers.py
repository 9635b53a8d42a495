"""What was answered and noted, word for word, for those who may read raw text. An answer has its week only."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from actors.models import Collaboration
from ostberga.lib.tables.model_columns import field_column, listed
from ostberga.lib.tables.table import (
    Audience,
    CellType,
    ExportColumn,
    ExportTable,
    TableRows,
    mapped_rows,
    queryset_rows,
)
from surveys.models import Answer, Interview, Question, Response
from surveys.rules.questions import SCALE_VALUES

_NO_OWN_WORDS = (
    "Bakgrundsfrågor (roll, ålder, kön, tid i området). Bredvid ett svar kan de peka ut någon. "
    "Hur de fördelar sig står i filen Svar på frågor med val."
)


@dataclass(frozen=True)
class ReadAnswer:
    """An answer with its chosen options in words."""

    answer: Answer

    @property
    def choices(self) -> str:
        """The Swedish texts of the chosen options."""
        labels = {option["value"]: option["text"].get("sv", option["value"]) for option in self.answer.question.options}
        return listed(labels.get(value, _scale_word(value)) for value in self.answer.choices)


def _scale_word(value: str) -> str:
    return "vet inte" if value == SCALE_VALUES[-1] else value


def _answers(collaboration: Collaboration) -> TableRows[ReadAnswer]:
    ours = Answer.objects.filter(response__wave__survey__collaboration=collaboration)
    rows = ours.filter(question__background=Question.Background.NONE)
    rows = rows.select_related("response__wave__survey", "response__channel", "question")

    def prepare(answers: Iterable[Answer]) -> Iterator[ReadAnswer]:
        return (ReadAnswer(answer) for answer in answers)

    return mapped_rows(rows.order_by("pk"), prepare)  # by a random key


def _conversations(collaboration: Collaboration) -> TableRows[Interview]:
    rows = Interview.objects.filter(wave__survey__collaboration=collaboration)
    return queryset_rows(rows.select_related("wave__survey").order_by("pk"))  # by a random key


ANSWERS: ExportTable[ReadAnswer] = ExportTable(
    slug="svar",
    version=2,
    title="Svar",
    about="Svaren i formulär, ordagrant och omaskade. En rad för varje besvarad fråga.",
    audience=Audience.RAW_READERS,
    columns=(
        ExportColumn(
            "Formulärets nyckel",
            "Slumpad. Lika för svar i samma ifyllda formulär.",
            lambda row: str(row.answer.response_id),
        ),
        ExportColumn("Formulär", "Formulärets namn.", lambda row: str(row.answer.response.wave.survey)),
        field_column(Response, "wave", "Omgång", path="answer.response"),
        field_column(Response, "received_on", "Vecka", path="answer.response"),
        field_column(Response, "is_late", path="answer.response"),
        field_column(Response, "entry", path="answer.response"),
        field_column(Response, "channel", "Kanal", path="answer.response"),
        field_column(Response, "language", path="answer.response"),
        field_column(Answer, "question", "Fråga", path="answer"),
        ExportColumn(
            "Fritext",
            "Det som skrevs, ordagrant. Kan röja vem som skrev, eller någon annan.",
            lambda row: row.answer.text,
            CellType.LONG_TEXT,
        ),
        ExportColumn("Val", "Valda svar, med semikolon mellan.", lambda row: row.choices),
        field_column(Response, "note", path="answer.response"),
    ),
    rows=_answers,
    models=(Response, Answer),
    left_out=(
        _NO_OWN_WORDS,
        "Dag och klockslag. De sparas aldrig; bara måndagen i veckan.",
        "Vilken import ett svar kom med. Det skulle säga när det skrevs in.",
        "Kanalen när platsen är liten, och på en slumpad andel av de andra. Den sparas inte på svaret.",
        "Kvittokoder. De sparas bara som kontrollsummor.",
    ),
)

CONVERSATIONS: ExportTable[Interview] = ExportTable(
    slug="samtal",
    title="Samtal",
    about="Anteckningar från samtal, ordagrant och omaskade. En rad för varje samtal.",
    audience=Audience.RAW_READERS,
    columns=(
        ExportColumn("Nyckel", "Slumpad.", lambda row: str(row.pk)),
        ExportColumn("Formulär", "Formuläret som omgången hör till.", lambda row: str(row.wave.survey)),
        field_column(Interview, "wave", "Omgång"),
        field_column(Interview, "held_on"),
        field_column(Interview, "mode"),
        field_column(Interview, "place"),
        field_column(Interview, "language"),
        field_column(Interview, "notes"),
    ),
    rows=_conversations,
    models=(Interview,),
    left_out=(
        "Hur många av varje roll som var med. I ett enda samtal är de få, och kan pekas ut.",
        "Vem som skrev in samtalet. Kvittokoden sparas bara som kontrollsumma.",
    ),
)
