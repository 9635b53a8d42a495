"""The workbench with 5,000 statements against 100: the same number of queries, and hardly slower.

Run: python -m benchmarks.workbench
"""

import sys
from typing import Any

from benchmarks.size_comparison import compare, serve

FEW, MANY = 100, 5_000
PERSPECTIVES, THEMES = 60, 8


def build(size: int) -> str:
    """Create `size` unread answers and as many coded statements. Returns the coordinator's e-mail."""
    from surveys.codebook import perspectives, theme_editing
    from tests import factories as make

    place = make.collaboration()
    ake = make.user("samordnare@ostberga.example", name="Åke")
    make.coordinator(place, ake)
    wave = make.wave(make.survey(place))
    books = [
        perspectives.create_perspective(collaboration=place, title={"sv": f"Vi som tycker {number}"}, by=ake)
        for number in range(PERSPECTIVES)
    ]
    for number in range(THEMES):
        theme = theme_editing.create_theme(collaboration=place, title={"sv": f"Tema {number}"}, by=ake)
        for perspective in books[number::THEMES]:
            theme_editing.place(perspective=perspective, theme=theme, by=ake)
    _add_answers(size, wave, ake, books)
    return ake.email


def _add_answers(size: int, wave: Any, ake: Any, books: list[Any]) -> None:
    """Create all responses, answers, statements and attachments in bulk."""
    from django.utils import timezone

    from surveys.models import Answer, Attachment, Response, Statement

    question = wave.survey.questions.get()
    responses = [Response(wave=wave, submission_hash=f"s{n}", receipt_hash=f"r{n}") for n in range(2 * size)]
    words = [f"Parkbelysningen vid port {n} är trasig och ingen lagar den." for n in range(2 * size)]
    answers = [
        Answer(response=response, question=question, text=text) for response, text in zip(responses, words, strict=True)
    ]
    statements = [
        Statement(
            wave=wave,
            answer=answers[n],
            raw_text=words[n],
            text=words[n],
            role=("resident", "official")[n % 2],
            state=Statement.State.CONFIRMED,
            reviewed_by=ake,
            reviewed_at=timezone.now(),
        )
        for n in range(size)
    ]
    for model, rows in ((Response, responses), (Answer, answers), (Statement, statements)):
        model.objects.bulk_create(rows)  # type: ignore[attr-defined]
    Attachment.objects.bulk_create(
        Attachment(statement=statement, perspective=books[n % PERSPECTIVES], attached_by=ake)
        for n, statement in enumerate(statements)
    )


def addresses() -> dict[str, str]:
    """Return the pages to measure."""
    from django.urls import reverse

    from surveys.models import Answer, Perspective

    answer = Answer.objects.filter(statements__isnull=True).order_by("response__received_on", "pk").first()
    perspective = Perspective.objects.earliest("pk")
    assert answer is not None
    bench = reverse("coordinate:coding-source", args=["ostberga", "svar", answer.pk])
    listed = reverse("coordinate:statements", args=["ostberga"])
    return {
        "koda": bench,
        "sök perspektiv": f"{bench}?koppla=tycker",
        "utsagor": listed,
        "sök utsaga": f"{listed}?q=belysning+99",
        "perspektiv": reverse("coordinate:perspectives", args=["ostberga"]),
        "ett perspektiv": reverse("coordinate:perspective", args=["ostberga", perspective.pk]),
    }


if __name__ == "__main__":
    if len(sys.argv) > 1:
        serve(build, addresses, int(sys.argv[1]))
    else:
        pages = ("koda", "sök perspektiv", "utsagor", "sök utsaga", "perspektiv", "ett perspektiv")
        sys.exit(compare("benchmarks.workbench", pages, few=FEW, many=MANY))
