"""Åke brings in lists of decisions and activities: what they say is shown as the lists' word, and opens nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from dialogue.activities import activity_lifecycle
from dialogue.models import Activity, Decision, DialogueEvent, ListedActivity, ListedDecision
from ostberga.lib.refusal import Refusal
from surveys.models import ListImport
from tests import factories as make
from tests import listed

DECISIONS = (
    "Ärende\tBeslutande\tBeslutsdatum\t§\tDnr\tNämnd\tSakfråga\n"
    "Fler lampor\ttrafikkontoret\t2017-02-02\t12\tT-1\tTrafiknämnden\tLamporna"
)
ACTIVITIES = (
    "Åtgärd\tAnsvarig\tStatus\tNär\tSlut\tSakfråga\tHur det gick\n"
    "Byt 22 lampor\tTrafikkontoret\tKlart\tapril 2017\toktober 2017\tLamporna\tDet blev ljust.\n"
    "Klipp buskarna\t\tplanerad\thösten 2018\t\t\t"
)


@pytest.fixture
def lamps(talk):
    """A public issue in the dialogue."""
    return make.issue(talk, "Lamporna", slug="lamporna")


def reasons(page):
    return [" ".join(row.reasons) for row in page.context["run"].rows]


def test_a_decision_of_a_list_is_no_decision_and_no_activity_starts_under_it(bring, lamps, ake):
    bring("beslut", DECISIONS, is_stored=True)
    told = ListedDecision.objects.get()

    assert (str(told), str(told.organisation), told.paragraph, told.registry_number, told.instance) == (
        "Fler lampor", "Trafikkontoret", "12", "T-1", "Trafiknämnden",
    )  # fmt: skip
    assert (told.decided_on.isoformat(), told.answer, list(told.issues.all())) == ("2017-02-02", "approved", [lamps])
    assert (told.source, told.entered_by, told.reply) == ("inklistrade rader", ake, "")
    assert not Decision.objects.exists()
    with pytest.raises(Refusal, match="Det saknas ett beslut"):
        activity_lifecycle.start(activity=make.activity(lamps, ake), by=ake)


def test_activities_of_a_list_have_their_state_and_time_and_have_not_begun_here(bring, lamps):
    bring("aktiviteter", ACTIVITIES, is_stored=True)
    done, planned = ListedActivity.objects.order_by("pk")

    assert (done.state, done.issue, done.outcome, str(done.period)) == (
        "done", lamps, "Det blev ljust.", "april–oktober 2017",
    )  # fmt: skip
    assert (planned.state, planned.organisation, planned.issue, str(planned.period)) == (
        "planned", None, None, "hösten 2018",
    )  # fmt: skip
    assert not Activity.objects.exists()


def test_each_row_that_cannot_be_read_says_why(bring, lamps):
    page = bring(
        "beslut",
        "Beslut\tOrganisation\tBeslutsdag\tSvar\tSakfrågor\nA\tTrafikkontoet\t2017-01-01\t\t\n"
        "B\tTrafikkontoret\t\t\t\nC\tTrafikkontoret\t2090-01-01\tbegärt\t\nD\tTrafikkontoret\t2017-01-01\tnej\tBänk",
    )

    assert reasons(page) == [
        "Organisationen «Trafikkontoet» finns inte här. Skriv som den heter under Parter, eller lägg till den där "
        "först.",
        "Beslutsdag saknas.",
        "Beslutsdag: dagen har inte kommit än. Svar: «begärt» är inget av godkänt, godkänt med villkor, avslaget, "
        "återremitterat. Ta bara med det som är beslutat.",
        "Sakfrågan «Bänk» finns inte. Ta in sakfrågorna först, eller skriv som det heter där.",
    ]
    text = "Rubrik\tLäge\tBörjan\tSlut\nA\tkanske\t\t\nB\tklar\t2017-05-01\t2017-04-01\nC\tklar\t\t2017"
    page = bring("aktiviteter", text)
    assert [said.split(".")[0] for said in reasons(page)][1:] == [
        "Slutet är före början",
        "Det finns ett slut men ingen början",
    ]


def test_the_same_rows_come_in_once(bring, lamps):
    for kind, text in (("beslut", DECISIONS), ("aktiviteter", ACTIVITIES)):
        bring(kind, text, is_stored=True)
        assert set(reasons(bring(kind, text))) == {"Finns redan."}


def test_residents_read_whose_word_it_is_and_not_who_entered_it(bring, lamps, ake, browse):
    bring("beslut", DECISIONS, is_stored=True, list_name="Protokoll 2017.xlsx")
    bring("aktiviteter", ACTIVITIES, is_stored=True, list_name="Läget.xlsx")
    page = browse().get("/ostberga/fragor/lamporna/").text

    for said in ("Fler lampor", "Byt 22 lampor", "§ 12", "«Protokoll 2017.xlsx»", "«Läget.xlsx»"):
        assert said in page
    assert page.count("Trafikkontoret har inte bekräftat det.") == 2
    assert "Klipp buskarna" not in page
    english = browse().get("/en/ostberga/fragor/lamporna/").text
    assert "April–October 2017" in english
    assert '<span lang="sv" dir="ltr">Trafikkontoret</span> has not confirmed it.' in english
    assert ake.name not in page
    results = browse().get("/ostberga/sa-gick-det/").text
    assert [said in results for said in ("«Protokoll 2017.xlsx»", "«Läget.xlsx»", ake.name)] == [True, True, False]
    lamps.unpublish(by=ake)
    assert "Fler lampor" not in browse().get("/ostberga/sa-gick-det/").text


def test_a_file_gives_its_name_to_what_it_says(bring, lamps):
    file = SimpleUploadedFile("Beslut till och med maj.csv", DECISIONS.encode())
    page = bring("beslut", file=file)

    assert "«enligt listan Beslut till och med maj.csv»" in page.text
    assert 'name="list_name" value="Beslut till och med maj.csv"' in page.text


@pytest.fixture
def told(lamps, ake, trafikkontoret):
    """A decision and an activity of Trafikkontoret, as lists tell of them."""
    return listed.decision(lamps, ake, trafikkontoret), listed.activity(lamps, ake, trafikkontoret)


def reply_url(claim, kind="beslut"):
    return reverse("said-of-us-reply", args=[kind, claim.pk])


def test_the_body_confirms_what_is_said_of_it_and_still_nothing_can_begin(told, lamps, ake, tova, browse):
    decision, _ = told
    assert "inte sagt om det stämmer på 2\n" in browse(tova).get("/mitt/").text
    browse(tova).post(reply_url(decision), {"reply": "confirmed", "words": "Struntprat"})
    decision.refresh_from_db()

    assert (decision.reply, decision.reply_words, decision.replied_by, decision.replied_as) == (
        "confirmed", "", tova, "Trafikkontoret",
    )  # fmt: skip
    page = browse().get("/ostberga/fragor/lamporna/").text
    assert "Trafikkontoret har bekräftat det" in page
    assert tova.name not in page
    assert DialogueEvent.objects.filter(kind="listed_yes", by=tova).exists()
    with pytest.raises(Refusal, match="Det saknas ett beslut"):
        activity_lifecycle.start(activity=make.activity(lamps, ake), by=ake)


def test_the_body_says_what_is_wrong_in_words_that_residents_read(told, tova, browse):
    _, activity = told
    page = browse(tova).post(reply_url(activity, "aktiviteter"), {"reply": "contested", "words": " "})
    assert page.status_code == 422
    assert "Skriv vad som är fel." in page.text
    browse(tova).post(reply_url(activity, "aktiviteter"), {"reply": "contested", "words": "Vi bytte bara tre."})

    assert "Vi bytte bara tre." in browse().get("/ostberga/fragor/lamporna/").text


@pytest.fixture
def others(ake, polly, stranger, browse, elsewhere):
    """Browsers of those who do not belong to the body."""
    return [browse(ake), browse(polly), browse(stranger), elsewhere]


def test_nobody_else_speaks_for_the_body(told, others, tova, browse):
    decision, _ = told
    for browser in others:
        assert browser.post(reply_url(decision), {"reply": "confirmed"}).status_code == 404
    tova.mandates.update(ended_at=decision.entered_at)
    page = browse(tova).post(reply_url(decision), {"reply": "confirmed"})

    assert page.status_code in {403, 404, 409}
    decision.refresh_from_db()
    assert decision.reply == ""
    with pytest.raises(IntegrityError), transaction.atomic():
        ListedDecision.objects.update(reply="confirmed")


def test_what_the_body_has_spoken_of_stays_when_the_list_is_taken_back(bring, take_back, lamps, tova, browse):
    bring("aktiviteter", ACTIVITIES, is_stored=True)
    spoken = ListedActivity.objects.get(state="done")
    browse(tova).post(reply_url(spoken, "aktiviteter"), {"reply": "confirmed"})
    page = take_back("aktiviteter")

    assert [name for name, _ in page.context["staying"]] == ["Byt 22 lampor"]
    assert list(ListedActivity.objects.all()) == [spoken]


def test_the_coordinator_sees_whose_word_it_is_and_takes_a_row_away(told, ake, elsewhere, browse):
    address = reverse("coordinate:listed", args=["ostberga", "beslut"])
    page = browse(ake).get(address).text
    assert f"Enligt listan «beslut.xlsx», inlagd av {ake}" in page
    assert "Trafikkontoret har inte bekräftat det." in page
    remove = reverse("coordinate:listed-remove", args=["ostberga", "beslut", told[0].pk])
    assert elsewhere.post(remove).status_code == 404
    browse(ake).post(remove)

    assert not ListedDecision.objects.exists()
    assert DialogueEvent.objects.filter(kind="listed_out", what=str(told[0])).exists()
    assert browse(ake).get(reverse("coordinate:listed", args=["ostberga", "annat"])).status_code == 404


def test_an_issue_that_a_list_tells_of_stays(bring, take_back, talk, ake, trafikkontoret):
    bring("fragor", "Sakfråga\nMer ljus", is_stored=True)
    listed.decision(talk.issues.get(), ake, trafikkontoret)
    page = take_back("fragor")

    assert "beslut enligt listor" in page.context["staying"][0][1]
    assert ListImport.objects.get().kept == 1
