"""SL reads how its reply is told, and says something else: its words stand beside the coordinator's, for everybody."""

import datetime as dt

import pytest
from django.utils import timezone

from actors.models import Letter
from dialogue.external import outside_bodies, own_words
from dialogue.models import AddresseeWords
from ostberga.lib.refusal import Refusal
from tests import factories as make
from tests.links import link_to
from tests.reports.downloads.reading_files import json_rows, made

TODAY = timezone.localdate()
BOX, PIECE = "registrator@sl.example", "registrator/egna-ord"
SAID = "Turerna ställs in till januari, inte för alltid."
WORDS = {"words": SAID, "function": "Trafikchef"}


@pytest.fixture
def region(ostberga):
    body = make.organisation("Storstockholms Lokaltrafik", short_name="SL", slug="sl")
    make.registry(body, BOX)
    ostberga.addressees.create(organisation=body, about={"sv": "Kör bussarna."})
    return body


@pytest.fixture(params=["petition", "letter"])
def enquiry(request, ready, region, ake):
    asked = {"issue": ready, "addressee": region, "subject": {"sv": "Buss 134"}, "sent_on": TODAY, "by": ake}
    if request.param == "petition":
        names = outside_bodies.SignatureCount(1000, "about", "Lokaltidningen")
        return outside_bodies.register_petition(**asked, names=names)
    return outside_bodies.send_question(**asked, text="Varför?", reply_due=TODAY)


@pytest.fixture
def replied(enquiry, ake):
    outside_bodies.register_reply(to=enquiry, words={"sv": "Turerna ställs in."}, on=TODAY, by=ake)
    return enquiry


def page_of(enquiry, browse):
    return " ".join(browse().get(enquiry.issue.get_absolute_url()).text.split())


def test_its_words_stand_beside_the_coordinators_with_day_and_by_whom(replied, ake, ostberga, browse):
    link = link_to(BOX, "outside-replied", PIECE)
    assert (browse().get(link).status_code, SAID in page_of(replied, browse)) == (200, False)
    browse().post(link, WORDS)

    page = page_of(replied, browse)
    assert [words in page for words in ("Turerna ställs in.", SAID, "Trafikchef", "säger själv")] == [True] * 4
    assert SAID in Letter.objects.get(kind="outside-spoke", to=ake.email).text
    row = AddresseeWords.objects.get()
    assert (row.said_as, row.token_hash, browse().post(link, WORDS).status_code) == (
        "Storstockholms Lokaltrafik", "", 404,
    )  # fmt: skip
    slug = "namninsamlingar" if row.petition else "brev-utanfor"
    headings, rows = json_rows(made(slug, "json", ostberga))
    assert (rows[0][headings.index("Egna ord")], rows[0][headings.index("Vem")]) == (SAID, "Trafikchef")


def test_words_and_function_are_needed_and_nothing_is_lost(replied, browse):
    link = link_to(BOX, "outside-replied", PIECE)
    page = browse().post(link, {"words": SAID, "function": " "})

    assert (page.status_code, SAID in page.text) == (422, True)
    assert not AddresseeWords.objects.filter(said_at__isnull=False).exists()


def test_an_address_that_does_not_count_gets_the_words_and_no_link(enquiry, region, ake):
    region.registry_email = "nagon@gmail.example.org"
    region.save(update_fields=["registry_email"])
    outside_bodies.register_reply(to=enquiry, words={"sv": "Turerna ställs in."}, on=TODAY, by=ake)

    assert "egna-ord" not in Letter.objects.get(kind="outside-replied").text
    assert not AddresseeWords.objects.exists()
    with pytest.raises(Refusal) as no:
        own_words.show_again(enquiry=enquiry, by=ake)
    assert no.value.code == "no_registry"


def test_a_new_link_kills_the_old_one_and_only_its_coordinator_sends_it(replied, ake, elsewhere, browse):
    old = link_to(BOX, "outside-replied", PIECE)
    kind = "namninsamling" if hasattr(replied, "names") else "brev"
    path = f"/samordna/ostberga/utanfor/{kind}/{replied.pk}/igen/"
    assert elsewhere.post(path).status_code == 404
    assert browse(ake).post(path).status_code == 302

    new = link_to(BOX, "outside-replied", PIECE)
    assert [browse().get(link).status_code for link in (old, new)] == [404, 200]
    AddresseeWords.objects.update(expires_at=timezone.now() - dt.timedelta(minutes=1))
    assert browse().get(new).status_code == 404


def test_what_it_has_said_nobody_asks_for_again(replied, ake, browse):
    browse().post(link_to(BOX, "outside-replied", PIECE), WORDS)
    with pytest.raises(Refusal) as no:
        own_words.show_again(enquiry=replied, by=ake)
    assert no.value.code == "already_replied"
