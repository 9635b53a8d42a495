"""Names over time: pages say what something was called before, and the coordinator's search finds it by that."""

import datetime as dt

import pytest
from django.utils import timezone

from actors.models import FormerPersonName
from actors.models.former.names import keep_name, rename
from dialogue.activities import commitments
from dialogue.decisions import answering
from dialogue.groups import forming
from dialogue.groups.forms.proposals import ProposalForm
from dialogue.history import search
from dialogue.meetings.draft_proposals import words_from_line
from dialogue.rules.activities import Part
from dialogue.rules.decisions import PartState
from tests import factories as make

TEXTS: dict[str, dict[str, str]] = {"description": {}, "next_up": {}}


@pytest.fixture
def renamed(ready, ake, trafikkontoret):
    """An issue, a group, a body, a person and the collaboration, all with other names since today."""
    place = ready.dialogue.collaboration
    group = make.group(ready.dialogue, ake, ready)
    type(group).objects.update(name="Lekgruppen")
    group.refresh_from_db()
    forming.update_group(group=group, name="Parkgruppen", mandate="", issues=[ready], by=ake)
    ready.describe(by=ake, slug="parken", title=make.in_all_languages("Gungan"), **TEXTS)
    rename(trafikkontoret, name="Gatukontoret", short_name="Gatan")
    trafikkontoret.save()
    keep_name(place.former_names, name=place.name)
    type(place).objects.update(name="Samverkan Ljusberga")
    keep_name(ake.former_names, name="Åke Gammalsson")
    place.refresh_from_db()
    return ready


def kinds(issue, typed):
    groups = search.search(issue.dialogue.collaboration, typed).groups
    return {group.name: [str(hit.excerpt) for hit in group.hits] for group in groups}


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("lamporna", "Sakfrågor"),
        ("lekgruppen", "Arbetsgrupper"),
        ("trafikkontoret", "Organisationer"),
        ("gammalsson", "Personer"),
        ("samverkan östberga", "Samverkan"),
    ],
)
def test_the_old_name_finds_it_and_says_that_it_is_old(renamed, typed, kind):
    (excerpt,) = kinds(renamed, typed)[kind]

    assert excerpt.startswith("Hette tidigare: ")
    assert "<mark>" in excerpt


@pytest.mark.parametrize(
    ("typed", "kind"), [("lampörna", "Sakfrågor"), ("lekgrupen", "Arbetsgrupper"), ("trafikontoret", "Organisationer")]
)
def test_a_misspelt_old_name_finds_it(renamed, typed, kind):
    assert kind in kinds(renamed, typed)


@pytest.mark.parametrize("typed", ["gungan", "parkgruppen", "gatukontoret", "åke"])
def test_the_new_name_finds_it(renamed, typed):
    assert len(kinds(renamed, typed)) == 1


def test_the_public_pages_say_what_it_was_called(renamed, amina):
    issue = amina.get("/ostberga/fragor/parken/").text
    group = amina.get(f"/ostberga/grupper/{renamed.groups.get().pk}/").text
    front = amina.get("/ostberga/").text

    for page, name in ((issue, "Lamporna"), (group, "Lekgruppen"), (front, "Samverkan Östberga")):
        assert "Hette tidigare:" in page
        assert name in page.split("Hette tidigare:")[1][:120]


def test_a_title_is_told_in_the_readers_language(renamed, amina):
    page = amina.get("/en/ostberga/fragor/parken/").text

    assert renamed.former_titles.get().title["en"] in page.split("Formerly called:")[1][:120]


def test_neither_a_translation_nor_a_name_that_nobody_saw_is_kept(ready, ake):
    issue = make.issue(ready.dialogue, "Utkast", published_at=None)
    issue.describe(by=ake, slug=issue.slug, title={"sv": "Namn"}, **TEXTS)
    type(ready).objects.filter(pk=ready.pk).update(title={"sv": "Lamporna"})
    ready.refresh_from_db()
    ready.describe(by=ake, slug=ready.slug, title={"sv": "Lamporna", "en": "The lamps"}, **TEXTS)

    assert not issue.former_titles.exists()
    assert not ready.former_titles.exists()


def test_a_name_that_did_not_last_a_day_is_not_kept(ready, ake):
    ready.describe(by=ake, slug=ready.slug, title={"sv": "Gunagn"}, **TEXTS)
    ready.describe(by=ake, slug=ready.slug, title={"sv": "Gungan"}, **TEXTS)

    assert [str(former) for former in ready.former_titles.all()] == ["Lamporna"]


def test_another_collaborations_people_are_not_found_by_an_old_name(renamed):
    other_place = make.collaboration("annanstans")
    stranger = make.user("fram@annanstans.example", name="Frida")
    FormerPersonName.objects.create(
        user=stranger, name="Frida Gammalsson", until=timezone.localdate() - dt.timedelta(1)
    )

    assert [group.name for group in search.search(other_place, "gammalsson").groups] == []
    assert len(kinds(renamed, "gammalsson")["Personer"]) == 1


def test_one_body_stands_under_both_its_names_wherever_it_answered_or_promised(ready, ake, tova, trafikkontoret, amina):
    given = make.decision(ready, ake, trafikkontoret)
    answering.answer(
        part=given.parts.get(), answer=PartState.APPROVED, facts=answering.DecisionFacts(delegation_item="1"), by=tova
    )
    activity = make.activity(ready, ake, given)
    promise = commitments.ask(activity=activity, organisation=trafikkontoret, part=Part.LEAD, what="", by=ake)
    commitments.accept(commitment=promise, by=tova)
    rename(trafikkontoret, name="Gatukontoret", short_name="Gatan")
    trafikkontoret.save()
    ready.dialogue.collaboration.bump_public_version()
    both = "Trafikkontoret</span> (heter nu <span>Gatukontoret</span>)"
    pages = [ready.get_absolute_url(), "/ostberga/sa-gick-det/", f"/ostberga/sa-gick-det/{activity.pk}/"]

    assert f"{both}: ja" in amina.get(pages[0]).text
    assert f"{both}: vi gör det" in amina.get(pages[0]).text
    assert [page for page in pages if both not in amina.get(page).text] == []


def test_those_who_answer_or_must_decide_can_do_something(ready, ake, trafikkontoret, amina):
    ready.concerned.all().delete()
    before = amina.get(ready.get_absolute_url()).text.split("bodies-heading", 2)[2]
    make.proposal(ready, ake, trafikkontoret, meeting=make.meeting(make.group(ready.dialogue, ake, ready), ake))
    ready.dialogue.collaboration.bump_public_version()
    decides = amina.get(ready.get_absolute_url()).text
    make.decision(ready, ake, trafikkontoret)
    ready.dialogue.collaboration.bump_public_version()
    asked = amina.get(ready.get_absolute_url()).text.split("bodies-heading", 2)[2]

    assert "Ännu ingen" in before
    assert "Måste besluta om ett förslag." in decides.split("bodies-heading", 2)[2]
    assert "Måste beslutas av" in decides
    assert ("Har fått frågan om beslut." in asked, "Ännu ingen" in asked) == (True, False)


def test_what_the_system_says_is_in_the_readers_language(ready, ake, tova, trafikkontoret, amina):
    activity = make.activity(ready, ake, make.decision(ready, ake, trafikkontoret, answer="approved"))
    promise = make.commitment(activity, trafikkontoret, ake)
    commitments.leave(commitment=promise, reason="Staden slår ihop kontoren.", by=tova)
    page = amina.get(f"/en{ready.get_absolute_url()}").text

    assert "Trafikkontoret gave up the responsibility." in page
    assert '<p lang="sv" dir="ltr">Staden slår ihop kontoren.</p>' in page
    assert "lämnade ansvaret" not in page


def test_a_draft_from_the_minutes_promises_nothing(ready):
    assert words_from_line("Laga gungan före maj")["effect"] == "unknown"
    assert ProposalForm(ready, [], []).fields["effect"].initial == "unknown"
