"""Which quotes stand beside an issue: of many people rather than many of one."""

import pytest

from dialogue.history import issue_story
from surveys.models import Attachment
from tests import factories as make
from tests.dialogue.lamps import build_lamps, make_quoted_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def lamps(talk, ake, autumn, trafikkontoret, polisen):
    return build_lamps(talk, ake, autumn)


def test_few_quotes_are_of_many_people(lamps, ake, autumn):
    first = make_quoted_statement(autumn, ake, "Mörkt vid porten.", lamps.light)
    for words in ("Mörkt i trappan.", "Mörkt på gården.", "Mörkt överallt."):
        more = make.statement(autumn, words, by=ake, answer=first.answer)
        Attachment.objects.create(statement=more, perspective=lamps.light, attached_by=ake)
    make_quoted_statement(autumn, ake, "Jag ser inte dem jag möter.", lamps.light)

    pair = issue_story.build_story(lamps.issue).current.quotes.opposites[0]

    shown = [quote.text for quote in pair.one.quotes]
    assert {"Sätt upp fler lampor.", "Jag ser inte dem jag möter."} < set(shown)
    assert [words.startswith("Mörkt") for words in shown].count(True) == 1
