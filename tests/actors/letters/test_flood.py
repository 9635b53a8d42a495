"""Staff can not fill anybody's mailbox by pressing a button again and again."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.utils import timezone

from actors.letters import outbox
from actors.letters.flood import FOLLOWS, MOST_A_DAY, MOST_IN_ALL, UNNAMED
from actors.models import Letter
from actors.people import appointing
from actors.people.helping import roles as helper_roles
from actors.rules.helping import HelperTask
from dialogue.activities import commitments
from dialogue.external import outside_bodies
from dialogue.rules.activities import Part
from ostberga.lib.refusal import Refusal
from tests import clock
from tests import factories as make

# A kind as it is handed to the outbox, or to a function that hands it on together with the name of the template.
WRITTEN = re.compile(r'kind="([a-z]+-[a-z]+)"|"([a-z]+-[a-z]+)", "[a-z]+_[a-z]+"')
OF_NO_COLLABORATION = frozenset(
    ["account", "mandate-told", *(f"registry-{what}" for what in ("asked", "entry", "removal", "removed", "set"))]
)


def times(number, act):
    """Do something so many times, or until it is refused; returns the words of the refusal."""
    try:
        for again in range(number):
            act(again)
    except Refusal as refused:
        return str(refused)
    return ""


@pytest.fixture
def coders_task(ostberga, ake):
    return make.helper(ostberga, make.user("kim@ostberga.example"), HelperTask.CODING, ake)


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


@pytest.mark.parametrize("kind", sorted(MOST_A_DAY))
def test_no_kind_that_staff_cause_fills_a_mailbox_however_it_is_spelt(ostberga, ake, kind):
    spellings, (at_most, words) = ("amina@example.se", "a.mina@example.se", "Amina+1@example.se"), MOST_A_DAY[kind]

    def cause(number):
        context = {"user": ake}
        to = spellings[number % len(spellings)]
        outbox.write(kind=kind, to=to, template="account_closed", context=context, collaboration=ostberga)

    refusal = times(100, cause)
    assert Letter.objects.filter(kind=kind).count() == at_most
    assert f"{at_most} {words} det senaste dygnet. Vänta till i morgon" in refusal
    assert ("example.se" in refusal) == (kind not in UNNAMED)
    clock.start(clock.moment() + dt.timedelta(days=1, minutes=1))
    assert times(1, cause) == ""


def test_a_body_is_asked_and_the_question_taken_back_twenty_times_a_day(ake, talk, ostberga, trafikkontoret, tova):
    activity = make.activity(make.issue(talk), ake)

    def ask_and_withdraw(_):
        asked = commitments.ask(activity=activity, organisation=trafikkontoret, part=Part.PARTNER, what="Ljus.", by=ake)
        commitments.withdraw(commitment=asked, by=ake)

    assert "20 frågor om åtaganden" in times(40, ask_and_withdraw)
    assert Letter.objects.filter(to=tova.email, kind="commitment-asked").count() == 20


def test_a_task_can_be_ended_however_many_letters_its_holder_has_got(ake, coders_task):
    last = coders_task.ends_on

    def change(number):
        helper_roles.change_last_day(coders_task, ends_on=last - dt.timedelta(days=1 + number % 2), by=ake)

    assert "12 brev om uppdrag och namn" in times(20, change)
    helper_roles.end(coders_task, by=ake)
    assert (coders_task.is_over, Letter.objects.filter(kind="task-ended").count()) == (True, 1)


def test_every_kind_of_a_collaborations_letters_has_a_cap_or_follows_one_that_has():
    sources = [path.read_text() for app in ("actors", "dialogue", "reports") for path in Path(app).rglob("*.py")]
    written = {kind for text in sources for kinds in WRITTEN.findall(text) for kind in filter(None, kinds)}

    assert {"decision-moved", "meeting-called", "minutes-ready", "registry-asked"} <= written
    assert written - OF_NO_COLLABORATION - {*MOST_A_DAY, *FOLLOWS} == set()
    assert MOST_A_DAY.keys() & FOLLOWS.keys() == set()


def test_what_is_the_systems_own_has_no_such_limit(ostberga, ake):
    context = {"user": ake}

    def told(_):
        outbox.write(kind="account", to=ake.email, template="account_closed", context=context, collaboration=ostberga)

    assert times(40, told) == ""
