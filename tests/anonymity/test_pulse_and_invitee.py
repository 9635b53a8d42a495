"""An answer to the pulse, and the link and the address of whom it was sent to."""

import datetime as dt
import itertools
import random
import re

import pytest
from django.utils import timezone

from actors.models import Letter
from dialogue.batching import dialogue_batch
from dialogue.models import PulseAnswer
from dialogue.pulse import pulse_answers, pulses
from dialogue.rules.pulse_questions import QUESTIONS
from ostberga.lib.web.secret_links import token_hash
from tests import factories as make
from tests.anonymity.attack import PAIRS, SEED, Evidence, too_good, try_all, uuid_needles

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.blank_by_chance]


@pytest.fixture
def asked(ostberga, ake, trafikkontoret):
    """Sixty who work in a body, and the token in the letter to each."""
    for number in range(PAIRS):
        make.official(make.user(f"handlaggare{number:02}@ostberga.example"), trafikkontoret)
    closes = timezone.localdate() + dt.timedelta(days=14)
    pulses.open_pulse(collaboration=ostberga, closes_on=closes, by=ake)
    letters = list(Letter.objects.filter(kind="pulse"))
    random.Random(SEED).shuffle(letters)
    return {letter.to: re.findall(r"/puls/([\w-]+)/", letter.text)[0] for letter in letters}


def answer_each(asked, batches):
    """Everybody answers in a way of her own, and batches are written after so many; what to look for on both sides."""
    left, right = [], []
    combinations = itertools.product((1, 2, 3, 4), repeat=len(QUESTIONS))
    given = [dict(zip(QUESTIONS, values, strict=True)) for values in itertools.islice(combinations, len(asked))]
    for number, (token, answers) in enumerate(zip(asked.values(), given, strict=True), 1):
        pulse_answers.answer(token=token, answers=answers)
        if number % batches == 0:
            dialogue_batch.write()
    dialogue_batch.write()
    keys = {frozenset(answer.answers.items()): answer.pk for answer in PulseAnswer.objects.all()}
    for (address, token), answers in zip(asked.items(), given, strict=True):
        left.append(uuid_needles(keys[frozenset(answers.items())]))
        right.append([address.encode(), token_hash(pulse_answers.LINK, token).encode()])
    return left, right


@pytest.mark.parametrize("batches", [1, 7, PAIRS])
def test_nothing_links_an_answer_to_a_link_or_an_address(asked, batches):
    assert too_good(try_all(*answer_each(asked, batches))) == {}


def test_no_deleted_link_remains_and_all_answers_are_of_one_version(asked):
    answer_each(asked, 1)
    evidence = Evidence()

    assert evidence.versions("dialogue_pulseinvite") == []
    assert len({version.signals["xmin"] for version in evidence.versions("dialogue_pulseanswer")}) == 1
