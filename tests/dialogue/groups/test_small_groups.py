"""No page, letter or paper tells what somebody in a small role thinks, and nobody's no is lost."""

import re
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from actors.models import Letter, User
from dialogue.groups import open_positions, proposing, taking_positions
from dialogue.groups.open_positions import GivenPosition
from dialogue.letters import to_officials
from dialogue.meetings import approving, minutes_document
from dialogue.models import Activity, Meeting, PartDecision, Proposal, Seat
from tests import factories as make

NOISE = "Ljuset stör sömnen i bottenvåningen."
CARE = "Bara om lamporna riktas nedåt."
DRAFT: dict[str, Any] = {"stands_since": None, "agreed_at": None, "dissent": ""}
ROLE_WORDS = ("boende", "förtroendevald", "tjänsteperson", "trafik")


@dataclass
class Group:
    """Two residents, one elected and one official: every role is so small that it points at somebody."""

    proposal: Proposal
    meeting: Meeting
    activity: Activity
    part: PartDecision
    people: dict[str, User]

    def pages(self, browse):
        """Every page that tells of the proposal, by who reads it."""
        issue, proposal = self.proposal.issue, self.proposal.pk
        here = ["ostberga", self.activity.pk], ["ostberga", proposal]
        return {
            "issue": browse().get(issue.get_absolute_url()).text,
            "activity": browse().get(reverse("dialogue:activity", args=here[0])).text,
            "decider": browse(self.people["official"]).get(self.part.get_absolute_url()).text,
            "member": browse(self.people["elected"]).get(reverse("my-position", args=[proposal])).text,
            "workshop": browse(self.people["ake"]).get(reverse("coordinate:proposal", args=here[1])).text,
        }


@pytest.fixture
def small(ready, ake, tova, trafikkontoret):
    """A resident objects, the official has a reservation; the group stands behind it all the same."""
    group = make.group(ready.dialogue, ake, ready)
    elected, resident = make.user("vald@example.se"), make.user("boende@example.se")
    people = {"ake": ake, "official": tova, "elected": elected, "resident": resident}
    group.seats.create(role="resident", number=2, since=group.started_on, user=people["resident"])
    for role in ("official", "elected"):
        group.seats.filter(role=role).update(user=people[role])
    meeting = make.meeting(group, ake, approved_on=None)
    draft = make.proposal(ready, ake, meeting=meeting, stands_since=None, agreed_at=None, dissent="")
    draft.sides.create(perspective=ready.perspectives.first(), side="answers")
    seats = {(seat.role, seat.number): seat for seat in group.seats.all()}
    say = partial(taking_positions.take_position, proposal=draft, meeting=meeting)
    say(seat=seats["resident", 1], stance="consent", by=ake)
    say(seat=seats["resident", 2], stance="objection", reason=NOISE, by=people["resident"])
    say(seat=seats["official", 1], stance="reserved", reason=CARE, by=tova)
    say(seat=seats["elected", 1], stance="consent", by=people["elected"])
    return _carried(draft, meeting, trafikkontoret, people)


def _carried(draft, meeting, body, people):
    for seat in meeting.adjusters.all():
        approving.approve(meeting=meeting, seat=seat, by=seat.holder or people["ake"])
    proposing.stand_behind(proposal=draft, meeting=meeting, dissent="", by=people["ake"])
    decision = make.decision(draft.issue, people["ake"], body, proposal=draft)
    activity = make.activity(draft.issue, people["ake"], decision)
    make.commitment(activity, body, people["ake"])
    return Group(draft, meeting, activity, decision.parts.get(), people)


def told_on(page):
    """The words of that part of the page which tells of positions."""
    parts = re.findall(r'<div class="positions.*?</div>', page, re.DOTALL)
    return [strip_tags(part).lower() for part in parts]


@pytest.mark.parametrize("which", ["issue", "activity", "decider", "member", "workshop"])
def test_every_page_tells_the_no_and_none_tells_whose(small, browse, which):
    page = small.pages(browse)[which]
    told = told_on(page)

    assert [(NOISE.lower() in text, CARE.lower() in text) for text in told] == [(True, True)]
    assert (page.count(NOISE), [word for word in ROLE_WORDS if word in told[0]]) == (1, [])


def test_her_own_page_says_what_she_thinks_until_the_group_has_treated_it(small, ready, browse, ake):
    elected, draft = small.people["elected"], make.proposal(ready, ake, meeting=small.meeting, **DRAFT)
    seat = small.proposal.group.seats.get(user=elected)
    taking_positions.take_position(proposal=draft, seat=seat, stance="reserved", reason=CARE, by=elected)
    addresses = [reverse("my-position", args=[proposal.pk]) for proposal in (draft, small.proposal)]
    pages = [browse(elected).get(address).text for address in addresses]

    assert ["checked" in page for page in pages] == [True, False]
    assert "Vad varje plats svarade sparas inte längre" in pages[1]


def test_she_who_decides_is_told_of_the_no_before_her_answer(small, browse):
    page = small.pages(browse)["decider"]

    assert page.index("Läs dem innan du svarar") < page.index("Ert svar") < page.index(NOISE)


def test_the_minutes_tell_the_reasons_without_roles(small, amina):
    told = minutes_document.build_minutes(small.meeting, public=True).stands

    assert {reason.reason for stand in told for reason in stand.reasons} == {NOISE, CARE}
    assert {reason.role for stand in told for reason in stand.reasons} == {""}


def test_the_letter_says_that_there_are_objections_but_not_whose(small):
    to_officials.ask_for_decision(small.part.decision)
    text = Letter.objects.get(kind="decision-asked").text

    assert "Någon i gruppen har invändningar; de står på sidan med sina skäl." in text
    assert (NOISE in text, CARE in text) == (False, False)


def test_from_three_in_a_role_it_is_told_by_role(small, ready, ake, amina):
    group = make.group(ready.dialogue, ake, ready, roles=("resident",))
    group.seats.bulk_create(Seat(group=group, role="resident", number=number) for number in (2, 3))
    draft = make.proposal(ready, ake, meeting=make.meeting(group, ake), stands_since=None, agreed_at=None)
    draft.sides.create(perspective=ready.perspectives.first(), side="answers")
    for seat, stance in zip(group.seats.all(), ("consent", "consent", "objection"), strict=True):
        taking_positions.take_position(
            proposal=draft, seat=seat, stance=stance, reason="Dyrt." * (stance != "consent"), by=ake
        )
    proposing.stand_behind(proposal=draft, meeting=group.meetings.get(), dissent="", by=ake)

    assert any("boende: 2 samtycke, 1 invändning" in text for text in told_on(amina.get(ready.get_absolute_url()).text))


def test_while_they_come_in_no_role_is_told_to_anybody(small, ready, browse, ake):
    draft = make.proposal(ready, ake, meeting=small.meeting, stands_since=None, agreed_at=None, dissent="")
    for seat in small.proposal.group.seats.all():
        open_positions.add(draft, GivenPosition(seat.pk, None, "objection", NOISE))
    pages = [
        browse(ake).get(reverse("coordinate:proposal", args=["ostberga", draft.pk])).text,
        browse(small.people["elected"]).get(reverse("my-group", args=[draft.group_id])).text,
    ]

    assert [[word for word in ROLE_WORDS if word in told_on(page)[0]] for page in pages] == [[], []]


def test_who_took_a_stand_and_when_is_not_listed_beside_the_reasons(small, browse, ake):
    page = browse(ake).get(reverse("coordinate:group", args=["ostberga", small.proposal.group_id])).text

    assert ("ställningstagande" in page, "skrev in att gruppen står bakom" in page) == (False, True)
