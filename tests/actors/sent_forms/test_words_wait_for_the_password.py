"""What was sent waits while the password is asked for again, and is carried out or comes back."""

from urllib.parse import parse_qs, urlsplit

from actors.models import Invitation, KeptWords
from tests.actors.sent_forms.test_words_come_back import PASSWORD, with_second_factor
from tests.forms_by_hand import form_to

INVITE, AGAIN = "/samordna/ostberga/personer/bjud-in/", "/konto/reauthenticate/"


def test_words_that_came_back_and_then_waited_for_the_password_are_sent(ake, browse):
    browser = browse(ake, enforce_csrf_checks=True)
    typed = form_to(browser.get(INVITE), INVITE).typed({"email": "iman@ostberga.example", "name": "Iman"})
    browser.cookies.pop("sessionid")
    led_to = browser.post(INVITE, typed)
    page_url = parse_qs(urlsplit(led_to.headers["Location"]).query)["next"][0]
    with_second_factor(browser, ake, at=0)
    form = form_to(browser.get(page_url), page_url, INVITE)
    assert form.fields["name"] == ["Iman"]

    asked = browser.post(form.action, form.fields).headers["Location"]
    again = form_to(browser.get(asked), asked, AGAIN)
    sent = browser.post(again.action, again.typed({"password": PASSWORD}))

    assert (sent.headers["Location"], Invitation.objects.get().name) == ("/samordna/ostberga/personer/", "Iman")


def test_a_password_asked_for_again_and_given_up_costs_no_words(ake, ostberga, browse):
    path, browser = "/samordna/ostberga/personer/bjud-in/", browse(ake)
    form = form_to(browser.get(path), path)
    session = browser.session
    session["account_authentication_methods"][0]["at"] = 0
    session.save()
    asked = browser.post(path, form.typed({"email": "ny@example.se", "name": "Nora Ny"}))
    session = browser.session
    del session["account_reauthentication_state"]  # she signed in anew instead, and what allauth carried is gone
    session.save()

    page = browser.get(parse_qs(urlsplit(asked.url).query)["next"][0], follow=True)
    assert urlsplit(asked.url).path in {"/konto/reauthenticate/", "/konto/2fa/reauthenticate/"}
    assert form_to(page, path).fields["name"] == ["Nora Ny"]
    assert "kvar=" not in browser.get(path, follow=True).request["QUERY_STRING"]


def test_a_part_that_is_asked_for_meanwhile_opens_the_page_with_the_words_whole(ake, ostberga, browse):
    path, browser = "/samordna/ostberga/personer/bjud-in/", browse(ake)
    form = form_to(browser.get(path), path)
    session = browser.session
    session["account_authentication_methods"][0]["at"] = 0
    session.save()
    browser.post(path, form.typed({"email": "ny@example.se", "name": "Nora Ny"}))

    part = browser.get(path, headers={"HX-Request": "true"})
    assert (part.status_code, part.text, "kvar=" in part.headers["HX-Redirect"]) == (204, "", True)


def test_a_password_asked_for_again_and_given_carries_out_what_was_sent_once(ake, ostberga, browse):
    path, browser = "/samordna/ostberga/personer/bjud-in/", browse(ake)
    form = form_to(browser.get(path), path)
    session = browser.session
    session["account_authentication_methods"][0]["at"] = 0
    session.save()
    typed = form.typed({"email": "ny@example.se", "name": "Nora Ny"})
    asked = browser.post(path, typed)
    again = form_to(browser.get(asked.url), asked.url, urlsplit(asked.url).path)
    done = browser.post(asked.url, again.typed({"password": PASSWORD}))
    repeated = browser.post(path, typed)

    assert (ostberga.invitations.count(), KeptWords.objects.count()) == (1, 0)
    assert (done.status_code, repeated.url) == (302, done.url)


def test_a_page_that_refuses_what_waited_is_sent_where_it_belongs(ake, ostberga, browse):
    browser = browse(ake, enforce_csrf_checks=True)
    form = form_to(browser.get(INVITE), INVITE)
    with_second_factor(browser, ake, at=0)
    asked = browser.post(INVITE, form.typed({"email": "ingen adress", "name": "Nora Ny"})).headers["Location"]
    again = form_to(browser.get(asked), asked, AGAIN)

    page = browser.post(again.action, again.typed({"password": PASSWORD}))
    shown = form_to(page, AGAIN, INVITE)  # the browser is at the address that asked for the password
    sent = browser.post(shown.action, shown.typed({"email": "ny@example.se"}))

    assert (page.status_code, shown.fields["name"]) == (422, ["Nora Ny"])
    assert "Kopiera det du vill ha kvar" not in page.text
    assert (sent.headers["Location"], Invitation.objects.get().name) == ("/samordna/ostberga/personer/", "Nora Ny")
    assert KeptWords.objects.count() == 0
    assert form_to(browser.get(INVITE), INVITE).fields.get("name") != ["Nora Ny"]
