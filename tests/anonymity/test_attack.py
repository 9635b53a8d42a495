"""The attack finds what there is to find: without the waiting table it links everybody."""

import pytest
from django.db import transaction
from django.utils import timezone

from actors.models import User
from dialogue.models import Follower
from tests.anonymity.attack import PAIRS, most_by_chance, too_good, try_all, uuid_needles

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.blank_by_chance]


def follow_at_once(address, issue):
    """Follow without a batch, in a transaction of its own."""
    with transaction.atomic():
        Follower.at(address, language="sv").ask_for([issue])


def test_followers_written_at_once_are_all_found(send, addresses, lamps):
    answers = []
    for address in addresses:
        answers.append(send()[0])
        follow_at_once(address, lamps)
    guesses = try_all([uuid_needles(key) for key in answers], [[address.encode()] for address in addresses])

    assert max(too_good(guesses).values()) == PAIRS


def test_positions_settled_one_by_one_are_all_found(members, draft):
    """As they were kept before: a row for each, when it is given."""
    for number, user in enumerate(members):
        User.objects.filter(pk=user.pk).update(last_login=timezone.now())
        draft.positions.create(role="resident", stance="objection", reason=f"Skäl nummer {number:02}.")
    reasons = [[f"Skäl nummer {number:02}.".encode()] for number in range(PAIRS)]

    assert max(too_good(try_all(reasons, [[user.email.encode()] for user in members])).values()) == PAIRS


def test_what_the_queue_has_held_is_found_in_its_file(send, addresses, queue_on_disk):
    answers = []
    for address in addresses:
        answers.append(send()[0])
        queue_on_disk.lpush("waiting", address)
    guesses = try_all([uuid_needles(key) for key in answers], [[address.encode()] for address in addresses])

    assert max(right for name, right in guesses.items() if "queue" in name) == PAIRS


def test_a_dead_row_is_found(send, addresses, lamps):
    """Rewriting the rows is not enough: what they were before says all until VACUUM."""
    answers = []
    for address in addresses:
        answers.append(send()[0])
        follow_at_once(address, lamps)
    Follower.objects.update(wish="result")
    guesses = try_all([uuid_needles(key) for key in answers], [[address.encode()] for address in addresses])

    found = max(right for name, right in guesses.items() if "dialogue_follower version" in name)
    assert found > most_by_chance()  # not all: PostgreSQL prunes some dead rows by itself
