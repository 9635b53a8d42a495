"""Which answers came at once, where a week is marked with very many; and when an address was found to be dead."""

import pytest
from django.core.cache import cache

from actors.letters import dead_addresses
from dialogue.batching import dialogue_batch
from surveys.models import Burst
from tests.anonymity.attack import PAIRS, Evidence, too_good, try_all, uuid_needles

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_the_mark_stands_after_all_answers_not_after_those_it_is_about(send):
    cache.clear()
    dialogue_batch.write()
    at_once = [send(number)[0] for number in range(PAIRS)]
    dialogue_batch.write()
    later = []
    for number in range(PAIRS):
        later.append(send(number)[0])
        dialogue_batch.write()
    evidence = Evidence()
    marks = [trace.signals["xmin"] for trace in evidence.versions("surveys_burst")]
    answers = [evidence.signals(uuid_needles(key))["last surveys_response alive xmin"] for key in at_once + later]

    assert Burst.objects.count() == 1
    assert min(marks) > max(answers)


def test_a_dead_address_is_no_sign_of_the_answer_before_it(send, addresses):
    answers = []
    for number, address in enumerate(addresses):
        answers.append(send(number)[0])
        dead_addresses.mark(address, "550 5.1.1")
        if number % 10 == 9:
            dialogue_batch.write()
    dialogue_batch.write()

    needles = [[address.encode()] for address in addresses]
    assert too_good(try_all([uuid_needles(key) for key in answers], needles)) == {}
