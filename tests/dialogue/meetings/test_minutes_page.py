"""The page of a meeting: who may open it, what it saves without JavaScript, and what its public version leaves out."""

import datetime as dt
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.urls import reverse

from dialogue.groups import open_positions, proposing
from dialogue.groups.open_positions import GivenPosition
from dialogue.meetings import handing_over, minute_items, minutes_document
from dialogue.models import MinuteItem, Proposal
from dialogue.rules.minutes_approval import Phase
from tests import factories as make
from tests.dialogue.group_setup import TODAY, all_there, lock, say, seat
from tests.forms_by_hand import form_to

SECRET, OBJECTION = "Vi litar inte på nämnden", "Det drar ljus in i mitt sovrum"


@pytest.fixture
def opened(meeting, ake):
    minute_items.open_minutes(meeting=meeting, by=ake)
    return meeting


def there(meeting):
    return reverse("my-meeting", args=[meeting.pk])


def typed(text, key=None, base=0, **more):
    """A line as the form sends it."""
    key = key or uuid4()
    fields = {"base": base, "text": text, "kind": "note", **more}
    return {"rad": [str(key)], **{f"{key}-{name}": value for name, value in fields.items()}}


def public_page(meeting):
    return reverse("dialogue:meeting", args=["ostberga", meeting.pk])


def test_without_a_script_every_button_saves_all_that_is_typed(opened, berit, browse):
    struck = say(opened, berit, "Fel").item
    page = browse(berit).post(there(opened), typed("Det är mörkt.") | {"gor": f"stryk {struck.pk}"})

    assert page.status_code == 302
    assert [item.text for item in opened.items.standing()] == ["Det är mörkt."]


def test_boxes_that_others_ticked_meanwhile_stay(opened, berit, tova, browse):
    seats = [seat.pk for seat in opened.group.seats.all()]
    browse(tova).post(there(opened), {"fakta": "ja", "present": seats[:1]})
    browse(berit).post(there(opened), {"fakta": "ja", "present": seats[1:2], "notes": "Kort."})

    assert {seat.pk for seat in opened.present.all()} == set(seats[:2])


def test_what_is_missing_stands_beside_its_line_and_all_is_saved(opened, berit, browse):
    line = typed("Byta lampan", kind="promise") | {"gor": "klart"}
    page = browse(berit).post(there(opened), line)

    assert (page.status_code, opened.items.count()) == (422, 1)
    assert "När ska det vara gjort? Välj en dag." in page.text


def test_handing_over_locks_the_form(opened, berit, browse):
    all_there(opened)
    seats = {name: [row.pk for row in getattr(opened, name).all()] for name in ("present", "adjusters", "issues")}
    sett = {f"sett-{name}": keys for name, keys in seats.items()}
    browse(berit).post(there(opened), typed("Mörkt.") | {"fakta": "ja", "gor": "klart"} | seats | sett)
    opened.refresh_from_db()

    assert opened.phase == Phase.WAITING


def test_who_was_signed_out_gets_her_words_back(opened, berit, browse):
    browser, path = browse(berit), there(opened)
    form = form_to(browser.get(path), path)
    key = form.fields["rad"][0]
    sent = browse().post(path, form.typed({f"{key}-text": "Det jag skrev."}))
    page_url = parse_qs(urlsplit(sent.url).query)["next"][0]
    again = form_to(browser.get(page_url), page_url, path)

    assert (again.fields[f"{key}-text"], opened.items.count()) == (["Det jag skrev."], 0)
    browser.post(path, again.fields)
    assert opened.items.get().text == "Det jag skrev."


def test_who_wrote_while_it_was_handed_over_gets_her_words_back(opened, berit, tova, browse):
    say(opened, berit, "Mörkt.")
    all_there(opened)
    handing_over.hand_over(meeting=opened, by=berit)
    page = browse(tova).post(there(opened), typed("Det jag skrev."))

    assert (page.status_code, "Det jag skrev." in page.text, opened.items.count()) == (409, True, 1)


def test_a_line_that_saves_itself_tells_the_version_to_go_on_from(opened, berit, tova, browse):
    key = uuid4()
    url = reverse("minutes-line", args=[opened.pk, key])
    first = browse(berit).post(url, typed("Mörkt", key)).json()
    browse(berit).post(url, typed("Mörkt vid skolan", key, base=1))
    late = browse(tova).post(url, typed("Mörkt i parken", key, base=1)).json()

    assert (first["version"], first["beside"], late["beside"]) == (1, False, True)
    assert late["key"] != str(key)


def test_a_line_that_cannot_be_read_is_told_beside(opened, berit, browse):
    key = uuid4()
    page = browse(berit).post(reverse("minutes-line", args=[opened.pk, key]), typed("x", key, due_on="i maj"))

    assert (page.status_code, page.json()) == (422, {"errors": ["Skriv dagen som 2026-05-31."]})


def test_nothing_comes_while_nobody_has_saved(opened, berit, browse):
    stamp = browse(berit).get(there(opened)).context["editor"].stamp
    url = reverse("minutes-lines", args=[opened.pk, stamp])
    silent = browse(berit).get(url).status_code
    say(opened, berit, "Mörkt")

    assert (silent, "Mörkt" in browse(berit).get(url).text) == (204, True)


@pytest.mark.parametrize("name", ["my-meeting", "my-minutes-pdf"])
def test_the_meeting_does_not_exist_for_others(opened, stranger, browse, elsewhere, name):
    address = reverse(name, args=[opened.pk])

    assert [browser.get(address).status_code for browser in (browse(stranger), elsewhere)] == [404] * 2


def test_minutes_are_public_when_they_are_locked(opened, berit, ake, browse):
    say(opened, berit, "Det är mörkt.")
    before = browse().get(public_page(opened)).status_code
    lock(opened, berit, ake)

    assert (before, "Det är mörkt." in browse().get(public_page(opened)).text) == (404, True)


def test_a_group_of_a_hidden_issue_has_no_public_minutes(opened, berit, ake, browse):
    lock_with_a_line(opened, berit, ake)
    opened.issues.update(published_at=None)

    assert browse().get(public_page(opened)).status_code == 404


def lock_with_a_line(meeting, berit, ake):
    say(meeting, berit, "Det är mörkt.")
    lock(meeting, berit, ake)


@pytest.fixture
def full_of_secrets(opened, berit, ake, tova):
    """Locked minutes with an internal line, a single objection, an unpublished issue and people with names."""
    hidden = make.issue(opened.group.dialogue, "Den dolda frågan", published_at=None)
    opened.group.issues.add(hidden)
    say(opened, berit, "Det är mörkt.")
    say(opened, berit, SECRET, is_inner=True)
    say(opened, tova, "Om den dolda", kind=MinuteItem.Kind.PROPOSAL, issue=hidden)
    draft = Proposal.objects.get()
    mine = seat(opened, "resident")
    open_positions.add(draft, GivenPosition(mine.pk, opened.pk, "objection", OBJECTION))
    lock(opened, berit, ake)
    return opened


def test_nothing_inner_and_nobody_by_name_is_public(full_of_secrets, berit, tova, browse):
    page = browse().get(public_page(full_of_secrets)).text
    minutes = repr(minutes_document.build_minutes(full_of_secrets, public=True))
    secrets = (SECRET, OBJECTION, "dolda", berit.email, "Berit", tova.email, "Tova")

    assert [secret for secret in secrets if secret in page + minutes] == []
    assert SECRET in browse(berit).get(there(full_of_secrets)).text


def test_reasons_are_told_from_three_without_role(opened, berit, ake):
    say(opened, berit, "Fler lampor", kind=MinuteItem.Kind.PROPOSAL)
    draft = Proposal.objects.get()
    speak(opened, draft)
    stands = minutes_document.build_minutes(opened, public=True).stands

    assert [(shown.reason, shown.role) for shown in stands[0].reasons] == [(OBJECTION, "")]


def speak(meeting, draft, objection=OBJECTION):
    """Everybody takes a position at the meeting, one of them against the draft."""
    for holder in meeting.group.seats.all():
        given = ("objection", objection) if holder.role == "elected" else ("consent", "")
        open_positions.add(draft, GivenPosition(holder.pk, meeting.pk, *given))


def told(meeting):
    return [
        [(shown.stance, shown.reason) for shown in stand.reasons]
        for stand in minutes_document.build_minutes(meeting, public=True).stands
    ]


def test_locked_minutes_tell_the_reasons_of_that_day_whatever_is_said_later(opened, berit, ake):
    say(opened, berit, "Fler lampor", kind=MinuteItem.Kind.PROPOSAL)
    draft = Proposal.objects.get()
    speak(opened, draft)
    before = told(opened)
    lock(opened, berit, ake)
    opened.refresh_from_db()
    speak(opened, draft, "Något annat som sades efteråt.")
    after = told(opened)
    proposing.withdraw(proposal=draft, reason="Ett annat kom.", by=ake)

    assert before == after == told(opened) == [[("objection", OBJECTION)]]


def test_a_proposal_treated_before_the_minutes_are_locked_keeps_its_reasons_there(opened, berit, ake):
    say(opened, berit, "Fler lampor", kind=MinuteItem.Kind.PROPOSAL)
    draft = Proposal.objects.get()
    speak(opened, draft)
    before = told(opened)
    proposing.withdraw(proposal=draft, reason="Ett annat kom.", by=ake)
    unlocked = told(opened)
    lock(opened, berit, ake)
    opened.refresh_from_db()

    assert before == unlocked == told(opened) == [[("objection", OBJECTION)]]


def test_what_a_promise_came_to_is_told_by_who_made_it(opened, berit, tova, browse):
    owner = seat(opened, "official")
    line = say(opened, berit, "Byta lampan", kind="promise", owner=owner, due_on=TODAY + dt.timedelta(days=7)).item
    all_there(opened)
    handing_over.hand_over(meeting=opened, by=berit)
    address = reverse("my-promise", args=[line.pk])
    silent = browse(tova).post(address, {"became": "dropped"})
    browse(tova).post(address, {"became": "dropped", "text": "Lampan är slut."})

    assert (silent.status_code, browse(berit).get(address).status_code) == (422, 404)
    assert minutes_document.build_minutes(opened, public=False).promises[0].words == "Lampan är slut."


def test_an_addition_that_may_point_somebody_out_is_asked_about_once(opened, berit, ake, browse):
    lock_with_a_line(opened, berit, ake)
    address, words = reverse("minutes-add", args=[opened.pk]), {"text": "Ring 070-174 06 05."}
    page = browse(berit).post(address, words)
    browse(berit).post(address, words | {"looked": "on"})

    assert (page.status_code, "det pekar inte ut någon" in page.text) == (422, True)
    assert opened.additions.count() == 1


def promise(meeting, by, text):
    return say(meeting, by, text, kind="promise", owner=seat(meeting, "official"), due_on=TODAY)


def test_writing_costs_the_same_for_one_line_and_for_ten(opened, berit, browse, count_queries):
    browser = browse(berit)
    promise(opened, berit, "Ett")
    browser.get(there(opened))
    few = count_queries(lambda: browser.get(there(opened)))
    for number in range(9):
        promise(opened, berit, f"Rad {number}")

    assert count_queries(lambda: browser.get(there(opened))) == few


@pytest.mark.parametrize("lines", [1, 10])
def test_reading_costs_the_same_for_one_line_and_for_ten(opened, berit, ake, count_queries, lines):
    for number in range(lines):
        promise(opened, berit, f"Rad {number}")
    lock(opened, berit, ake)

    assert count_queries(lambda: minutes_document.build_minutes(opened, public=True)) == 8
