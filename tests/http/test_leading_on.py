"""What was public once, or was copied off a poster, leads on to where it is now, in every language."""

import pytest
from django.core.exceptions import ValidationError
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from actors.models import Collaboration, FormerCollaborationAddress, SecurityEvent, User
from dialogue.issues import creating
from dialogue.models import Issue
from ostberga.http.leading_on import find_present_address
from ostberga.lib.refusal import Refusal
from tests import factories as make

EMPTY = {"title": {"sv": "Natten"}, "description": {}, "next_up": {}}


@pytest.fixture
def lamps(talk):
    return make.issue(talk, "Lamporna", slug="lamporna")


@pytest.fixture
def poster(form):
    """A channel whose code stands on a poster."""
    form.channels.update(code="trivsel")
    make.wave(form)


def move(issue, by, slug):
    Issue.objects.get(pk=issue.pk).describe(by=by, slug=slug, **EMPTY)


def move_collaboration(browse, slug):
    """The administrator gives Östberga another address."""
    admin = User.objects.filter(is_superuser=True).first() or make.user(is_staff=True, is_superuser=True)
    place = Collaboration.objects.get()
    address = reverse("admin:actors_collaboration_change", args=[place.pk])
    form = browse(admin).get(address).context["adminform"].form
    typed = {name: value for name, value in form.initial.items() if value is not None and name in form.fields}
    typed |= {"description": "{}", "slug": slug}
    return browse(admin).post(address, typed)


@pytest.mark.parametrize(
    ("typed", "leads_to"),
    [
        ("/svara/trivsel.", "/svara/trivsel/"),
        ("/svara/trivsel)", "/svara/trivsel/"),
        ("/svara/trivsel%20/", "/svara/trivsel/"),
        ("/svara/trivsel./", "/svara/trivsel/"),
        ("/Svara/trivsel/", "/svara/trivsel/"),
        ("/SVARA/TRIVSEL", "/svara/trivsel/"),
        ("/so/Svara/trivsel).", "/so/svara/trivsel/"),
        ("/SO/svara/trivsel/", "/so/svara/trivsel/"),
        ("/Ostberga/", "/ostberga/"),
        ("/östberga/", "/ostberga/"),
        ("/%C3%96stberga", "/ostberga/"),
        ("/O%CC%88stberga/", "/ostberga/"),
        ("/ar/Östberga/Fragor/Lamporna).", "/ar/ostberga/fragor/lamporna/"),
        ("/ostberga/parter.", "/ostberga/parter/"),
        ("/Kvitto/", "/kvitto/"),
    ],
)
def test_what_people_type_leads_there_at_once(typed, leads_to, lamps, poster, browse):
    answer = browse().get(typed)

    assert (answer.status_code, answer.headers["Location"]) == (301, leads_to)
    assert browse().get(leads_to).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/svara/finnsinte.", "/finns-inte.", "//evil.example/.", "/\\evil.example", "/https://evil.example/",
        "/ostberga/fragor/finns-inte.", "/Mandat/AbC.", "/static/x.", "/ostberga/tidigare/99999999999999999999/",
    ],
)  # fmt: skip
def test_nothing_leads_out_or_to_what_is_not_there(path, lamps, browse):
    answer = browse().get(path, follow=True)

    assert answer.status_code in {404, 200}
    assert [address for address, _ in answer.redirect_chain if not address.startswith("/") or "//" in address] == []
    assert answer.status_code == 404


def test_a_secret_keeps_its_capitals(talk):
    assert find_present_address("/Mandat/AbCd/") == "/mandat/AbCd/"


def test_an_issues_earlier_addresses_lead_on_in_every_language(lamps, ake, browse):
    for slug in ("ljuset", "natten"):
        move(lamps, ake, slug)

    for old in ("lamporna", "ljuset"):
        for prefix in ("", "/en", "/so", "/ar"):
            answer = browse().get(f"{prefix}/ostberga/fragor/{old}/?q=1")
            there = f"{prefix}/ostberga/fragor/natten/"
            assert (answer.status_code, answer.headers["Location"]) == (301, f"{there}?q=1")
            assert answer.headers["Cache-Control"] == "no-cache"


def test_also_where_following_begins(lamps, ake, browse):
    move(lamps, ake, "natten")
    FormerCollaborationAddress.objects.create(collaboration=Collaboration.objects.get(), slug="gamla")

    for address in ("/folj/?fraga=lamporna", "/so/folj/?fraga=lamporna&samverkan=gamla", "/folj/?fraga=natten"):
        assert browse().get(address).context["chosen"] == {lamps.pk}


def test_an_address_is_taken_back_but_not_taken_over(lamps, talk, ake, browse):
    move(lamps, ake, "natten")
    with pytest.raises(Refusal, match="har haft den adressen"):
        creating.create_issue(dialogue=talk, slug="lamporna", title={"sv": "Ny"}, description={}, by=ake)
    with pytest.raises(Refusal, match="har haft den adressen"):
        make.issue(talk, slug="annan").describe(by=ake, slug="lamporna", **EMPTY)
    move(lamps, ake, "lamporna")

    back = browse().get("/ostberga/fragor/natten/", follow=True)

    assert browse().get("/ostberga/fragor/lamporna/").status_code == 200
    assert (back.status_code, len(back.redirect_chain)) == (200, 1)


def test_the_form_says_so_beside_the_address(lamps, talk, ake, browse):
    move(lamps, ake, "natten")
    address = reverse("coordinate:issue-new", args=["ostberga"])

    page = browse(ake).post(address, {"title_sv": "Ny", "slug": "lamporna"})

    assert (page.status_code, "har haft adressen lamporna" in page.text) == (422, True)


def test_a_hidden_issue_is_not_told_of(lamps, ake, browse):
    move(lamps, ake, "natten")
    Issue.objects.update(published_at=None)

    assert browse().get("/ostberga/fragor/lamporna/").status_code == 404


def test_an_issue_moves_with_its_dialogue(lamps, talk, ake, browse):
    move(lamps, ake, "natten")
    type(talk).objects.update(is_current=False, ended_on=timezone.localdate())
    make.dialogue(talk.collaboration)

    for old in (
        "/ostberga/fragor/natten/",
        "/ostberga/fragor/lamporna/",
        f"/ostberga/tidigare/{talk.pk}/fragor/lamporna/",
    ):
        there = browse().get(old, follow=True)
        assert (there.status_code, there.redirect_chain[0][0]) == (200, f"/ostberga/dialog/{talk.slug}/fragor/natten/")


@override_settings(KEEP_PUBLIC_PAGES=True)
def test_a_collaborations_earlier_address_leads_on_although_its_page_was_kept(
    lamps, browse, django_capture_on_commit_callbacks
):
    assert browse().get("/so/ostberga/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        move_collaboration(browse, "soder")

    for old, new in (("/so/ostberga/", "/so/soder/"), ("/Ostberga/fragor/lamporna", "/soder/fragor/lamporna/")):
        answer = browse().get(old)
        assert (answer.status_code, answer.headers["Location"]) == (301, new)
        assert browse().get(new).status_code == 200


def test_nor_does_another_collaboration_take_it(lamps, ake, browse, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        move_collaboration(browse, "soder")
    other = make.collaboration("annanstans")
    other.slug = "Ostberga"

    with pytest.raises(ValidationError, match="har haft den adressen"):
        other.full_clean()
    with django_capture_on_commit_callbacks(execute=True):
        move_collaboration_back(browse)
    assert browse().get("/soder/").headers["Location"] == "/ostberga/"
    assert browse(ake).get("/samordna/soder/parter/").headers["Location"] == "/samordna/ostberga/parter/"


def move_collaboration_back(browse):
    Collaboration.objects.filter(slug="annanstans").delete()
    move_collaboration(browse, "ostberga")


def test_a_form_from_an_old_page_is_sent_there_again(lamps, ake, browse):
    Collaboration.objects.get().former_addresses.create(slug="gamla")

    answer = browse(ake).post("/samordna/gamla/fragor/ny/", {"title_sv": "Ny"})

    assert (answer.status_code, answer.headers["Location"]) == (308, "/samordna/ostberga/fragor/ny/")


def test_an_old_address_is_no_attempt_at_what_is_forbidden(lamps, ake, browse):
    Collaboration.objects.get().former_addresses.create(slug="gamla")

    assert browse(ake).get("/samordna/gamla/personer/").status_code == 301
    assert not SecurityEvent.objects.filter(kind="refused").exists()
