"""An answer without a channel, and the small place that it may have come from."""

import random

import pytest

from dialogue.batching import dialogue_batch
from surveys.models import Response
from tests import factories as make
from tests.anonymity.attack import PAIRS, SEED, Evidence, uuid_needles

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.blank_by_chance]

OTHERS = 4 * PAIRS


def send_all(send, form, every):
    """Sixty answers from a stairwell among four times as many others, in a mixed order; a batch after every so many."""
    stairs, library = make.channel(form, label="Trappan", is_small=True), make.channel(form, label="Biblioteket")
    order = [stairs] * PAIRS + [library] * OTHERS
    random.Random(SEED).shuffle(order)
    from_stairs = set()
    for number, channel in enumerate(order, 1):
        key = send(number, channel)[0]
        if channel is stairs:
            from_stairs.add(key)
        if number % every == 0:
            dialogue_batch.write()
    dialogue_batch.write()
    return from_stairs


@pytest.mark.parametrize("every", [1, 10])
def test_an_empty_channel_is_as_likely_the_librarys(send, form, every):
    from_stairs = send_all(send, form, every)
    blank = list(Response.objects.filter(channel=None).values_list("pk", flat=True))
    evidence = Evidence()
    others = [t for t in evidence.traces if "surveys_response" not in t.where and "surveys_answer" not in t.where]
    written = {trace.signals["xmin"] for trace in others if "xmin" in trace.signals}
    told = {key: evidence.signals(uuid_needles(key)) for key in blank}
    share, chance = PAIRS / len(blank), random.Random(SEED)

    assert len(blank) > PAIRS + 20
    for name in sorted({name for signals in told.values() for name in signals}):
        for near in (0, 1):  # those beside another row's version first, or in order of the signal alone
            ranked = sorted(
                blank,
                key=lambda key: (
                    near and _gap(told[key].get(name, 0), written),
                    told[key].get(name, 0),
                    chance.random(),
                ),
            )
            right = len(from_stairs & set(ranked[:PAIRS]))
            spread = (PAIRS * share * (1 - share)) ** 0.5
            assert abs(right - PAIRS * share) < 5 * spread, name


def _gap(version, written):
    """How far after an answer the next row of another table was written; 0 when in the same act."""
    return min((other - version for other in written if other >= version), default=10**9)
