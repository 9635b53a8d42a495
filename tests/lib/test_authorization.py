"""A right is asked by the same QuerySet as the pages list by, and a no says what is missing and who can help."""

import pytest

from actors.models import Collaboration
from actors.rules.rights import COORDINATE, SPEAK_FOR
from ostberga.lib.authorization import Right, require
from ostberga.lib.refusal import Refusal
from tests import factories as make


def test_the_coordinator_has_the_right_and_one_question_is_asked(ake, form, count_queries):
    assert count_queries(lambda: require(ake, COORDINATE, form)) == 1


def test_a_coordinator_of_another_place_does_not(ake, stranger, form):
    make.coordinator(make.collaboration("annanstans"), stranger)

    with pytest.raises(Refusal) as no:
        require(stranger, COORDINATE, form)

    assert no.value.code == "may_not"
    assert (no.value.message, no.value.who) == (COORDINATE.missing, COORDINATE.who)


def test_a_right_ends_with_the_appointment_and_with_the_account(ake, ostberga):
    assert COORDINATE.covers(ake, ostberga)
    ake.is_active = False
    assert not COORDINATE.covers(ake, ostberga)

    ake.is_active = True
    ostberga.appointments.update(started_on="2026-01-01", ended_on="2026-01-01")
    assert not COORDINATE.covers(ake, ostberga)


def test_somebody_in_a_body_speaks_for_its_partnership_and_no_other(tova, ostberga, trafikkontoret, polisen):
    own, other = (ostberga.partnerships.get(organisation=body) for body in (trafikkontoret, polisen))

    assert (SPEAK_FOR.covers(tova, own), SPEAK_FOR.covers(tova, other)) == (True, False)


def test_a_right_to_a_kind_of_row_that_it_does_not_cover_is_a_mistake_in_the_code(ake, ostberga):
    with pytest.raises(AttributeError):
        Right("watered_by", missing="", who="").covers(ake, Collaboration.objects.get())
