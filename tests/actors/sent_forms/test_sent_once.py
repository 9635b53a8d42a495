"""Two taps, a lost reply, or Back and the same button again: it is done once, and leads to the same page."""

import datetime as dt
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.http import HttpResponseRedirect
from django.test import Client
from django.utils import timezone

from actors.models import SentForm
from actors.tasks import forget_sent_forms
from dialogue.models import ActivityEvent
from tests import factories as make
from tests.forms_by_hand import form_to


@pytest.fixture
def written(ake, talk, trafikkontoret, browse):
    """Åke's browser, and the form where he tells everybody how an activity goes."""
    issue = make.issue(talk)
    held = make.decision(issue, ake, trafikkontoret, answer="approved")
    lit = make.activity(issue, ake, held, started_under=held, state="running")
    browser, page = browse(ake), f"/mitt/aktivitet/{lit.pk}/"
    return browser, form_to(browser.get(page), page, f"{page}beratta/")


def words(form, text="Nu lyser det."):
    return form.typed({"text": text})


def page_of(form):
    return form.action.removesuffix("beratta/")


def news():
    return sorted(ActivityEvent.objects.values_list("text", flat=True))


def test_three_taps_are_one_piece_of_news_and_lead_to_its_page(written):
    browser, form = written

    answers = [browser.post(form.action, words(form)) for _ in range(3)]

    assert news() == ["Nu lyser det."]
    assert {answer.url for answer in answers} == {page_of(form)}
    assert "Redan sparat." in browser.get(page_of(form)).text


def test_other_words_from_the_same_page_are_another_act(written):
    browser, form = written
    for text in ("Nu lyser det.", "Nu är det mörkt.", "Nu är det mörkt."):
        browser.post(form.action, words(form, text))

    assert news() == ["Nu lyser det.", "Nu är det mörkt."]


def test_the_first_words_again_after_others_are_asked_about_and_not_lost(written):
    browser, form = written
    for text in ("Nu lyser det.", "Nu är det mörkt."):
        browser.post(form.action, words(form, text))
    asked = browser.post(form.action, words(form), follow=True)
    again = form_to(asked, page_of(form), form.action)

    assert len(news()) == 2
    assert again.fields["text"] == ["Nu lyser det."]
    browser.post(form.action, again.fields)
    assert news() == ["Nu lyser det.", "Nu lyser det.", "Nu är det mörkt."]


def test_an_error_does_not_use_the_form_up(written):
    browser, form = written

    assert browser.post(form.action, words(form, "")).status_code == 422
    assert SentForm.objects.count() == 0
    browser.post(form.action, words(form))
    assert news() == ["Nu lyser det."]


def test_a_crash_in_the_middle_stores_nothing_and_loses_no_words(written, monkeypatch):
    browser, form = written
    browser.raise_request_exception = False

    def crash(*_arguments, **_words):
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr("dialogue.activities.views.activity_work.redirect", crash)
        failed = browser.post(form.action, words(form))

    assert (failed.status_code, news(), SentForm.objects.count()) == (500, [], 0)
    assert "Till formuläret, med det du skrev" in failed.text
    browser.post(form.action, words(form))
    assert news() == ["Nu lyser det."]


@pytest.mark.django_db(transaction=True)
def test_a_check_that_fails_at_commit_stores_nothing_and_loses_no_words(written, monkeypatch):
    browser, form = written
    browser.raise_request_exception = False

    def lead_on(*_arguments, **_words):
        ActivityEvent.objects.update(by=0)  # there is no such person: found out at commit
        return HttpResponseRedirect("/mitt/")

    with monkeypatch.context() as broken:
        broken.setattr("dialogue.activities.views.activity_work.redirect", lead_on)
        failed = browser.post(form.action, words(form))

    assert (failed.status_code, news(), SentForm.objects.count()) == (500, [], 0)
    assert "Det du skrev finns kvar." in failed.text


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_once_are_one_and_both_are_answered(written):
    browser, form = written
    barrier, answers = Barrier(2), []

    def tap():
        client = Client()
        client.cookies = browser.cookies
        barrier.wait()
        answers.append(client.post(form.action, words(form)).headers["Location"])
        connection.close()

    threads = [Thread(target=tap) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (news(), answers) == (["Nu lyser det."], [page_of(form)] * 2)


def test_a_page_opened_anew_can_send_the_same_words_again(written):
    browser, form = written
    browser.post(form.action, words(form))
    browser.post(form.action, words(form_to(browser.get(page_of(form)), page_of(form), form.action)))

    assert len(news()) == 2


def test_a_token_that_nobody_signed_is_as_none(written):
    browser, form = written
    for _ in range(2):
        browser.post(form.action, words(form) | {"formular": "x"})

    assert (len(news()), SentForm.objects.count()) == (2, 0)


def test_a_form_costs_two_questions_more_and_a_page_none(written, count_queries):
    browser, form = written
    bare = {name: value for name, value in words(form, "En").items() if name != "formular"}
    browser.post(form.action, bare)

    plain = count_queries(lambda: browser.post(form.action, bare))
    guarded = count_queries(lambda: browser.post(form.action, words(form, "Två")))

    # The claim and its outcome are written; two begin and end the transaction, and one marks where the view begins.
    assert guarded - plain == 5


def test_after_a_week_the_note_of_it_is_gone(written):
    browser, form = written
    browser.post(form.action, words(form))
    SentForm.objects.update(sent_on=timezone.localdate() - dt.timedelta(days=8))
    forget_sent_forms()

    assert SentForm.objects.count() == 0


def test_a_note_tells_neither_whose_it_is_nor_what_was_sent(written):
    browser, form = written
    browser.post(form.action, words(form))

    row = SentForm.objects.values_list("act_hash", "rendering_hash", "outcome").get()
    assert "aktivitet" not in "".join(row)
    assert not [field for field in SentForm._meta.fields if field.is_relation]
