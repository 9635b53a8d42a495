"""The raw texts that statements were cut from, a few at a time, in the order of their random keys."""

from collections.abc import Iterator

from actors.models import Collaboration
from ostberga.lib.tables.table import ROWS_READ
from surveys.models import Answer, Interview
from surveys.statements.sources import Source

_WITH = ("statements__attachments",)


def coded_sources(collaboration: Collaboration) -> Iterator[Source]:
    """Yield answers in free text and conversations, each with its statements and their attachments."""
    answers = Answer.objects.filter(response__wave__survey__collaboration=collaboration).exclude(text="")
    for answer in answers.order_by("pk").prefetch_related(*_WITH).iterator(chunk_size=ROWS_READ):
        yield Source(answer)
    interviews = Interview.objects.filter(wave__survey__collaboration=collaboration).exclude(notes="")
    for interview in interviews.order_by("pk").prefetch_related(*_WITH).iterator(chunk_size=ROWS_READ):
        yield Source(interview)


def count_sources(collaboration: Collaboration) -> int:
    """Return how many they are."""
    answers = Answer.objects.filter(response__wave__survey__collaboration=collaboration).exclude(text="")
    interviews = Interview.objects.filter(wave__survey__collaboration=collaboration).exclude(notes="")
    return answers.count() + interviews.count()
