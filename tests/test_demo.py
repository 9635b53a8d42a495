"""The demo loads through the functions of the pages, and every number in it comes from rows."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from actors.models import Letter, User
from dialogue.activities import activity_lifecycle
from dialogue.external import outside_bodies
from dialogue.followers import digest, news_collection
from dialogue.groups.taking_positions import summarise_positions
from dialogue.history import receipts
from dialogue.history.receipts import ReceiptOutcome
from dialogue.models import (
    Activity,
    Adjustment,
    Commitment,
    Decision,
    Dialogue,
    FollowedIssue,
    Follower,
    Issue,
    Meeting,
    MinuteItem,
    PartDecision,
    Petition,
    PromiseOutcome,
    Proposal,
    Pulse,
    StepChange,
)
from dialogue.models.following import this_month
from dialogue.rules.activities import ActivityState, Reply
from dialogue.rules.decisions import DecisionOutcome
from dialogue.rules.pulse_questions import figures
from dialogue.staircase import gate_facts
from dialogue.worklists import reminding
from ostberga.demo import loader
from ostberga.lib.privacy.codes import receipt_code
from ostberga.lib.refusal import Refusal
from reports.models import Report
from surveys.collecting.receiving import receipt_hash
from surveys.models import Answer, Interview, Polarity, Response, Statement, Wave
from tests import clock

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker) -> Iterator[dt.datetime]:
    """Load the demo once for this module; roll it back afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        loader.load()
        yield timezone.now()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _after_loading(loaded: dt.datetime) -> None:
    """Start the clock after the loading, so that nothing in the demo is in the future."""
    clock.start(loaded)


CALLED = ("boende", "fortroendevald", "polisen", "svenskabostader", "trafik")


def account(key: str) -> User:
    return User.objects.get(email=f"{key}@ostberga.example")


def activity(title: str) -> Activity:
    return Activity.objects.get(title__sv=title)


def test_it_tells_of_a_round_that_is_over_and_one_that_is_open():
    assert Dialogue.objects.current().count() == 1
    assert Issue.objects.public().count() == 12
    assert [wave.state for wave in Wave.objects.order_by("number")] == ["closed", "open"]
    assert Statement.objects.publishable().filter(wave__number=1).count() == 58
    assert Polarity.objects.count() == 9
    assert Report.objects.get().is_public
    assert Answer.objects.filter(response__wave__number=2, coded_at=None).exclude(text="").count() > 10
    assert Interview.objects.filter(coded_at=None).count() == 2


def test_each_decision_is_in_its_state():
    last_of_ten = Decision.objects.get(title__sv="Så samverkar vi")
    ran_out = Decision.objects.filter(outcome=DecisionOutcome.EXPIRED).order_by("valid_until")

    assert Decision.objects.in_force().count() == 8
    assert last_of_ten.parts.filter(answer="approved").count() == 10
    assert [str(decision.valid_until) for decision in ran_out] == ["2017-12-31", "2018-01-23"]
    assert PartDecision.objects.filter(answer="conditions").count() == 1
    assert PartDecision.objects.exclude(reservations="").count() == 3
    assert not PartDecision.objects.exclude(registry_number="").exclude(registry_number__startswith="DEMO-").exists()


def test_each_activity_is_in_its_state():
    states = [str(state) for state in Activity.objects.order_by("pk").values_list("state", flat=True)]
    told = dict(zip([f"A{number}" for number in range(1, 14)], states, strict=True))

    assert [key for key, state in told.items() if state == ActivityState.DONE] == ["A1", "A2", "A3", "A4", "A9"]
    assert [key for key, state in told.items() if state == ActivityState.RUNNING] == ["A5", "A7", "A8", "A12"]
    assert [key for key, state in told.items() if state == ActivityState.PLANNED] == ["A11", "A13"]
    assert (told["A6"], told["A10"]) == (ActivityState.NO_EFFECT, ActivityState.HANDED_OVER)


def test_what_residents_read_is_told_in_four_languages():
    texts = [row.title for model in (Activity, Decision, Proposal) for row in model.objects.all()]
    texts += [activity.description for activity in Activity.objects.all()]
    texts += [activity.outcome for activity in Activity.objects.exclude(outcome={})]
    texts += [decision.public_text for decision in Decision.objects.all()]

    assert {tuple(sorted(text)) for text in texts} == {("ar", "en", "so", "sv")}


def test_the_hedge_cannot_be_cut_without_a_decision():
    hedge = activity("Klipp siktlinjer och spara fågelhäcken")

    with pytest.raises(Refusal) as no:
        activity_lifecycle.start(activity=hedge, by=account("stadsdel"))

    assert no.value.code == "no_decision"
    assert Activity.objects.get(pk=hedge.pk).state == ActivityState.PLANNED
    assert hedge.start > timezone.localdate()


def test_nothing_is_late_or_silent_today():
    letters = Letter.objects.count()

    reminding.every_day()

    assert Letter.objects.count() == letters
    assert [part for part in PartDecision.objects.all() if part.is_overdue] == []
    assert Activity.objects.exclude(alarmed_at=None).count() == 0
    assert not Commitment.objects.open().filter(due_on__lt=timezone.localdate()).exists()
    assert not Activity.objects.filter(state=ActivityState.PLANNED, start__lt=timezone.localdate()).exists()


def test_two_bodies_are_asked_about_the_light_and_each_has_its_part():
    asked = {key: list(PartDecision.objects.awaiting(account(key))) for key in ("trafik", "polisen", "stadsdel")}
    waiting = {str(reply.organisation): reply.reply for reply in Commitment.objects.exclude(reply=Reply.ACCEPTED)}

    assert [part.form for part in asked["trafik"]] == ["delegation"]
    assert [part.form for part in asked["polisen"]] == ["authority"]
    assert asked["stadsdel"] == []
    assert waiting["Trafikkontoret"] == Reply.ASKED
    assert waiting["Stadsbyggnadskontoret"] == Reply.ASKED
    assert waiting["Svenska bostäder"] == Reply.COUNTERED


def test_letters_are_only_about_what_waits_now():
    told = sorted(Letter.objects.values_list("kind", "to"))

    assert told == [
        ("commitment-answered", "samordnare@ostberga.example"),
        ("commitment-asked", "stadsbyggnad@ostberga.example"),
        ("commitment-asked", "svenskabostader@ostberga.example"),
        ("commitment-asked", "trafik@ostberga.example"),
        ("decision-asked", "polisen@ostberga.example"),
        ("decision-asked", "trafik@ostberga.example"),
        ("mandate-asked", "registrator@trafik.example"),
        ("mandate-told", "trafik@ostberga.example"),
        *(("meeting-called", f"{name}@ostberga.example") for name in CALLED),
    ]


def test_who_begins_to_follow_this_month_hears_nothing_of_2016():
    month = this_month()
    follower = Follower.objects.create(email="amina@example.se", token_hash="a", confirmed_on=month)
    for issue in Issue.objects.all():
        FollowedIssue.objects.create(follower=follower, issue=issue, confirmed_on=month)

    news_collection.collect_news()

    digest.send_digests(timezone.localtime().replace(hour=12))
    told = {letter.to: letter.text for letter in Letter.objects.filter(kind="news")}

    assert [address for address in ("amina@example.se", "foljare1@example.se") if "2016" in told[address]] == []


def test_issues_climb_through_the_gates_and_what_was_missing_is_told():
    despite = StepChange.objects.exclude(missing=[]).order_by("at", "pk")
    steps = dict(Issue.objects.values_list("slug", "step"))

    assert [change.round.issue.slug for change in despite] == [
        *("tunneln-och-buskagen", "ute-efter-sju", "bilden-av-ostberga", "torget-och-tomma-lokaler"),
        "belysning-pa-gangstraket",
    ]
    assert not StepChange.objects.exclude(missing=[]).filter(reason="").exists()
    assert (steps["belysning-pa-gangstraket"], steps["skadegorelse"], steps["bilden-av-ostberga"]) == (4, 5, 1)
    assert Issue.objects.get(slug="skrap-och-grovsopor").rounds.get().is_closed


def test_the_light_lacks_just_the_two_answers_and_somebody_to_lead():
    light = Issue.objects.get(slug="belysning-pa-gangstraket")

    codes = [requirement.code for requirement in gate_facts.missing_requirements(light)]

    assert codes == ["decision:Polismyndigheten, lokalpolisområdet", "decision:Trafikkontoret", "activity"]


def test_meetings_are_whole_and_one_is_to_come():
    meetings = Meeting.objects.all()

    assert [str(meeting.phase) for meeting in meetings if meeting.approved_on is None] == ["planned"]
    assert not meetings.approved().filter(approvals__isnull=True).exists()
    assert MinuteItem.objects.open_promises().filter(owner__organisation__slug="svenskabostader").count() == 1
    assert PromiseOutcome.objects.filter(became="dropped").count() == 1


def test_objections_go_with_what_was_decided():
    tried = Proposal.objects.get(title__sv="Prova en mötesplats i den tomma butiken")
    moved = Decision.objects.get(title__sv="Bibliotek och kulturskola flyttar in")

    assert "Vi ville ha till elva." in " ".join(position.reason for position in summarise_positions(tried).reasons)
    assert moved.proposal is not None
    assert moved.proposal.positions.filter(stance="objection").count() == 1
    assert set(summarise_positions(tried).by_role) == {"resident", "elected", "official"}


def test_silence_is_silence_and_the_pulse_is_told():
    place = Dialogue.objects.current().get().collaboration

    assert [row.enquiry.addressee.slug for row in outside_bodies.list_unanswered(place, timezone.localdate())] == [
        "sl"
    ] * 3
    assert Petition.objects.get().names == 1000
    assert Adjustment.objects.count() == 3
    assert len(figures(Pulse.objects.get().answers.values_list("answers", flat=True), asked=8)) == 4


def test_everyone_who_asked_for_a_house_of_culture_finds_the_answer_by_the_code():
    heard: list[Response | Interview] = [
        *Response.objects.filter(wave__number=1),
        *Interview.objects.filter(wave__number=1),
    ]
    hers = [feed for source in heard for feed in outcome_of(source).feeds if feed.issue.slug.endswith("kulturhus")]

    assert len(hers) > 5
    assert [feed for feed in hers if "closed" not in [line.kind for line in feed.since]] == []


def outcome_of(heard: Response | Interview) -> ReceiptOutcome:
    """Return what the receipt code of an answer or interview shows."""
    code = receipt_code(settings.RECEIPT_KEY, str(heard.pk))
    type(heard).objects.filter(pk=heard.pk).update(receipt_hash=receipt_hash(code))
    outcome = receipts.look_up(code)
    assert outcome
    return outcome


def test_the_officer_and_the_administrator_see_their_own_pages(browse):
    keys = ("dataskydd", "administrator", "samordnare")
    pages = ("/mitt/sakerhetslogg/", "/admin/actors/collaboration/")
    seen = {key: [browse(account(key)).get(page).status_code for page in pages] for key in keys}

    assert seen == {"dataskydd": [200, 302], "administrator": [404, 200], "samordnare": [404, 302]}
