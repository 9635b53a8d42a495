"""The reading queue: its order, and the position of a text in it."""

from surveys.coding import reading_queue
from surveys.models import Answer
from surveys.statements.sources import Source
from tests import factories as make


def test_all_that_one_person_wrote_stands_together_as_it_was_asked(ake, autumn):
    later = [make.question(autumn.survey, required=False) for _ in range(2)]
    for person in range(4):
        first = make.answer(autumn, f"{person}: a")
        for asked, letter in zip(reversed(later), "cb", strict=True):
            Answer.objects.create(response=first.response, question=asked, text=f"{person}: {letter}")
    wanted = reading_queue.QueueFilter(autumn)

    listed = reading_queue.list_page(wanted, 1)

    people = [text.preview[0] for text in listed]
    assert [text.preview[-1] for text in listed] == ["a", "b", "c"] * 4
    assert [people[place] for place in (0, 3, 6, 9) for _ in range(3)] == people
    sources = [Source(Answer.objects.get(pk=text.pk)) for text in listed]
    assert [reading_queue.count_before(wanted, source) for source in sources] == list(range(12))
