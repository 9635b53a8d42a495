"""Six people hold a meeting: from the call to locked minutes, and an objection goes all the way to who decides."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from actors.models import Letter
from dialogue.groups import forming, seating
from dialogue.models import Meeting, Proposal
from dialogue.rules.minutes_approval import Phase
from tests import factories as make
from tests.stories.meeting_hands import Chairing, Member, accept_seat

pytestmark = [pytest.mark.browser, pytest.mark.slow]
COMPUTER = {"viewport": {"width": 1280, "height": 800}, "is_mobile": False, "has_touch": False}
WE, RUT = "Vi som vill se vägen", "rut@example.se"
SEEN = "Två stolpar vid bron är släckta."
WISH = "Sätt upp sex lampor till vid bänken."
TASK = "Felanmäla stolparna vid bron."
WHY = "Ljuset får inte lysa in i sovrummen."


@pytest.fixture
def lamps(talk, ostberga, ake, trafikkontoret):
    """An issue at the step of working groups."""
    issue = make.issue(talk, "Lamporna", slug="lamporna", step=3)
    issue.links.create(perspective=make.perspective(ostberga, ake, WE), linked_by=ake)
    issue.concerned.create(organisation=trafikkontoret, why="Ljuset")
    return issue


@pytest.fixture
def eva():
    return make.user("fortroendevald@ostberga.example", name="Eva")


@pytest.fixture
def officials(tova, polly, trafikkontoret, polisen):
    """Each with her body."""
    return (("official", trafikkontoret, tova), ("official", polisen, polly))


@pytest.fixture
def group(lamps, ake, eva, officials):
    """Five seats; the sixth is Rut's."""
    group = forming.create_group(dialogue=lamps.dialogue, name="Ljus", mandate="Föreslå.", issues=[lamps], by=ake)
    for role, body, user in (
        *(("resident", None, None), ("resident", None, None), ("elected", None, eva)),
        *officials,
    ):
        seating.add_seat(group=group, role=role, organisation=body, user=user, by=ake)
    seating.appoint_chair(group=group, chair=group.seats.get(user=eva), by=ake)
    return group


@pytest.fixture
def ake_at_desk(lamps, ake, open_browser):
    return Chairing(open_browser(**COMPUTER), lamps, ake.email)


@pytest.fixture
def rut(ake_at_desk, group, open_browser):
    ake_at_desk.invite(group, RUT)
    return accept_seat(open_browser(), RUT)


@pytest.fixture
def chair(group, eva, open_browser):
    return Member(open_browser(**COMPUTER), eva.email)


@pytest.fixture
def official(group, tova, open_browser):
    return Member(open_browser(), tova.email)


@pytest.fixture
def meeting(ake_at_desk, group, rut):
    """Called for today: each with an address has a letter with a file for the calendar."""
    ake_at_desk.call(group, f"{timezone.localdate():%Y-%m-%d}")
    called = Letter.objects.filter(kind="meeting-called").exclude(calendar="")
    assert called.count() == 4
    return Meeting.objects.get()


@pytest.fixture
def amina_reads(open_browser):
    """What somebody without any account reads on her phone."""

    def read(path):
        page = open_browser()
        page.goto(path)
        return page.get_by_role("main").inner_text()

    return read


def write_together(chair, rut, tova, meeting):
    """Three write at once, and each sees what the others write."""
    chair.go_to(meeting)
    chair.press("Öppna protokollet")
    chair.write(SEEN)
    for member in (rut, tova):
        member.go_to(meeting)
        member.sees(SEEN)
    rut.write(WISH, key="Alt+2")
    promise = tova.write(TASK, key="Alt+3")
    promise.get_by_label("Vem tog på sig det?").select_option(label="Tjänsteperson 1, Trafikkontoret")
    promise.get_by_label("Klart senast").fill(f"{timezone.localdate():%Y-%m-%d}")
    tova.saved()
    chair.sees(WISH)
    chair.sees(TASK)


def hand_over(chair):
    """Who was there, and who is to approve."""
    there = ("Boende 1", "Boende 3", "Förtroendevald 1", "Tjänsteperson 1", "Tjänsteperson 2")
    chair.tick("Vilka är med?", *there)
    chair.tick("Vilka justerar?", "Boende 3", "Tjänsteperson 1")
    chair.press("Klart att justera")
    expect(chair.page.get_by_text("lämnat för justering").first).to_be_visible()


@pytest.fixture
def locked(chair, rut, official, meeting):
    """Written by three, objected to by one, approved by two."""
    write_together(chair, rut, official, meeting)
    rut.object_to(meeting.group, WHY)
    hand_over(chair)
    rut.approve(meeting)
    official.approve(meeting)
    meeting.refresh_from_db()
    return meeting


def test_six_people_meet_and_an_objection_goes_to_who_decides(locked, ake_at_desk, official, amina_reads):
    ake_at_desk.stand_behind(Proposal.objects.get(), WE, "Trafikkontoret")
    ake_at_desk.request_decision("Sätt upp sex lampor till vid bänken")
    official.page.goto(reverse("desk"))
    official.page.get_by_role("link", name="Sätt upp sex lampor").first.click()
    minutes = amina_reads(reverse("dialogue:meeting", args=["ostberga", locked.pk]))
    story = amina_reads(reverse("dialogue:issue", args=["ostberga", "lamporna"]))

    assert locked.phase == Phase.LOCKED
    assert [words in minutes for words in (SEEN, WISH, TASK)] == [True] * 3
    assert WHY in story
    assert [words in minutes + story for words in ("Rut", RUT, "Eva")] == [False] * 3
    expect(official.page.get_by_text(WHY).first).to_be_visible()
