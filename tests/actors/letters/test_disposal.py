"""What is kept of a letter when it has gone, and how what is kept is disposed of."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.utils import timezone

from actors.letters import disposal, outbox, retrying, sending
from actors.models import Disposal, Letter
from actors.rules import deliveries
from ostberga.lib.refusal import Refusal
from tests.house.files import ROOT

WELCOME = "Öppna http://gammalt.example/valkommen/hemlig/ eller http://localhost/om/."
TODAY = timezone.localdate()


def write(days_ago=0, state="", **fields):
    letter = outbox.post(
        **{"kind": "invitation", "to": "ny@example.se", "subject": "Hej", "text": WELCOME, "html": f"<p>{WELCOME}</p>"}
        | fields
    )
    then = timezone.localtime() - dt.timedelta(days=days_ago)
    if state:
        Letter.objects.filter(pk=letter.pk).update(state=state, written_at=then, sent_at=then)
        letter.refresh_from_db()
    return letter


def test_when_it_has_gone_the_link_is_cut_and_the_words_stay(db):
    letter = write()
    assert WELCOME in letter.text
    sending.send(str(letter.pk))
    letter.refresh_from_db()

    assert mail.outbox[0].body == WELCOME
    assert (letter.text, letter.sealed) == ("Öppna [länk] eller http://localhost/om/.", "")
    assert letter.html == f"<p>{letter.text}</p>"


def test_the_demo_keeps_its_links_since_it_sends_nothing(db, settings, amina):
    settings.DEMO = True
    letter = write()
    sending.send(str(letter.pk))

    assert 'href="http://gammalt.example/valkommen/hemlig/"' in amina.get(f"/brev/{letter.pk}/").text


def test_of_a_letter_to_sign_in_with_nothing_is_kept(db):
    letter = write(kind="account", text="Din kod är 123 456.", html="")
    sending.send(str(letter.pk))
    letter.refresh_from_db()

    assert mail.outbox[0].body == "Din kod är 123 456."
    assert (letter.text, letter.html, letter.sealed) == ("", "", "")


def test_one_that_could_not_be_sent_can_be_tried_again_for_a_month(ostberga):
    letter = write(29, "failed", collaboration=ostberga)
    disposal.dispose_of_due(TODAY)
    retrying.retry_failed(letter)
    assert letter.text == WELCOME

    letter = write(31, "failed", collaboration=ostberga)
    disposal.dispose_of_due(TODAY)
    with pytest.raises(Refusal, match="länk är borttagen"):
        retrying.retry_failed(letter)


def test_a_code_that_could_not_be_sent_is_not_kept(db, settings):
    settings.EMAIL_BACKEND = "tests.actors.letters.test_letters.BrokenServer"
    letter = write(kind="account", useful_until=timezone.now() + dt.timedelta(days=9))
    Letter.objects.filter(pk=letter.pk).update(tried_since=timezone.now() - deliveries.TRIED_FOR)
    sending.send(str(letter.pk))
    letter.refresh_from_db()

    assert (letter.state, letter.sealed, letter.text) == ("failed", "", "")


@pytest.mark.parametrize(("kind", "days", "left"), [("account", 31, 0), ("account", 29, 1), ("meeting-called", 900, 1)])
def test_letters_go_when_their_days_are_over(db, kind, days, left):
    write(days, "sent", kind=kind)
    disposal.dispose_of_due(TODAY)

    assert Letter.objects.count() == left


def test_records_are_disposed_of_by_decision_and_the_decision_is_kept(ake, ostberga, browse):
    for days_ago, fields in [(400, {}), (400, {"kind": "decision-asked"}), (10, {}), (400, {"kind": "pulse"})]:
        write(days_ago, "sent", collaboration=ostberga, **fields)
    write(400, "sent")  # another's
    browser, before = browse(ake), (TODAY - dt.timedelta(days=365)).isoformat()
    assert "bara efter beslut" in browser.post("/samordna/ostberga/brev/gallra/", {"before": before}).text
    assert Letter.objects.count() == 5

    page = browser.post("/samordna/ostberga/brev/gallra/", {"before": before, "decision_number": "§ 14"}, follow=True)
    assert "2 brev är gallrade." in page.text
    assert "enligt § 14" in page.text
    assert (Letter.objects.count(), str(Disposal.objects.get())) == (3, "2 brev enligt § 14")


@pytest.mark.parametrize(
    ("days", "number", "code"), [(0, " ", "no_decision"), (-1, "§ 14", "not_yet"), (0, "§ 14", "nothing")]
)
def test_nothing_is_disposed_of_without_decision_or_of_the_future(ake, ostberga, days, number, code):
    write(0, "sent", collaboration=ostberga)
    act = {"collaboration": ostberga, "decision_number": number, "by": ake}

    with pytest.raises(Refusal) as no:
        disposal.dispose_of_records(before=TODAY - dt.timedelta(days=days), **act)
    assert (no.value.code, Letter.objects.count()) == (code, 1)


def test_the_handbook_shows_the_plan_as_it_is():
    page = (ROOT / "docs/handbok/dataskyddsombud.md").read_text()
    rows = dict(re.findall(r"^\| `([a-z-]+)` \|.*?\| (\d+) dagar", page, re.MULTILINE))

    assert {kind: int(days) for kind, days in rows.items()} == disposal.DAYS
