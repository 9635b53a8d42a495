"""A receipt and its answer: whoever holds the slip finds the answer, as is meant; nobody else finds the slip."""

import hashlib

import pytest

from surveys.models import Response
from tests.anonymity.attack import PAIRS, Evidence, most_by_chance, too_good, try_all, uuid_needles

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.blank_by_chance]


@pytest.fixture
def sent(send):
    """Sixty answers: the key of each, and the code of its receipt."""
    return [send(number) for number in range(PAIRS)]


def test_no_code_is_written_anywhere(sent):
    content = b"\n".join(trace.content for trace in Evidence().traces)

    assert [code for _, code in sent if code.encode() in content] == []


def test_codes_in_any_order_are_not_those_of_the_answers(sent):
    hashes = dict(Response.objects.values_list("pk", "receipt_hash"))
    by_code, by_hash = sorted(code for _, code in sent), sorted(hashes.values())
    guessed = dict(zip(by_code, by_hash, strict=True))
    plain = {hashlib.sha256(code.encode()).hexdigest() for _, code in sent}

    assert sum(guessed[code] == hashes[key] for key, code in sent) <= most_by_chance()
    assert plain & set(hashes.values()) == set()


def test_the_hash_of_the_receipt_tells_nothing_of_the_sending(sent):
    """The row holds both hashes; neither is found in another row, in a file or in a letter."""
    rows = list(Response.objects.values_list("pk", "receipt_hash", "submission_hash"))
    places = {
        trace.where.split()[0]
        for trace in Evidence().traces
        for _, receipt, submission in rows
        if receipt.encode() in trace.content or submission.encode() in trace.content
    }

    assert places == {"surveys_response"}


def test_an_answer_is_not_found_by_the_order_of_codes(sent):
    in_order = sorted(sent, key=lambda row: row[1])
    guesses = try_all([uuid_needles(key) for key, _ in in_order], [[b"\0" + code.encode()] for _, code in in_order])

    assert too_good(guesses) == {}
