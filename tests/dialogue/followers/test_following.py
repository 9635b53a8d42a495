"""Following an issue by e-mail: kept apart from answers, confirmed by the address, and possible to stop."""

import datetime as dt

import pytest
from django.utils import timezone

from actors.models import Letter
from dialogue import tasks
from dialogue.followers import following
from dialogue.models import Follower
from ostberga.lib.privacy.encrypted import decrypt
from ostberga.lib.redis_client import redis_client
from tests import factories as make

ADDRESS = "amina@example.se"


@pytest.fixture
def queue():
    return redis_client()


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
    tasks.write_followers()
    return f"/folj/{Follower.objects.get().token}/"


def test_asking_writes_nothing_to_the_database(amina, lamps, queue):
    sent = asks(amina, lamps)

    assert sent.headers["Location"] == "/folj/tack/"
    assert (Follower.objects.count(), Letter.objects.count()) == (0, 0)
    (kept,) = queue.lrange(following.WAITING, 0, -1)
    assert b"amina" not in kept
    assert ADDRESS in decrypt(kept.decode())


def test_the_batch_writes_followers_and_asks_each_address(amina, lamps, buses, queue):
    asks(amina, lamps, email="Amina@example.se")
    asks(amina, buses)
    assert following.write_waiting() == 1

    follower = Follower.objects.get()
    assert (follower.email, set(follower.issues.all()), follower.confirmed_on) == (ADDRESS, {lamps, buses}, None)
    letter = Letter.objects.get()
    assert (letter.to, letter.kind, letter.subject) == (ADDRESS, "follow", "Vill du följa frågor i dialogen?")
    assert f"/folj/{follower.token}/" in letter.text
    assert "Bussen & turerna" in letter.text
    assert queue.llen(following.WAITING) == queue.llen(following.WRITING) == 0


def test_only_a_hash_of_the_link_is_stored(link):
    follower = Follower.objects.get()

    assert follower.token not in str(vars(follower))
    assert Follower.objects.holding(follower.token).get() == follower


def test_the_order_of_asking_is_not_the_order_of_writing(amina, lamps):
    for number in range(30):
        asks(amina, lamps, email=f"boende{number:02}@example.se")
    following.write_waiting()

    written = list(Letter.objects.order_by("written_at", "pk").values_list("to", flat=True))
    assert len(written) == 30
    assert [letter.to for letter in Letter.objects.order_by("written_at")] != sorted(written)


def test_a_batch_that_died_is_taken_up_by_the_next(amina, lamps, queue):
    asks(amina, lamps)
    queue.lmove(following.WAITING, following.WRITING)

    assert following.write_waiting() == 1
    assert (Follower.objects.count(), queue.llen(following.WRITING)) == (1, 0)


def test_two_batches_do_not_write_at_once(amina, lamps, queue):
    asks(amina, lamps)
    with queue.lock(following.LOCK, timeout=60):
        assert following.write_waiting() == 0
    assert following.write_waiting() == 1


def test_opening_the_link_changes_nothing_because_mail_programs_do_it(amina, link):
    page = amina.get(link)

    assert "Ja, skicka nyheter" in page.text
    assert Follower.objects.get().confirmed_on is None


def test_the_button_says_yes(amina, link):
    amina.post(link, {"gor": "bekrafta"})

    follower = Follower.objects.get()
    assert follower.confirmed_on == timezone.localdate()
    assert follower.followed.get().confirmed_on == timezone.localdate()
    assert "Frågor du följer" in amina.get(link).text


def test_somebody_else_can_not_make_her_follow_more(amina, link, buses):
    amina.post(link, {"gor": "bekrafta"})
    asks(amina, buses)
    following.write_waiting()

    assert Follower.objects.get().followed.get(issue=buses).confirmed_on is None
    assert "Bussen &amp; turerna" in amina.get(link).text
    assert Letter.objects.count() == 2


def test_asking_again_and_again_does_not_fill_her_inbox(amina, link, lamps):
    for _ in range(3):
        asks(amina, lamps)
        following.write_waiting()

    assert Letter.objects.count() == 1


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


def test_an_address_nobody_confirmed_is_forgotten(link):
    Follower.objects.update(asked_on=timezone.localdate() - dt.timedelta(days=31))

    following.write_waiting()

    assert Follower.objects.count() == 0


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


def test_without_the_shelf_she_is_told_so(amina, lamps, settings):
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1"}}

    page = asks(amina, lamps)

    assert (page.status_code, "Vi kan inte ta emot adressen just nu." in page.text) == (409, True)


def test_the_letter_is_in_her_language(amina, lamps):
    amina.post("/ar/folj/", {"epost": ADDRESS, "fraga": [lamps.pk]})
    following.write_waiting()

    letter = Letter.objects.get()
    assert letter.language == "ar"
    assert "/ar/folj/" in letter.text
    assert 'dir="rtl"' in letter.html


def test_she_says_how_much_she_wants_to_hear(amina, lamps, queue):
    asks(amina, lamps, wish="result")
    (kept,) = queue.lrange(following.WAITING, 0, -1)
    following.write_waiting()

    assert (b"result" in kept, Follower.objects.get().wish) == (False, "result")


def test_a_wish_that_is_none_is_refused(amina, lamps):
    assert asks(amina, lamps, wish="hittepa").status_code == 422


def test_somebody_else_can_not_change_what_she_has_chosen(amina, link, lamps, buses):
    amina.post(link, {"gor": "bekrafta"})
    amina.post("/ar/folj/", {"epost": ADDRESS, "fraga": [buses.pk], "vill": "result"})
    following.write_waiting()

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
