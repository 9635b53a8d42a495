"""Whoever leads an activity starts it, adds news and ends it; pictures are stripped of metadata."""

import errno
import os
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from dialogue.activities import activity_lifecycle, pictures
from dialogue.models import ActivityEvent
from dialogue.rules.activities import ActivityState, Part
from dialogue.rules.decisions import PartState
from ostberga.lib.refusal import Refusal
from tests import factories as make

SECRET_PLACE = "HEMLIG PLATS"


@pytest.fixture
def lit(talk, ake, tova, trafikkontoret):
    """A planned activity that Trafikkontoret has accepted to lead, without a decision."""
    activity = make.activity(make.issue(talk, "Lamporna"), ake)
    make.commitment(activity, trafikkontoret, ake)
    return activity


@pytest.fixture
def running(lit, ake, trafikkontoret):
    """The same activity, running under a decision."""
    lit.decision = lit.started_under = make.decision(lit.issue, ake, trafikkontoret, answer=PartState.APPROVED)
    lit.state = ActivityState.RUNNING
    lit.save()
    return lit


@pytest.fixture
def photos(settings, tmp_path):
    """Pictures are kept in a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path


def act(name, activity):
    return reverse(f"activity-{name}", args=[activity.pk])


def photo(size=(2400, 1800), kind="JPEG"):
    """A picture as a phone takes it: with the place it was taken, and a comment."""
    exif = Image.Exif()
    exif[0x010E] = SECRET_PLACE
    exif[0x0112] = 6  # lies on its side
    exif.get_ifd(0x8825)[2] = (59.0, 17.0, 0.0)
    out, more = BytesIO(), {"comment": SECRET_PLACE.encode()} if kind == "JPEG" else {}
    Image.effect_noise(size, 90).convert("RGB").save(out, kind, exif=exif, **more)
    return out.getvalue()


def sent(data, name="bild.jpg"):
    return SimpleUploadedFile(name, data, content_type="image/jpeg")


def state(activity):
    activity.refresh_from_db()
    return activity.state


def test_it_does_not_begin_without_a_decision_and_the_page_says_which(lit, tova, ake, polisen, browse):
    bare = browse(tova).post(act("start", lit))
    lit.decision = make.decision(lit.issue, ake, polisen)
    lit.save()
    asked = browse(tova).post(act("start", lit))

    assert (bare.status_code, asked.status_code, state(lit)) == (409, 409, ActivityState.PLANNED)
    assert f"Det saknas ett beslut från {polisen}." in asked.text


def test_it_begins_when_the_decision_is_in_force(running, tova, browse):
    running.state = ActivityState.PLANNED
    running.save()
    page = browse(tova).post(act("start", running), follow=True)

    assert state(running) == ActivityState.RUNNING
    assert "Nu pågår aktiviteten." in page.text


@pytest.mark.parametrize("name", ["work", "start", "tell", "pause", "end"])
@pytest.mark.parametrize("who", ["polly", "stranger"])
def test_for_others_it_is_not_there(name, who, running, request, browse):
    browser = browse(request.getfixturevalue(who))
    answer = browser.get(act(name, running)) if name == "work" else browser.post(act(name, running))

    assert (answer.status_code, state(running)) == (404, ActivityState.RUNNING)


def test_a_partner_tells_nothing_in_the_leads_place(running, polly, polisen, ake, browse):
    make.commitment(running, polisen, ake, part=Part.PARTNER)

    assert browse(polly).post(act("tell", running), {"text": "Hej"}).status_code == 404


def test_the_coordinator_may_tell_too(running, ake, elsewhere, browse):
    browse(ake).post(act("tell", running), {"text": "Tolv lampor är bytta."})

    assert running.events.get().text == "Tolv lampor är bytta."
    assert elsewhere.get(act("work", running)).status_code == 404


def test_a_name_is_asked_about_once_before_all_can_read_it(running, tova, browse):
    words = "Sex lampor lyser. Berit är nöjd."
    asked = browse(tova).post(act("tell", running), {"text": words})

    assert (asked.status_code, running.events.count()) == (422, 0)
    assert "Det här kan peka ut någon: Berit (namn)." in asked.text
    seen = asked.context["news"]["warned"].value()
    other = browse(tova).post(act("tell", running), {"text": "Ring Berit på 070-174 06 12.", "warned": seen})
    browse(tova).post(act("tell", running), {"text": words, "warned": seen})
    assert (other.status_code, running.events.get().text) == (422, words)

    end = {"state": "done", "outcome_sv": "Klart. Mejla berit@example.se."}
    assert browse(tova).post(act("end", running), end).status_code == 422
    assert state(running) == ActivityState.RUNNING


def test_a_pause_and_an_end_need_their_words(running, tova, browse):
    browser = browse(tova)
    codes = [browser.post(act("pause", running)).status_code, browser.post(act("end", running)).status_code]

    assert (codes, state(running)) == ([422, 422], ActivityState.RUNNING)


def test_an_end_without_effect_is_kept_with_its_lesson(running, tova, browse):
    typed = {"state": "no_effect", "outcome_sv": "För kallt ute.", "outcome_en": "Too cold outside."}
    text = browse(tova).post(act("end", running), typed, follow=True).text

    assert state(running) == ActivityState.NO_EFFECT
    assert running.outcome == {"sv": "För kallt ute.", "en": "Too cold outside."}
    assert "För kallt ute." in text.split("Så gick det")[1]


def test_what_is_handed_over_says_to_whom(running, tova, browse):
    typed = {"state": "handed_over", "outcome_sv": "Det fungerar."}
    unsaid = browse(tova).post(act("end", running), typed)
    browse(tova).post(act("end", running), typed | {"carried_on_by": "Driftenheten"})

    assert unsaid.status_code == 422
    assert (state(running), running.carried_on_by) == (ActivityState.HANDED_OVER, "Driftenheten")


def test_a_picture_is_small_upright_and_tells_no_place(running, tova, photos, browse):
    sending = {"text": "Så här ser det ut.", "bild": sent(photo()), "bildtext": "En lampa."}
    browse(tova).post(act("tell", running), sending)
    kept = ActivityEvent.objects.get().picture.read()
    picture = Image.open(BytesIO(kept))

    assert SECRET_PLACE.encode() not in kept
    assert (picture.format, dict(picture.getexif()), "comment" in picture.info) == ("JPEG", {}, False)
    assert len(kept) <= 300_000
    assert picture.width < picture.height


def test_a_picture_without_words_is_not_taken(running, tova, photos, browse):
    answer = browse(tova).post(act("tell", running), {"text": "Se här.", "bild": sent(photo((20, 10)))})

    assert answer.status_code == 422
    assert "Se här." in answer.text
    assert list(answer.context["news"].errors) == ["bildtext", "bild"]
    assert not running.events.exists()


def test_a_picture_is_not_lost_when_something_else_is_asked_about(running, tova, photos, browse):
    words = {"text": "Sex lampor lyser. Berit är nöjd.", "bildtext": "En lampa."}
    asked = browse(tova).post(act("tell", running), words | {"bild": sent(photo((20, 10)))})
    assert "Välj bilden igen." in asked.text
    again = words | {"warned": asked.context["news"]["warned"].value()}
    without = browse(tova).post(act("tell", running), again)

    assert (without.status_code, "Välj bilden, eller ta bort orden" in without.text) == (422, True)
    assert not running.events.exists()
    browse(tova).post(act("tell", running), again | {"bild": sent(photo((20, 10)))})
    assert (bool(running.events.get().picture), running.events.get().picture_alt) == (True, "En lampa.")


BOMB = BytesIO()
Image.new("1", (30_000, 30_000)).save(BOMB, "PNG")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40, "formatet HEIC"),
        (BOMB.getvalue(), "för många bildpunkter"),
        (b"<svg onload=alert(1)>", "går inte att läsa"),
        (photo((60, 40))[:300], "går inte att läsa"),
        (b"\xff" * 8_000_001, "högst 8 MB"),
    ],
    ids=["heic", "bomb", "svg", "torn", "large"],
)
def test_what_is_no_picture_for_us_is_refused_in_plain_words(data, why):
    with pytest.raises(pictures.UnusablePicture, match=why):
        pictures.clean_picture(data)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "CMYK", "1"])
def test_pictures_of_every_kind_become_a_jpeg(mode):
    out = BytesIO()
    Image.new(mode, (40, 30)).save(out, "JPEG" if mode == "CMYK" else "PNG")

    assert Image.open(BytesIO(pictures.clean_picture(out.getvalue()))).format == "JPEG"


def test_everybody_sees_the_picture_while_the_issue_is_public(running, tova, photos, browse, amina):
    browse(tova).post(act("tell", running), {"text": "Så.", "bild": sent(photo((20, 10))), "bildtext": "En lampa."})
    address = reverse("dialogue:activity-picture", args=["ostberga", running.events.get().pk])
    response = amina.get(address)
    running.issue.unpublish(by=running.planned_by)

    assert (response.status_code, response.headers["Content-Type"]) == (200, "image/jpeg")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "max-age" in response.headers["Cache-Control"]
    assert amina.get(address).status_code == 404


def test_a_picture_is_not_found_below_another_collaboration(running, tova, photos, browse, amina):
    make.collaboration("annanstans")
    browse(tova).post(act("tell", running), {"text": "Så.", "bild": sent(photo((20, 10))), "bildtext": "En lampa."})

    assert amina.get(f"/annanstans/sa-gick-det/bild/{running.events.get().pk}/").status_code == 404


def test_without_a_mandate_in_force_for_the_body_that_leads_nobody_runs_it(running, ostberga, trafikkontoret, browse):
    asked, decides = make.user("vantar@trafik.example"), make.user("beslutar@trafik.example")
    for person in (asked, decides):
        make.official(person, trafikkontoret)
    make.mandate(asked, trafikkontoret, ostberga, confirmed_at=None, confirmed_by_address="", sent_to="")
    make.mandate(decides, trafikkontoret, ostberga, "delegation")
    for person in (asked, decides):
        with pytest.raises(Refusal, match="inget mandat som gäller nu att göra åtaganden"):
            activity_lifecycle.pause(activity=running, by=person, why="Så.")
        assert browse(person).get(act("work", running)).status_code == 404
        assert act("work", running) not in browse(person).get("/mitt/").text


def test_whose_mandate_has_ended_starts_nothing_and_is_told_why_before_anything_else(lit, tova):
    tova.mandates.update(ended_at=timezone.now())
    with pytest.raises(Refusal) as refused:
        activity_lifecycle.start(activity=lit, by=tova)

    assert refused.value.code == "may_not"


def test_on_a_full_disk_her_words_come_back_and_can_go_without_the_picture(running, tova, photos, browse, monkeypatch):
    def is_full(*_args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "link", is_full)
    sending = {"text": "Så här ser det ut.", "bild": sent(photo((80, 60))), "bildtext": "En lampa."}
    page = browse(tova).post(act("tell", running), sending)

    assert (page.status_code, "ingen plats kvar" in page.text, "Så här ser det ut." in page.text) == (422, True, True)
    assert not ActivityEvent.objects.exists()
    assert browse(tova).post(act("tell", running), {"text": "Utan bild."}).status_code == 302
