"""A refusal says what is missing and survives being passed on."""

import pickle

from ostberga.lib.refusal import Refusal


def test_a_refusal_reads_as_its_message():
    refusal = Refusal("Det saknas ett beslut.", who="Trafikkontoret", link="/mitt/", code="no-decision")

    assert str(refusal) == "Det saknas ett beslut."
    assert (refusal.who, refusal.link, refusal.code) == ("Trafikkontoret", "/mitt/", "no-decision")


def test_a_refusal_keeps_all_it_says_through_a_queue():
    refusal = Refusal("Vågen är stängd.", who="Samordnaren", link="/mitt/", code="closed")

    again = pickle.loads(pickle.dumps(refusal))  # noqa: S301 - our own bytes

    assert vars(again) == vars(refusal)
