"""How answers with options were divided in each wave, published by the same rule as in reports."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from actors.models import Collaboration
from ostberga.lib.privacy.small_numbers import NumberSpan, publish
from ostberga.lib.tables.table import CellType, ExportColumn, ExportTable, TableRows, listed_rows
from surveys.models import Answer, Question, Response, Wave
from surveys.rules.questions import DONT_KNOW, SCALE_VALUES, QuestionKind

NO_ANSWER = "(inget svar)"


@dataclass(frozen=True)
class OptionRow:
    """How many chose an option of a question in a wave, as it is published."""

    wave: Wave
    question: Question
    option: str
    span: NumberSpan


def _closed_answers(collaboration: Collaboration) -> TableRows[OptionRow]:
    closed = Wave.objects.filter(survey__collaboration=collaboration, closed_at__isnull=False)
    waves = closed.select_related("survey")
    return listed_rows([row for wave in waves.order_by("opens_on", "pk") for row in _wave_rows(wave, collaboration)])


def _wave_rows(wave: Wave, collaboration: Collaboration) -> Iterator[OptionRow]:
    """Yield the options of all questions in the wave, published together: they divide the same filled-in forms."""
    tables = list(_divided(wave))
    if not tables:
        return
    published = publish([list(counts.values()) for _, counts in tables], collaboration.minimum_group)
    for (question, counts), spans in zip(tables, published.tables, strict=True):
        for option, span in zip(counts, spans, strict=True):
            yield OptionRow(wave, question, option, span)


def _divided(wave: Wave) -> Iterator[tuple[Question, dict[str, int]]]:
    """Yield each question with options, and how the forms of the wave divide on them.

    Where several can be chosen, each option is a question of its own: chosen or not.
    """
    chosen: dict[int, Counter[str]] = defaultdict(Counter)
    # One person each, and before the wave was closed: of what comes one at a time, two files would tell the difference.
    people = Response.objects.of_people().filter(wave=wave, is_late=False)
    answers = Answer.objects.filter(response__in=people, text="").values_list("question", "choices")
    for question, choices in answers.iterator():
        chosen[question].update(choices)
    forms = people.count()
    for row in Question.objects.filter(pk__in=chosen).order_by("position", "pk"):
        labels = _labels(row)
        if row.kind == QuestionKind.SEVERAL_CHOICES:
            for value, label in labels.items():
                number = chosen[row.pk][value]
                yield row, {label: number, f"inte: {label}": forms - number}
        else:
            counts = {label: chosen[row.pk][value] for value, label in labels.items()}
            yield row, {**counts, NO_ANSWER: forms - sum(counts.values())}


def _labels(question: Question) -> dict[str, str]:
    if question.options:
        return {option["value"]: option["text"].get("sv", option["value"]) for option in question.options}
    return {value: "vet inte" if value == DONT_KNOW else value for value in SCALE_VALUES}


CLOSED_ANSWERS: ExportTable[OptionRow] = ExportTable(
    slug="svar-med-val",
    title="Svar på frågor med val",
    about="Hur många formulär som valde varje svar, i varje omgång som har stängt.",
    columns=(
        ExportColumn("Formulär", "Formulärets namn.", lambda row: str(row.wave.survey)),
        ExportColumn("Omgång", "Omgången.", lambda row: str(row.wave)),
        ExportColumn("Fråga", "Frågan.", lambda row: str(row.question)),
        ExportColumn("Svar", "Svarsvalet. Där flera får väljas räknas varje val för sig.", lambda row: row.option),
        ExportColumn("Antal", "Ett spann, så att ingen liten grupp går att räkna ut.", lambda row: row.span.words),
        ExportColumn("Minst", "Spannets lägsta tal.", lambda row: row.span.least, CellType.NUMBER),
        ExportColumn("Högst", "Spannets högsta tal; tomt när inget sägs.", lambda row: row.span.most, CellType.NUMBER),
    ),
    rows=_closed_answers,
    models=(Response, Answer, Question),
    left_out=(
        "Omgångar som är öppna. Två filer med några svar emellan skulle säga vad de svarade.",
        "Svar som kom efter att omgången stängde, av samma skäl, och utsagor från äldre material: de är inte formulär.",
        "Exakta antal. Grupper under den minsta storleken skrivs «färre än», andra i steg, som i rapporter.",
        "Vilka svar som hör ihop. Flera bakgrundsfrågor tillsammans kan peka ut någon.",
    ),
)
