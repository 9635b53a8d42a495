"""The same answer submitted concurrently is stored once."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogue.batching import dialogue_batch
from surveys.collecting import receiving
from surveys.models import Answer, Channel, Response
from surveys.rules.questions import AnswerValue

THREADS = 8
ROUNDS = 5


def send(wave, channel, key, answers, gate=None):
    try:
        if gate:
            gate.wait()
        return receiving.receive(wave=wave, submission=key, channel=channel, language="sv", answers=answers)
    finally:
        if gate:
            connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_double_tap_that_reaches_two_servers_at_once_is_stored_once(form, autumn):
    answers = {form.questions.get().pk: AnswerValue("Mer ljus.")}
    for number in range(1, ROUNDS + 1):
        gate, key = threading.Barrier(THREADS), uuid.uuid4()
        with ThreadPoolExecutor(THREADS) as phones:
            sent = [phones.submit(send, autumn, form.channels.get(), key, answers, gate) for _ in range(THREADS)]
            receipts = [future.result() for future in sent]

        assert (Response.objects.count(), Answer.objects.count()) == (number, number)
        assert len({receipt.code for receipt in receipts}) == 1
        assert sorted(receipt.is_new for receipt in receipts) == [False] * (THREADS - 1) + [True]


@pytest.mark.django_db(transaction=True)
def test_a_stairwell_counts_a_double_tap_once(form, autumn):
    Channel.objects.update(is_small=True)
    answers = {form.questions.get().pk: AnswerValue("Mer ljus.")}
    gate, key = threading.Barrier(THREADS), uuid.uuid4()
    with ThreadPoolExecutor(THREADS) as phones:
        list(phones.map(lambda _: send(autumn, form.channels.get(), key, answers, gate), range(THREADS)))

    dialogue_batch.write()
    assert Channel.objects.get().counted == 1


def test_an_error_that_is_not_a_resend_is_not_taken_for_one(form, autumn):
    with pytest.raises(IntegrityError):
        receiving.receive(
            wave=autumn, submission=uuid.uuid4(), channel=form.channels.get(), language="sv", entry="fax", answers={}
        )


texts = st.text(max_size=80).filter(lambda text: "\x00" not in text)


# Nothing is left between the examples: the test empties the table itself.
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(keys=st.lists(st.tuples(st.uuids(), texts), max_size=8))
def test_as_many_are_stored_as_differ_in_key_or_words(form, autumn, keys):
    Response.objects.all().delete()
    question, channel = form.questions.get().pk, form.channels.get()
    codes = {send(autumn, channel, key, {question: AnswerValue(words)}).code for key, words in keys + keys}

    assert Response.objects.count() == len(set(keys)) == len(codes)
