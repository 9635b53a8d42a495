"""A body leaves, goes up in another or is split: what is open is handed over or ended, and no right follows along."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.letters.flood import MOST_A_DAY
from actors.models import BodySuccession, Invitation, Letter, Mandate
from dialogue.activities import commitments
from dialogue.decisions import answering
from dialogue.groups import open_positions, taking_positions
from dialogue.leaving import bodies
from dialogue.leaving.bodies import Departure
from dialogue.models import Commitment, PartDecision, Seat
from dialogue.rules.activities import ActivityState, Part, Reply
from dialogue.rules.decisions import PartState
from ostberga.lib.refusal import Refusal
from tests import factories as make
from tests.dialogue.groups.positions import DRAFT

TODAY = timezone.localdate()
YES = answering.DecisionFacts(delegation_item="4.2")


@pytest.fixture
def other(ostberga):
    body = make.organisation("Parkförvaltningen")
    make.partnership(ostberga, body)
    return body


def hand_over(busy, ake, ending=Departure.MERGED, **more):
    given = {"reason": "Nämnden har beslutat det.", "heirs": {}, "on": TODAY}
    bodies.hand_over_body(partnership=busy, ending=ending, by=ake, **{**given, **more})


def test_a_last_day_ahead_is_refused_since_everything_is_handed_over_now(busy, ake, browse):
    tomorrow = TODAY + dt.timedelta(days=1)
    address = reverse("coordinate:partner-leave", args=["ostberga", busy.pk])
    page = browse(ake).post(address, {"ending": "left", "on": tomorrow, "reason": "Uppdraget är slut."})

    assert (page.status_code, "Dagen har inte kommit." in page.text) == (422, True)
    with pytest.raises(Refusal, match="Dagen har inte kommit"):
        hand_over(busy, ake, Departure.LEFT, on=tomorrow)
    assert open_part()


def open_part():
    return PartDecision.objects.open().get()


def test_all_that_follows_is_told_before(busy, ake, browse):
    page = browse(ake).get(reverse("coordinate:partner-leave", args=["ostberga", busy.pk])).text

    told = ("Plats i ", "Fler lampor i årets plan", "Byt 22 lampor", "Mandat: Tova", "registrator bekräftar på nytt")
    assert [words for words in told if words not in page] == []


def test_what_came_after_the_page_was_opened_is_listed_before_anything_ends(busy, ready, ake, trafikkontoret, browse):
    address = reverse("coordinate:partner-leave", args=["ostberga", busy.pk])
    listed = browse(ake).get(address).context["form"].listed
    later = make.decision(ready, ake, trafikkontoret, title={"sv": "Kom medan sidan var öppen"})
    typed = {
        "ending": Departure.LEFT,
        "on": f"{TODAY}",
        "reason": "Uppdraget är slut.",
        "listat": listed,
        "confirmed": "on",
    }

    page = browse(ake).post(address, typed)

    later.refresh_from_db()
    assert (page.status_code, "Kom medan sidan var öppen" in page.text) == (422, True)
    assert (later.outcome, PartDecision.objects.open().count()) == ("pending", 2)
    browse(ake).post(address, typed | {"listat": page.context["form"].listed})
    assert PartDecision.objects.open().count() == 0


def test_a_merged_body_hands_over_and_keeps_its_history(busy, ake, heir, trafikkontoret, browse):
    hand_over(busy, ake, otherwise=heir)

    assert open_part().organisation == heir
    assert PartDecision.objects.get(answer=PartState.APPROVED).answered_as == trafikkontoret.name
    assert [(seat.organisation, seat.until) for seat in Seat.objects.filter(role="official").order_by("number")] == [
        (trafikkontoret, TODAY),
        (heir, None),
    ]
    left, asked = Commitment.objects.order_by("pk")
    assert (left.reply, asked.reply, asked.organisation) == (Reply.LEFT, Reply.ASKED, heir)
    assert left.activity.state == ActivityState.PAUSED
    page = browse().get(reverse("actors:partners", args=["ostberga"])).text
    told = f"<span>{trafikkontoret.name}.</span> Enligt samordnaren: <span>Nämnden har beslutat det.</span>"
    assert ("tar över efter" in page, told in " ".join(page.split())) == (True, True)


def test_who_is_moved_to_a_new_seat_has_one_position(busy, ready, ake, tova, heir):
    seat = Seat.objects.get(role="official")
    draft = make.proposal(ready, ake, meeting=make.meeting(seat.group, ake), **DRAFT)
    taking_positions.take_position(proposal=draft, seat=seat, stance="objection", reason="Det bländar.", by=tova)
    hand_over(busy, ake, otherwise=heir)

    new = Seat.objects.get(role="official", until=None)
    assert [(given.seat, given.stance) for given in open_positions.read(draft)] == [(new.pk, "objection")]


def test_nobody_may_answer_for_the_new_body_before_it_has_said_so(busy, ake, tova, heir):
    hand_over(busy, ake, otherwise=heir)

    with pytest.raises(Refusal):
        answering.answer(part=open_part(), answer=PartState.APPROVED, facts=YES, by=tova)
    assert not Mandate.objects.filter(organisation=heir, confirmed_at__isnull=False).exists()
    assert {mandate.until for mandate in tova.mandates.all()} == {TODAY}
    assert not tova.affiliations.filter(organisation=heir).exists()
    invited = Invitation.objects.get(organisation=heir)
    assert (invited.email, "delegation" in invited.scopes) == (tova.email, True)


def test_a_body_that_leaves_without_heir_ends_everything(busy, ake, tova):
    hand_over(busy, ake, Departure.LEFT)

    assert not PartDecision.objects.open().exists()
    assert not Seat.objects.filter(organisation=busy.organisation, until=None).exists()
    assert [commitment.reply for commitment in Commitment.objects.all()] == [Reply.LEFT]
    assert {mandate.until for mandate in tova.mandates.all()} == {TODAY}
    assert not BodySuccession.objects.exists()


def test_a_question_that_is_asked_anew_is_withdrawn_before_the_one_it_reconsiders(busy, ake, ready, trafikkontoret):
    make.decision(ready, ake, trafikkontoret, supersedes=open_part().decision)
    hand_over(busy, ake, Departure.LEFT)

    assert not PartDecision.objects.open().exists()


def test_a_split_body_gives_each_thing_to_its_heir_from_the_page(busy, ake, heir, other, browse):
    seat, part = Seat.objects.get(role="official"), open_part()
    typed = {"ending": "split", "on": TODAY, "reason": "Delas.", "otherwise": heir.pk, f"plats-{seat.pk}": other.pk}
    browse(ake).post(reverse("coordinate:partner-leave", args=["ostberga", busy.pk]), typed | {"confirmed": "on"})

    part.refresh_from_db()
    busy.refresh_from_db()
    assert (part.organisation, Seat.objects.get(until=None, role="official").organisation) == (heir, other)
    assert (busy.left_on, {row.successor for row in BodySuccession.objects.all()}) == (TODAY, {heir, other})


def test_a_body_that_stays_keeps_what_it_does_not_hand_over(busy, ake, tova, heir, trafikkontoret):
    promise = Commitment.objects.get()
    hand_over(busy, ake, Departure.SHARED, heirs={f"atagande-{promise.pk}": heir})

    busy.refresh_from_db()
    assert (busy.left_on, Commitment.objects.get(reply=Reply.ASKED).organisation) == (None, heir)
    assert Seat.objects.get(role="official").organisation == open_part().organisation == trafikkontoret
    assert {mandate.until for mandate in tova.mandates.all()} == {None}


def test_a_body_that_stays_may_end_a_seat_but_its_mandates_itself(busy, ake, tova, heir, browse):
    seat, mandate = Seat.objects.get(role="official"), tova.mandates.get()
    address = reverse("coordinate:partner-leave", args=["ostberga", busy.pk])
    typed = {
        "ending": "shared",
        "on": TODAY,
        "reason": "Delas.",
        "confirmed": "on",
        f"atagande-{Commitment.objects.get().pk}": heir.pk,
    }
    typed |= {f"plats-{seat.pk}": "avslutas"}
    refused = browse(ake).post(address, {**typed, f"mandat-{mandate.pk}": "avslutas"})
    browse(ake).post(address, typed)

    seat.refresh_from_db()
    mandate.refresh_from_db()
    assert (refused.status_code, "avslutar själv sina mandat" in refused.text) == (422, True)
    assert (seat.until, mandate.until, open_part().organisation) == (TODAY, None, mandate.organisation)


def test_a_body_with_a_part_of_its_own_is_not_asked_twice(busy, ake, heir, browse):
    decision = open_part().decision
    decision.parts.create(organisation=heir, form="delegation")
    address = reverse("coordinate:partner-leave", args=["ostberga", busy.pk])
    typed = {"ending": "merged", "on": TODAY, "reason": "Slås ihop.", "otherwise": heir.pk}

    page = browse(ake).post(address, typed)

    assert (page.status_code, "har redan en egen del i beslutet" in page.text) == (422, True)
    assert Seat.objects.get(role="official").until is None


def test_more_promises_than_a_days_letters_go_to_the_heir_in_one_act(busy, ready, ake, heir, trafikkontoret):
    reader = make.user("park@ostberga.example")
    make.official(reader, heir)
    at_most = MOST_A_DAY["commitment-asked"][0]
    for _ in range(at_most):
        make.commitment(make.activity(ready, ake), trafikkontoret, ake)
    hand_over(busy, ake, otherwise=heir)

    assert Commitment.objects.filter(organisation=heir, reply=Reply.ASKED).count() == at_most + 1
    with pytest.raises(Refusal, match="Vänta till i morgon"):
        commitments.ask(activity=make.activity(ready, ake), organisation=heir, part=Part.LEAD, what="Lampor.", by=ake)
    assert Letter.objects.filter(to=reader.email, kind="commitment-asked").count() == at_most + 1


def test_an_heir_is_a_partner_here_and_the_act_is_whole(busy, ake, browse):
    outside = make.organisation("Någon annan")
    with pytest.raises(Refusal, match="Ta med den först"):
        hand_over(busy, ake, otherwise=outside)
    with pytest.raises(Refusal, match="Välj vem som tar över"):
        hand_over(busy, ake)
    assert Seat.objects.get(role="official").until is None
