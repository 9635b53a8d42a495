"""Sixty people, and a queue that writes all it holds to disk."""

import uuid

import pytest

from ostberga.lib.servers.redis_client import redis_client
from surveys.collecting import receiving
from surveys.models import Response
from surveys.rules.questions import AnswerValue
from tests import factories as make
from tests.anonymity.attack import PAIRS
from tests.flushing import truncate


@pytest.fixture(autouse=True)
def _no_dead_rows(transactional_db):
    """Other tests leave dead rows, which the attack would read."""
    truncate()


@pytest.fixture(autouse=True)
def queue_on_disk(tmp_path):
    """The queue keeps an append-only file for the test, which is the worst case: by itself it keeps none."""
    client = redis_client()
    client.config_set("appendonly", "yes")
    yield client
    client.config_set("appendonly", "no")


@pytest.fixture
def lamps(talk):
    return make.issue(talk, "Belysning", slug="belysning")


@pytest.fixture
def send(autumn, form):
    """Return a function that stores an answer and returns its row's key and the receipt's code."""
    question = form.questions.get().pk

    def send_one(number=0, channel=None):
        receipt = receiving.receive(
            wave=autumn,
            submission=uuid.uuid4(),
            channel=channel or form.channels.get(is_web=True),
            language="sv",
            answers={question: AnswerValue(f"Mer ljus vid port {number}.")},
        )
        return Response.objects.get(receipt_hash=receiving.receipt_hash(receipt.code)).pk, receipt.code

    return send_one


@pytest.fixture
def addresses():
    """The addresses of sixty people."""
    return [f"boende{number:02}@example.se" for number in range(PAIRS)]


@pytest.fixture
def phone_of(browse):
    """Return a function that gives each of many people a phone with an address of its own."""
    return lambda number: browse(REMOTE_ADDR=f"10.0.{number}.1")


@pytest.fixture
def members(talk, ake, lamps):
    """Sixty members with accounts, in the order in which they will answer."""
    group = make.group(talk, ake, lamps, roles=("elected",))
    users = [make.user(f"medlem{number:02}@ostberga.example") for number in range(PAIRS)]
    for number, user in enumerate(users):
        place = {"role": "resident", "number": number + 1, "since": group.started_on, "reason": f"Plats {number:02}."}
        group.seats.create(user=user, **place)
    return users


@pytest.fixture
def draft(members, lamps, talk, ake):
    group = lamps.groups.get()
    meeting = make.meeting(group, ake, approved_on=None)
    draft = make.proposal(lamps, ake, meeting=meeting, stands_since=None, agreed_at=None, dissent="")
    draft.sides.create(perspective=make.perspective(talk.collaboration, ake), side="answers")
    return draft
