"""The code on the slip: what Amina sees of what became of her answer."""

import pytest
from django.conf import settings
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from dialogue.models import IssuePerspective
from ostberga.lib.privacy.codes import format_code, receipt_code
from surveys.collecting.receiving import receipt_hash
from surveys.models import Answer, Attachment, Statement
from tests import factories as make

SECRET = "Lampan vid port fjorton är trasig."


@pytest.fixture
def code(talk):
    return receipt_code(settings.RECEIPT_KEY, "Aminas svar")


@pytest.fixture
def answered(autumn, code):
    """Amina's answer, with the words that nobody else may see."""
    answer = make.answer(autumn, SECRET)
    answer.response.receipt_hash = receipt_hash(code)
    answer.response.save()
    return answer


@pytest.fixture
def feeding(answered, autumn, talk, ake, ostberga):
    """Her answer is read, and a public issue rests on it."""
    said = make.statement(autumn, "Lampan är trasig.", by=ake)
    Statement.objects.filter(pk=said.pk).update(answer=answered)
    lamps = make.issue(talk, "Ljus på gångvägen", step=2)
    view = make.perspective(ostberga, ake)
    Attachment.objects.create(statement=said, perspective=view, attached_by=ake)
    IssuePerspective.objects.create(issue=lamps, perspective=view, linked_by=ake)
    type(answered).objects.filter(pk=answered.pk).update(coded_at=timezone.now())
    return lamps


def asked_with(browser, code):
    return browser.post("/kvitto/", {"kod": code})


def test_without_a_code_there_is_a_place_to_type_it(amina, talk):
    page = amina.get("/kvitto/")

    assert page.status_code == 200
    assert page.cookies.output() == ""
    assert 'name="kod"' in page.text


def test_before_anyone_has_read_it_the_receipt_says_so(amina, answered, code):
    page = asked_with(amina, format_code(code))

    assert page.status_code == 200
    assert "Inte än. Det väntar på att gås igenom." in page.text
    assert SECRET not in page.text


def test_when_it_is_read_she_sees_which_issues_it_feeds_and_where_they_stand(amina, feeding, code):
    page = asked_with(amina, code.lower())

    assert "Ja. En människa har gått igenom det." in page.text
    assert [feed.issue for feed in page.context["outcome"].feeds] == [feeding]
    assert "Steg 2 av 5" in page.text
    assert SECRET not in page.text


def test_when_one_text_of_two_is_read_the_receipt_says_partly(amina, feeding, answered, code):
    second = make.question(answered.response.wave.survey, required=False)
    Answer.objects.create(response=answered.response, question=second, text="Och bänkar.")

    page = asked_with(amina, code)

    assert "Delvis. En människa har gått igenom en del. Resten väntar." in page.text
    assert [feed.issue for feed in page.context["outcome"].feeds] == [feeding]
    assert "Inte än." not in page.text


def test_a_question_left_empty_does_not_keep_it_unread(amina, feeding, answered, code):
    second = make.question(answered.response.wave.survey, required=False)
    Answer.objects.create(response=answered.response, question=second, text="")

    assert "Ja. En människa har gått igenom det." in asked_with(amina, code).text


def test_a_conversation_with_one_part_confirmed_is_partly_read(amina, autumn, ake, code):
    talked = make.interview(autumn, ake, SECRET)
    type(talked).objects.update(receipt_hash=receipt_hash(code))
    make.statement(autumn, "Lampan är trasig.", by=ake, interview=talked)

    assert "Delvis." in asked_with(amina, code).text


def test_an_issue_that_is_not_public_is_not_shown(amina, feeding, code):
    type(feeding).objects.update(published_at=None)

    page = asked_with(amina, code)

    assert page.context["outcome"].feeds == ()
    assert "Ljus på gångvägen" not in page.text


def test_what_is_not_confirmed_shows_nothing(amina, feeding, code):
    Statement.objects.update(state=Statement.State.QUARANTINED, state_note="hot")

    assert asked_with(amina, code).context["outcome"].feeds == ()


def test_a_coupling_that_was_undone_shows_nothing(amina, feeding, code, ake):
    Attachment.objects.update(removed_at=timezone.now(), removed_by=ake)

    assert asked_with(amina, code).context["outcome"].feeds == ()


def test_a_perspective_that_went_up_in_another_still_leads_to_its_issue(amina, feeding, code, ake):
    link = IssuePerspective.objects.get()
    whole = make.perspective(link.issue.dialogue.collaboration, ake, "Vi som vill se varandra")
    type(link.perspective).objects.filter(pk=link.perspective.pk).update(merged_into=whole)
    IssuePerspective.objects.update(perspective=whole)

    assert [feed.issue for feed in asked_with(amina, code).context["outcome"].feeds] == [feeding]


def test_an_issue_tied_to_another_part_of_the_whole_is_fed_too(amina, feeding, code, ake):
    link = IssuePerspective.objects.get()
    whole, sibling = (
        make.perspective(feeding.dialogue.collaboration, ake, f"Vi som {verb}") for verb in ("ser", "går")
    )
    type(whole).objects.filter(pk__in=[link.perspective.pk, sibling.pk]).update(merged_into=whole)
    IssuePerspective.objects.update(perspective=sibling)

    feeds = asked_with(amina, code).context["outcome"].feeds

    assert [(feed.issue, feed.perspectives) for feed in feeds] == [(feeding, (whole,))]


def test_the_slip_from_a_conversation_works_too(amina, autumn, ake, code):
    talked = make.interview(autumn, ake, SECRET)
    type(talked).objects.update(receipt_hash=receipt_hash(code))

    page = asked_with(amina, code)

    assert "Ett samtal" in page.text
    assert SECRET not in page.text


@pytest.mark.parametrize("typed", ["", "hej", "7K2MX-9DHQ4", "<b>x</b>"])
def test_a_wrong_code_is_said_clearly_and_kept(amina, answered, typed):
    page = asked_with(amina, typed)

    assert page.status_code == 422
    assert "Den koden känner vi inte igen." in page.text
    assert "<b>x</b>" not in page.text


def test_another_site_can_not_ask_in_her_browser(amina, answered, code):
    page = amina.post("/kvitto/", {"kod": code}, headers={"Sec-Fetch-Site": "cross-site"})

    assert page.status_code == 403


def test_a_cookie_that_somebody_made_up_is_not_believed(amina, answered):
    amina.cookies["kvitto"] = "WyJYIl0:1abc:falsk"

    assert 'name="kod"' in amina.get("/kvitto/").text


@given(st.text(max_size=60))
def test_whatever_is_typed_is_only_ever_taken_for_a_code_of_ten_signs(typed):
    hashed = receipt_hash(typed)

    assert len(hashed) == 64
    assert receipt_hash(format_code(typed)) == hashed


@given(st.binary(min_size=16, max_size=16), st.sampled_from([str.lower, str.upper, format_code, "  {}  ".format]))
def test_a_code_is_known_however_it_is_written(key, spelled):
    code = receipt_code(settings.RECEIPT_KEY, key)

    assert receipt_hash(spelled(code)) == receipt_hash(code)
