"""Staff can not fill anybody's mailbox by pressing a button again and again."""

import datetime as dt

import pytest
from django.utils import timezone

from actors.letters import outbox
from actors.letters.flood import MOST_A_DAY, MOST_IN_ALL
from actors.models import Letter
from actors.people import appointing
from dialogue.external import outside_bodies
from ostberga.lib.refusal import Refusal
from tests import clock
from tests import factories as make


def times(number, act):
    """Do something so many times, or until it is refused; returns the words of the refusal."""
    try:
        for again in range(number):
            act(again)
    except Refusal as refused:
        return str(refused)
    return ""


@pytest.fixture
def ask_outside(ostberga, ake, talk):
    """Asks a body outside the collaboration, at an address that the coordinator types."""
    addressee = make.organisation("Storstockholms Lokaltrafik", short_name="SL", slug="sl")
    ostberga.addressees.create(organisation=addressee, about={"sv": "Kör bussarna."})
    issue, today = make.issue(talk), timezone.localdate()
    words = {"issue": issue, "addressee": addressee, "by": ake, "subject": {"sv": "Bussar"}, "text": "Varför?"}
    return lambda email: outside_bodies.send_question(**words, email=email, sent_on=today, reply_due=today)


def test_the_controllers_registry_is_asked_again_five_times_a_day(ake, tova, ostberga, registry):
    proposal = appointing.propose(collaboration=ostberga, user=tova, role="coordinator", reason="", by=ake)

    assert registry in times(20, lambda _: appointing.ask_again(proposal, by=ake))
    assert Letter.objects.filter(to=registry, kind="appointment-asked").count() == MOST_A_DAY["appointment-asked"][0]
    clock.start(clock.moment() + dt.timedelta(days=1, minutes=1))
    assert times(1, lambda _: appointing.ask_again(proposal, by=ake)) == ""


def test_one_address_outside_gets_a_few_questions_a_day(ask_outside):
    assert "Vänta till i morgon" in times(20, lambda _: ask_outside("nagon@annan.example"))
    assert Letter.objects.filter(to="nagon@annan.example").count() == MOST_A_DAY["outside-asked"][0]


def test_all_addresses_outside_together_too(ask_outside):
    assert "Vänta till i morgon" in times(40, lambda number: ask_outside(f"n{number}@annan.example"))
    assert Letter.objects.filter(kind="outside-asked").count() == MOST_IN_ALL["outside-asked"]


def test_what_is_the_systems_own_has_no_such_limit(ostberga, ake):
    context = {"user": ake}

    def told(_):
        outbox.write(kind="account", to=ake.email, template="account_closed", context=context, collaboration=ostberga)

    assert times(40, told) == ""
