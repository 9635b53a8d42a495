"""Following an issue by e-mail: kept apart from answers, confirmed by the address, and possible to stop."""

import pytest
from django.utils import timezone

from actors.letters import smtp
from actors.models import Letter
from dialogue import tasks
from dialogue.followers import following
from dialogue.models import Follower
from dialogue.models.following import LETTERS_A_MONTH
from ostberga.lib.coarse_dates import months_before
from surveys.batching import waiting
from surveys.models import WaitingItem
from tests import factories as make
from tests.http.clients import at

ADDRESS = "amina@example.se"


@pytest.fixture
def lamps(talk):
    return make.issue(talk, "Ljus på gångvägen")


@pytest.fixture
def buses(talk):
    return make.issue(talk, "Bussen & turerna")


def asks(browser, *issues, email=ADDRESS, wish="every", **headers):
    typed = {"epost": email, "fraga": [issue.pk for issue in issues], "vill": wish}
    return browser.post("/folj/", typed, headers=headers)


@pytest.fixture
def link(amina, lamps):
    """The address in the letter."""
    asks(amina, lamps)
    tasks.write_batch()
    tasks.send_follow_letters()
    return f"/folj/{Follower.objects.get().token}/"


def test_asking_writes_nothing_that_can_be_read(amina, lamps):
    sent = asks(amina, lamps)

    assert sent.headers["Location"] == "/folj/tack/"
    assert (Follower.objects.count(), Letter.objects.count()) == (0, 0)
    rows = [bytes(row.sealed) for row in WaitingItem.objects.all()]
    assert (len(rows), {len(row) for row in rows}) == (waiting.SLOTS, {len(rows[0])})
    assert not any(b"amina" in row for row in rows)
    assert [body["email"] for body in waiting.list_bodies(following.KIND)] == [ADDRESS]


def test_the_batch_writes_followers_and_asks_each_address(amina, lamps, buses, mailoutbox):
    asks(amina, lamps, email="Amina@example.se")
    asks(amina, buses)
    tasks.write_batch()
    tasks.send_follow_letters()

    follower = Follower.objects.get()
    assert (follower.email, set(follower.issues.all()), follower.confirmed_on) == (ADDRESS, {lamps, buses}, None)
    (letter,) = mailoutbox
    assert (letter.to, letter.subject) == ([ADDRESS], "Vill du följa frågor i dialogen?")
    assert f"/folj/{follower.token}/" in letter.body
    assert "Bussen & turerna" in letter.body
    assert (waiting.read_items(), Letter.objects.count()) == ([], 0)


def test_only_a_hash_of_the_link_is_stored(link):
    follower = Follower.objects.get()

    assert follower.token not in str(vars(follower))
    assert Follower.objects.holding(follower.token).get() == follower


def test_the_order_of_asking_is_not_the_order_of_writing(amina, lamps, mailoutbox):
    for number in range(30):
        asks(at(f"192.0.2.{number}"), lamps, email=f"boende{number:02}@example.se")
    tasks.write_batch()
    tasks.send_follow_letters()

    written = [letter.to[0] for letter in mailoutbox]
    assert len(written) == 30
    assert written != sorted(written)


def test_a_letter_that_no_server_takes_is_tried_again(amina, lamps, mailoutbox, settings):
    asks(amina, lamps)
    backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    tasks.write_batch()
    tasks.send_follow_letters()
    assert [body["attempts"] for body in waiting.list_bodies(following.LETTER)] == [1]
    settings.EMAIL_BACKEND = backend
    smtp.breaker.reset()
    tasks.write_batch()
    tasks.send_follow_letters()

    assert ([letter.to for letter in mailoutbox], waiting.read_items()) == ([[ADDRESS]], [])


def test_many_issues_are_asked_for_in_several_rows(amina, talk, monkeypatch):
    monkeypatch.setattr(following, "ISSUES_A_ROW", 2)
    issues = [make.issue(talk, f"Fråga {number}") for number in range(5)]
    asks(amina, *issues)
    tasks.write_batch()
    tasks.send_follow_letters()

    assert set(Follower.objects.get().issues.all()) == set(issues)


def test_when_too_many_wait_she_is_told_so(amina, lamps, monkeypatch):
    monkeypatch.setattr(following, "AT_MOST", 1)
    asks(amina, lamps)
    page = asks(amina, lamps, email="annan@example.se")

    assert (page.status_code, "Många vill följa frågor just nu." in page.text) == (409, True)


def test_opening_the_link_changes_nothing_because_mail_programs_do_it(amina, link):
    page = amina.get(link)

    assert "Ja, skicka nyheter" in page.text
    assert Follower.objects.get().confirmed_on is None


def test_the_button_says_yes(amina, link):
    amina.post(link, {"gor": "bekrafta"})

    follower = Follower.objects.get()
    month = timezone.localdate().replace(day=1)
    assert (follower.asked_on, follower.confirmed_on, follower.followed.get().confirmed_on) == (month, month, month)
    assert "Frågor du följer" in amina.get(link).text


def test_somebody_else_can_not_make_her_follow_more(amina, link, buses, mailoutbox):
    amina.post(link, {"gor": "bekrafta"})
    asks(amina, buses)
    tasks.write_batch()
    tasks.send_follow_letters()

    assert Follower.objects.get().followed.get(issue=buses).confirmed_on is None
    assert "Bussen &amp; turerna" in amina.get(link).text
    assert len(mailoutbox) == 2


def test_asking_again_and_again_does_not_fill_her_inbox(amina, link, lamps, mailoutbox):
    for _ in range(5):
        asks(amina, lamps)
        tasks.write_batch()
        tasks.send_follow_letters()

    assert len(mailoutbox) == LETTERS_A_MONTH


def test_she_stops_following_one_issue(amina, link, lamps):
    amina.post(link, {"gor": "bekrafta"})
    amina.post(link, {"gor": "sluta", "fraga": lamps.pk})

    assert Follower.objects.get().issues.count() == 0
    assert "Du följer ingen fråga just nu." in amina.get(link).text


def test_she_can_be_forgotten(amina, link):
    page = amina.post(link, {"gor": "glom"})

    assert "Adressen är borttagen" in page.text
    assert Follower.objects.count() == 0
    assert amina.get(link).status_code == 404


@pytest.mark.parametrize(("months", "left"), [(1, 1), (2, 0)])
def test_an_address_nobody_confirmed_is_forgotten_in_two_months(link, months, left):
    Follower.objects.update(asked_on=months_before(timezone.localdate(), months))

    tasks.write_batch()
    tasks.send_follow_letters()

    assert Follower.objects.count() == left


def test_what_is_wrong_stands_beside_the_field_and_what_was_typed_is_kept(amina, lamps):
    page = asks(amina, email="amina")

    assert page.status_code == 422
    assert "Det ser inte ut som en e-postadress." in page.text
    assert "Välj minst en fråga." in page.text
    assert 'value="amina"' in page.text


def test_an_issue_that_is_not_public_can_not_be_followed(amina, talk):
    hidden = make.issue(talk, "Hemlig", published_at=None)

    assert asks(amina, hidden).status_code == 422
    assert "Hemlig" not in amina.get("/folj/").text


def test_an_issues_own_page_leads_here_with_it_chosen(amina, lamps, buses):
    page = amina.get(f"/folj/?fraga={lamps.slug}&samverkan=ostberga")

    assert page.context["chosen"] == {lamps.pk}


def test_another_site_can_not_ask_in_somebodys_name(amina, lamps, link):
    assert asks(amina, lamps, Origin="https://annan.example").status_code == 403
    assert amina.post(link, {"gor": "glom"}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_without_the_queue_her_wish_is_taken_all_the_same(amina, lamps, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1"

    assert asks(amina, lamps).headers["Location"] == "/folj/tack/"
    tasks.write_batch()
    tasks.send_follow_letters()
    assert Follower.objects.get().email == ADDRESS


def test_the_letter_is_in_her_language(amina, lamps, mailoutbox):
    amina.post("/ar/folj/", {"epost": ADDRESS, "fraga": [lamps.pk]})
    tasks.write_batch()
    tasks.send_follow_letters()

    (letter,) = mailoutbox
    assert "/ar/folj/" in letter.body
    assert 'dir="rtl"' in letter.alternatives[0].content


def test_she_says_how_much_she_wants_to_hear(amina, lamps):
    asks(amina, lamps, wish="result")
    tasks.write_batch()
    tasks.send_follow_letters()

    assert Follower.objects.get().wish == "result"


def test_a_wish_that_is_none_is_refused(amina, lamps):
    assert asks(amina, lamps, wish="hittepa").status_code == 422


def test_somebody_else_can_not_change_what_she_has_chosen(amina, link, lamps, buses):
    amina.post(link, {"gor": "bekrafta"})
    amina.post("/ar/folj/", {"epost": ADDRESS, "fraga": [buses.pk], "vill": "result"})
    tasks.write_batch()
    tasks.send_follow_letters()

    assert (Follower.objects.get().wish, Follower.objects.get().language) == ("every", "sv")


def test_her_own_link_changes_wish_and_language(amina, link):
    changed = amina.post(link, {"gor": "onskemal", "vill": "result", "sprak": "so"})
    follower = Follower.objects.get()

    assert (follower.wish, follower.language) == ("result", "so")
    assert changed.headers["Location"] == f"/so{link}"


def test_a_language_we_do_not_write_is_told_beside_the_field(amina, link):
    page = amina.post(link, {"gor": "onskemal", "vill": "result", "sprak": "fi"})

    assert (page.status_code, "Välj i listan." in page.text) == (422, True)


def test_after_a_change_of_key_the_links_in_new_letters_work(ready, settings):
    follower = Follower.at("amina@example.se", language="sv")
    old = follower.token
    settings.LINK_KEY = "another key"

    new = follower.renew_link()

    assert new != old
    assert Follower.objects.holding(new).get() == follower
    assert not Follower.objects.holding(old).exists()
