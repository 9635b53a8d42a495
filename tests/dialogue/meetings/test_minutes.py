"""Minutes from open to locked: conflicting writers, draft proposals, what is missing, approval, promises, additions."""

import datetime as dt
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.models import Letter
from dialogue.groups import member_page
from dialogue.meetings import approving, handing_over, minute_items, minutes_document, promises
from dialogue.meetings.minute_items import MinuteInput
from dialogue.models import GroupEvent, Meeting, MinuteItem, Proposal, Seat
from dialogue.rules.minutes_approval import Phase
from ostberga.lib.refusal import Refusal
from tests.dialogue.group_setup import TODAY, all_there, say, seat

Kind = MinuteItem.Kind


@pytest.fixture
def opened(meeting, ake):
    minute_items.open_minutes(meeting=meeting, by=ake)
    return meeting


@pytest.fixture
def waiting(opened, berit):
    say(opened, berit, "Det är mörkt vid skolan.")
    all_there(opened)
    handing_over.hand_over(meeting=opened, by=berit)
    return opened


@pytest.fixture
def locked(waiting, berit, ake):
    approving.approve(meeting=waiting, seat=seat(waiting, "resident"), by=berit)
    approving.approve(meeting=waiting, seat=seat(waiting, "resident", 2), by=ake)
    return waiting


def words_of(meeting):
    return [item.text for item in meeting.items.standing()]


def test_minutes_are_opened_the_day_of_the_meeting(meeting, ake):
    Meeting.objects.filter(pk=meeting.pk).update(on=TODAY + dt.timedelta(days=1))
    with pytest.raises(Refusal) as refused:
        minute_items.open_minutes(meeting=meeting, by=ake)

    assert refused.value.code == "too_early"


def test_a_line_sent_twice_is_stored_once(opened, berit):
    key = uuid4()
    first, second = (say(opened, berit, "Mörkt.", key).item for _ in range(2))

    assert (first, second.version, words_of(opened)) == (second, 1, ["Mörkt."])


def test_two_who_write_in_the_same_line_lose_nothing(opened, berit, tova):
    key = say(opened, berit, "Mörkt").item.pk
    say(opened, berit, "Mörkt vid skolan", key, base=1)
    late = say(opened, tova, "Mörkt i parken", key, base=1)

    assert (late.is_beside, late.item.beside_id) == (True, key)
    assert words_of(opened) == ["Mörkt vid skolan", "Mörkt i parken"]


def test_a_late_line_sent_again_goes_on_in_its_own_place(opened, berit, tova):
    key = say(opened, berit, "Mörkt").item.pk
    say(opened, berit, "Mörkt vid skolan", key, base=1)
    for text in ("Mörkt i", "Mörkt i", "Mörkt i parken"):
        say(opened, tova, text, key, base=1)
    say(opened, berit, "Sist")

    assert words_of(opened) == ["Mörkt vid skolan", "Mörkt i parken", "Sist"]


def test_who_only_made_it_a_promise_does_not_take_the_others_words(opened, berit, tova):
    key = say(opened, berit, "Byt lampan").item.pk
    say(opened, berit, "Byt lampan i maj", key, base=1)
    done = say(opened, tova, "Byt lampan", key, base=1, kind=Kind.PROMISE, owner=seat(opened, "official"))

    assert (done.item.text, done.item.kind, done.version) == ("Byt lampan i maj", "promise", 1)
    assert words_of(opened) == ["Byt lampan i maj"]


def test_a_line_struck_while_somebody_wrote_in_it_comes_beside(opened, berit, tova):
    item = say(opened, berit, "Mörkt").item
    minute_items.strike_line(item=item, by=berit)
    say(opened, tova, "Mörkt vid skolan", item.pk, base=1)

    assert words_of(opened) == ["Mörkt vid skolan"]


def test_every_wording_is_kept(opened, berit):
    key = say(opened, berit, "Mö").item.pk
    say(opened, berit, "Mörkt", key, base=1)

    assert [wording.text for wording in MinuteItem.objects.get(pk=key).wordings.all()] == ["Mö", "Mörkt"]


def test_a_new_line_can_stand_after_another(opened, berit):
    first = say(opened, berit, "Ett").item
    say(opened, berit, "Tre")
    minute_items.save_line(meeting=opened, key=uuid4(), base=0, line=MinuteInput("Två"), by=berit, after=first.pk)

    assert words_of(opened) == ["Ett", "Två", "Tre"]


def test_a_proposal_becomes_a_draft_once_and_follows_its_line(opened, berit, ready):
    key = say(opened, berit, "Fler", kind=Kind.PROPOSAL).item.pk
    say(opened, berit, "Fler lampor vid skolan. Före hösten.", key, base=1, kind=Kind.PROPOSAL)
    draft = Proposal.objects.get()

    assert (draft.issue, draft.is_draft, draft.title["sv"]) == (ready, True, "Fler lampor vid skolan")
    assert draft.what["sv"] == "Fler lampor vid skolan. Före hösten."


def test_a_line_that_is_no_proposal_any_more_takes_its_draft_back_and_can_bring_it_again(opened, berit):
    key = say(opened, berit, "Fler lampor", kind=Kind.PROPOSAL).item.pk
    say(opened, berit, "Fler lampor", key, base=1)
    gone = Proposal.objects.get()
    say(opened, berit, "Fler lampor", key, base=2, kind=Kind.PROPOSAL)

    assert gone.withdrawn_reason == "Raden i protokollet är inte längre ett förslag."
    assert Proposal.objects.get().is_draft


def test_a_draft_that_somebody_has_worked_on_is_left_alone(opened, berit):
    key = say(opened, berit, "Fler lampor", kind=Kind.PROPOSAL).item.pk
    Proposal.objects.update(place="Vid skolan")
    say(opened, berit, "Något helt annat", key, base=1)

    assert (Proposal.objects.get().is_draft, str(Proposal.objects.get())) == (True, "Fler lampor")


def test_what_is_missing_is_said_beside_its_line(opened, berit):
    line = say(opened, berit, "Byta lampan", kind=Kind.PROMISE).item
    missing = handing_over.find_missing(opened)

    assert missing.lines[line.pk] == [
        "Vem tog på sig det? Välj någon som var med.",
        "När ska det vara gjort? Välj en dag.",
    ]
    assert missing.meeting == ["Kryssa vilka som var med."]


def test_nobody_who_was_away_gets_a_promise(opened, berit):
    owner = seat(opened, "elected")
    line = say(opened, berit, "Byta lampan", kind=Kind.PROMISE, owner=owner, due_on=TODAY).item
    all_there(opened)
    opened.present.remove(owner)

    assert "var inte med" in handing_over.find_missing(opened).lines[line.pk][0]


def test_two_texts_side_by_side_are_settled_before_it_is_handed_over(opened, berit, tova):
    key = say(opened, berit, "Mörkt").item.pk
    say(opened, berit, "Mörkt vid skolan", key, base=1)
    late = say(opened, tova, "Mörkt i parken", key, base=1).item
    all_there(opened)
    assert "Två skrev samtidigt" in handing_over.find_missing(opened).lines[late.pk][0]
    minute_items.keep_both(item=late, by=tova)

    assert not handing_over.find_missing(opened)


def test_a_name_for_all_to_read_is_changed_made_inner_or_confirmed(opened, berit):
    line = say(opened, berit, "Ring Anna Andersson på 070-174 06 05.").item
    all_there(opened)
    flag = handing_over.find_missing(opened).flags[line.pk][0]

    assert "070-174 06 05 (telefonnummer)" in flag.words
    assert not handing_over.find_missing(opened, [flag.token])
    say(opened, berit, line.text, line.pk, base=1, is_inner=True)
    assert not handing_over.find_missing(opened)


def test_those_who_must_approve_get_a_letter_and_then_all_do(waiting, berit, ake):
    asked = list(Letter.objects.filter(kind="minutes-ready").values_list("to", flat=True))
    approving.approve(meeting=waiting, seat=seat(waiting, "resident"), by=berit)
    approving.approve(meeting=waiting, seat=seat(waiting, "resident", 2), by=ake)
    recipients = set(Letter.objects.filter(kind="minutes-locked").values_list("to", flat=True))

    assert (asked, waiting.phase) == ([berit.email], Phase.LOCKED)
    assert recipients == {berit.email, "trafik@ostberga.example"}


def test_the_coordinator_does_not_approve_for_somebody_with_an_account(waiting, ake):
    with pytest.raises(Refusal) as refused:
        approving.approve(meeting=waiting, seat=seat(waiting, "resident"), by=ake)

    assert refused.value.code == "may_not"


def test_taken_back_minutes_are_approved_anew(waiting, berit):
    approving.approve(meeting=waiting, seat=seat(waiting, "resident"), by=berit)
    handing_over.reopen(meeting=waiting, by=berit)

    assert (waiting.phase, waiting.approvals.count()) == (Phase.OPEN, 0)
    assert "Boende 1" in waiting.group.events.get(kind=GroupEvent.Kind.REOPENED).what


def test_old_minutes_are_written_in_without_a_letter(meeting, ake):
    long_ago = timezone.localtime() - dt.timedelta(days=300)
    Meeting.objects.filter(pk=meeting.pk).update(on=long_ago.date())
    Seat.objects.update(since=long_ago.date())
    meeting.refresh_from_db()
    minute_items.open_minutes(meeting=meeting, by=ake, at=long_ago)
    say(meeting, ake, "Det var mörkt.")
    all_there(meeting)
    handing_over.hand_over(meeting=meeting, by=ake, at=long_ago)

    assert Letter.objects.count() == 0


@pytest.fixture
def promised(opened, berit):
    """A promise by Tova, in minutes that wait for approval."""
    owner = seat(opened, "official")
    line = say(opened, berit, "Byta lampan", kind=Kind.PROMISE, owner=owner, due_on=TODAY).item
    all_there(opened)
    handing_over.hand_over(meeting=opened, by=berit)
    return line


@pytest.mark.parametrize(("became", "code"), [("dropped", "reason"), ("kept", "may_not")])
def test_a_promise_is_answered_for_by_who_made_it(promised, berit, tova, became, code):
    with pytest.raises(Refusal) as refused:
        promises.tell_outcome(item=promised, became=became, by=tova if code == "reason" else berit)

    assert refused.value.code == code


def test_a_promise_is_told_of_once(promised, tova):
    before = member_page.list_my_groups(tova)[0].promises
    promises.tell_outcome(item=promised, became="kept", by=tova)

    assert (before, member_page.list_my_groups(tova)[0].promises) == ((promised,), ())
    assert minutes_document.build_minutes(promised.meeting, public=False).promises[0].became == "kept"


def test_what_is_added_stands_under_the_minutes(locked, berit, browse):
    page = browse(berit).post(reverse("minutes-add", args=[locked.pk]), {"text": "Det var i parken."}, follow=True)

    assert page.status_code == 200
    additions = minutes_document.build_minutes(locked, public=True).additions
    assert [addition.text for addition in additions] == ["Det var i parken."]
