"""An answer to «Har det blivit bättre?», and the follower whose letter had the link."""

import random
import re

import pytest
from django.db import transaction
from django.utils import timezone

from actors.letters import sending
from actors.models import Letter
from dialogue.activities import activity_lifecycle
from dialogue.batching import dialogue_batch
from dialogue.followers import digest, news_collection
from dialogue.followers.better_questions import hash_token
from dialogue.models import BetterAnswer, Follower
from dialogue.rules.activities import ActivityState
from tests import factories as make
from tests.anonymity.attack import PAIRS, SEED, Evidence, too_good, try_all, uuid_needles

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.blank_by_chance]


@pytest.fixture
def tokens(lamps, ake, polisen, addresses):
    """Sixty followers' tokens, by address, from letters that have been sent."""
    with transaction.atomic():
        for address in addresses:
            follower = Follower.at(address, language="sv")
            follower.ask_for([lamps])
            follower.confirm()
    held = make.decision(lamps, ake, polisen, answer="approved")
    activity = make.activity(lamps, ake, held, state=ActivityState.RUNNING)
    make.commitment(activity, polisen, ake)
    activity_lifecycle.end(activity=activity, state=ActivityState.DONE, outcome={"sv": "Det lyser."}, by=ake)
    news_collection.collect_news()
    digest.send_digests(timezone.localtime().replace(hour=12))
    letters = list(Letter.objects.filter(kind="news"))
    found = {letter.to: re.findall(r"/battre/([\w-]+)/", letter.text)[0] for letter in letters}
    for letter in letters:
        sending.send(str(letter.pk))
    shuffled = list(found.items())
    random.Random(SEED).shuffle(shuffled)
    return dict(shuffled)


def answer_each(tokens, phone_of, batches):
    """Everybody answers in words of her own; what to look for on both sides."""
    for number, token in enumerate(tokens.values(), 1):
        phone_of(number).post(f"/battre/{token}/", {"svar": "yes", "ord": f"Ljusare vid port {number:02}."})
        if number % batches == 0:
            dialogue_batch.write()
    dialogue_batch.write()
    keys = {answer.words: answer.pk for answer in BetterAnswer.objects.all()}
    left = [uuid_needles(keys[f"Ljusare vid port {number:02}."]) for number in range(1, PAIRS + 1)]
    return left, [[address.encode(), hash_token(token).encode()] for address, token in tokens.items()]


@pytest.mark.parametrize("batches", [1, 7, PAIRS])
def test_nothing_links_an_answer_to_a_link_or_a_follower(tokens, phone_of, batches):
    assert too_good(try_all(*answer_each(tokens, phone_of, batches))) == {}


def test_answers_and_links_are_each_of_one_version(tokens, phone_of):
    answer_each(tokens, phone_of, 1)
    evidence = Evidence()

    for table in ("dialogue_betteranswer", "dialogue_betterinvite"):
        versions = evidence.versions(table)
        assert (len(versions), len({version.signals["xmin"] for version in versions})) == (2 * PAIRS, 1)
