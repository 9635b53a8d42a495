"""Positions of seats on a draft: who may give one, what it needs, and that nothing shown reveals whose it is."""

import datetime as dt
import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from dialogue.groups import open_positions, proposing, seating, taking_positions
from dialogue.groups.forms.positions import list_my_positions
from dialogue.groups.proposing import ProposalWords
from dialogue.models import GroupEvent
from dialogue.rules.shown_positions import Stance
from ostberga.lib.refusal import Refusal
from tests import factories as make
from tests.dialogue.groups.positions import DRAFT, NOISE, consent, hers, seat, stand, taken


def url(name, draft):
    return reverse(f"coordinate:{name}", args=["ostberga", draft.pk])


def test_a_member_objects_on_her_phone(draft, neighbour):
    page = neighbour.post(hers(draft), {"stance": "objection", "reason": NOISE}, follow=True)

    assert taken(draft) == {"Boende 2": ("objection", NOISE)}
    assert page.redirect_chain[-1][0] == reverse("my-group", args=[draft.group_id])
    assert re.search(rf"Invändning:\s*{re.escape(NOISE)}", page.text)


@pytest.mark.parametrize("stance", ["reserved", "objection"])
def test_a_no_without_a_reason_says_so_beside_the_field(draft, neighbour, stance):
    page = neighbour.post(hers(draft), {"stance": stance, "reason": "  "})
    form = page.context["row"].form

    assert (page.status_code, form["stance"].value()) == (422, stance)
    assert form["reason"].errors == ["Skriv varför. Skälet följer med förslaget till dem som beslutar."]


def test_what_was_typed_stays_when_something_lacks(draft, neighbour):
    page = neighbour.post(hers(draft), {"reason": NOISE})

    assert (page.status_code, NOISE in page.text, "Välj ett av de tre." in page.text) == (422, True, True)


def test_she_changes_her_mind_and_only_the_last_word_is_kept(draft, neighbour):
    neighbour.post(hers(draft), {"stance": "objection", "reason": NOISE})
    neighbour.post(hers(draft), {"stance": "consent", "reason": ""})
    draft.refresh_from_db()

    assert [given.stance for given in open_positions.read(draft)] == [Stance.CONSENT]


def test_nobody_speaks_for_somebody_who_has_an_account(draft, ake):
    with pytest.raises(Refusal) as no:
        taking_positions.take_position(proposal=draft, seat=seat(draft, number=2), stance="consent", by=ake)

    assert no.value.code == "may_not"


def test_nor_for_the_seat_beside_her(draft, stranger):
    with pytest.raises(Refusal) as no:
        taking_positions.take_position(proposal=draft, seat=seat(draft), stance="consent", by=stranger)

    assert no.value.code == "may_not"


def test_who_has_left_takes_no_stand(draft, ake):
    left = seat(draft)
    left.since = left.until = draft.group.started_on
    left.save()
    with pytest.raises(Refusal) as no:
        taking_positions.take_position(proposal=draft, seat=left, stance="consent", by=ake)

    assert no.value.code == "no_seat"


def test_the_coordinator_writes_down_what_was_said_in_the_room(draft, ake, browse):
    typed = {f"plats_{seat(draft).pk}": "reserved", f"skal_{seat(draft).pk}": NOISE}
    browse(ake).post(url("positions", draft), typed | {f"plats_{seat(draft, 'official').pk}": "consent"})

    assert taken(draft) == {str(seat(draft)): ("reserved", NOISE), str(seat(draft, "official")): ("consent", "")}


def test_she_is_not_offered_the_seats_that_speak_for_themselves(draft, ake, browse):
    form = browse(ake).get(url("positions", draft)).context["form"]

    assert seat(draft, number=2) not in form.seats


def test_saving_again_writes_nothing_new(draft, ake, browse):
    typed = {f"plats_{seat(draft).pk}": "reserved", f"skal_{seat(draft).pk}": NOISE}
    for _ in range(2):
        browse(ake).post(url("positions", draft), typed)

    assert len(taken(draft)) == 1


def test_a_reason_missing_in_the_room_keeps_all_that_was_typed(draft, ake, browse):
    typed = {f"plats_{seat(draft).pk}": "objection", f"skal_{seat(draft, 'official').pk}": NOISE}
    page = browse(ake).post(url("positions", draft), typed)

    assert (page.status_code, NOISE in page.text) == (422, True)
    assert {*page.context["form"].errors} == {f"skal_{seat(draft).pk}", f"plats_{seat(draft, 'official').pk}"}


def test_an_objection_is_not_answered_with_nobody(draft, ake, stranger, browse):
    taking_positions.take_position(
        proposal=draft, seat=seat(draft, number=2), stance="objection", reason=NOISE, by=stranger
    )
    typed = {"meeting": draft.group.meetings.get().pk, "dissent": "«Ingen.»"}
    page = browse(ake).post(url("proposal-stand", draft), typed)

    assert (page.status_code, "så «Ingen» stämmer inte" in page.text) == (422, True)


def test_what_held_then_is_part_of_the_proposal_for_good(draft, ake, stranger):
    theirs = {"proposal": draft, "seat": seat(draft, number=2), "by": stranger}
    taking_positions.take_position(**theirs, stance="objection", reason=NOISE)
    stand(draft, ake)
    with pytest.raises(Refusal) as no:
        taking_positions.take_position(**theirs, stance="consent")

    assert no.value.code == "not_a_draft"


def test_the_database_agrees(draft, ake):
    consent(draft, ake)
    stand(draft, ake, "Ingen")
    given = {"role": "resident", "stance": "consent"}
    other = {"stance": "reserved", "reason": NOISE}
    acts = (
        lambda: draft.positions.create(**given),
        lambda: draft.positions.update(**other),
        draft.positions.all().delete,
    )
    for act in acts:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_words_that_somebody_has_taken_a_stand_on_stay(draft, ake):
    consent(draft, ake)
    words: ProposalWords = {
        "title": {"sv": "Annat"},
        "what": {"sv": "Annat"},
        "place": "",
        "cost": "unknown",
        "effect": "short",
    }
    with pytest.raises(Refusal) as no:
        proposing.rewrite(proposal=draft, words=words, answers=[], against=[], deciders={}, by=ake)

    assert no.value.code == "stands_taken"


def test_what_is_around_the_words_can_be_filled_in_after_somebody_has_taken_a_stand(draft, ake, browse, polisen):
    consent(draft, ake)
    page = browse(ake).get(reverse("coordinate:proposal-edit", args=["ostberga", draft.pk])).text
    words: ProposalWords = {
        "title": draft.title | {"en": "More lamps"},
        "what": draft.what,
        "place": "Stråket",
        "cost": "small",
        "effect": "short",
    }
    proposing.rewrite(proposal=draft, words=words, answers=[], against=[], deciders={polisen: "authority"}, by=ake)
    draft.refresh_from_db()

    assert "Någon har tagit ställning till orden" in page
    assert (draft.title["en"], draft.deciders.get().organisation) == ("More lamps", polisen)


def test_no_event_says_who_has_taken_a_stand_and_when(draft, neighbour):
    before = list(GroupEvent.objects.all())
    neighbour.post(hers(draft), {"stance": "objection", "reason": NOISE})

    assert list(GroupEvent.objects.all()) == before


def test_all_drafts_of_a_member_cost_the_same_for_one_and_three(draft, ready, ake, neighbour, count_queries):
    def read():
        return [row.positions for row in list_my_positions(seat(draft, number=2))]

    queries_for_one = count_queries(read)
    for _ in range(2):
        make.proposal(ready, ake, meeting=draft.group.meetings.get(), **DRAFT)

    assert count_queries(read) == queries_for_one


def test_a_treated_proposal_has_no_form(draft, ake, neighbour):
    stand(draft, ake, "Ingen")
    page = neighbour.get(hers(draft)).text

    assert ('name="stance"' in page, "ändras inte mer" in page) == (False, True)


def test_for_everybody_else_it_does_not_exist(draft, elsewhere, tova, ake, browse):
    doors = [browse(tova).get(hers(draft)), browse(ake).get(hers(draft)), elsewhere.get(url("positions", draft))]

    assert [page.status_code for page in doors] == [404, 404, 404]


@pytest.mark.parametrize("is_left", [False, True])
def test_closing_an_account_gives_its_owners_position_to_nobody(draft, stranger, ake, browse, is_left):
    browse(stranger).post(hers(draft), {"stance": "objection", "reason": NOISE})
    stranger.is_active = False
    stranger.save()
    place = seat(draft, number=2)
    if is_left:
        seating.leave_seat(seat=place, on=timezone.localdate(), by=ake)
    page = browse(ake).get(url("positions", draft))
    browse(ake).post(url("positions", draft), {f"plats_{place.pk}": "consent"})
    with pytest.raises(Refusal) as no:
        taking_positions.take_position(proposal=draft, seat=place, stance="consent", by=ake)

    assert (NOISE in page.text, f"plats_{place.pk}" in page.text, no.value.code) == (False, False, "her_own")
    assert taken(draft)["Boende 2"] == ("objection", NOISE)


def test_who_gets_another_seat_speaks_once(draft, neighbour, stranger, ake):
    neighbour.post(hers(draft), {"stance": "objection", "reason": NOISE})
    long_ago = timezone.localdate() - dt.timedelta(days=2)
    draft.group.seats.filter(user=stranger).update(since=long_ago, until=long_ago)
    seating.add_seat(group=draft.group, role="resident", user=stranger, by=ake)
    neighbour.post(hers(draft), {"stance": "consent"})

    assert taken(draft) == {"Boende 3": ("consent", "")}
