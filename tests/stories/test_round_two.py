"""Round 2 of an issue in the browser: from a sentence on a phone to an activity marked done, shown on the receipt."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from dialogue.decisions import requesting
from dialogue.models import PublishedReport
from dialogue.rules.activities import ActivityState
from dialogue.rules.decisions import FormOfDecision, PartState
from dialogue.staircase import climbing
from surveys.models import Attachment
from surveys.rules.questions import QuestionKind
from tests import factories as make
from tests.stories.hands import Official, Workshop

pytestmark = [pytest.mark.browser, pytest.mark.slow]
COMPUTER = {"viewport": {"width": 1280, "height": 800}, "is_mobile": False, "has_touch": False}
WE = "Vi som vill se vägen"
SAID = "Det är fortfarande mörkt vid bänken."
ASKED, DONE = "Fler lampor vid bänken", "Sätt upp sex lampor"
OUTCOME, ANSWER = "Sex lampor lyser sedan i går.", "Ni bad om ljus vid bänken. Nu lyser sex lampor där."
WHY = "Vi ser inget alls då."
LIVES_HERE = {"value": "boende", "text": make.in_all_languages("Jag bor här")}


@pytest.fixture
def housing(ostberga):
    """The third body, the one that puts up the lamps."""
    organisation = make.organisation("Bostadsbolaget", slug="bostadsbolaget", kind="municipal_company")
    make.partnership(ostberga, organisation)
    return organisation


@pytest.fixture
def sven(housing, ostberga):
    user = make.user("bostadsbolaget@ostberga.example", name="Sven")
    make.official(user, housing, title="Förvaltare")
    make.mandate(user, housing, ostberga, title="Förvaltare")
    return user


@pytest.fixture
def we(ostberga, autumn, ake):
    """A perspective with a statement of an official."""
    perspective = make.perspective(ostberga, ake, WE)
    heard = make.statement(autumn, "Vi ser var det är mörkt.", by=ake, role="official")
    Attachment.objects.create(statement=heard, perspective=perspective, attached_by=ake)
    make.question(autumn.survey, QuestionKind.ONE_CHOICE, background="role", options=[LIVES_HERE])
    return perspective


@pytest.fixture
def lamps(talk, we, ake, trafikkontoret, polisen):
    """The issue in its second round, with its bodies named."""
    issue = make.issue(talk, "Lamporna", slug="lamporna", step=5)
    issue.links.create(perspective=we, linked_by=ake)
    for body in (trafikkontoret, polisen):
        issue.concerned.create(organisation=body, why="Ljuset")
    climbing.begin_round(issue=issue, by=ake, cause="Det är mörkt vid bänken.")
    return issue


@pytest.fixture
def door(form):
    return f"/svara/{form.channels.get().code}/"


@pytest.fixture
def workshop(lamps, ake, open_browser):
    return Workshop(open_browser(**COMPUTER), lamps, ake.email)


@pytest.fixture
def officials(tova, polly, sven, open_browser):
    """Three people, each with a phone."""
    return [Official(open_browser(), user.email) for user in (tova, polly, sven)]


def speak(phone, door):
    """A resident's sentence, and her code."""
    phone.goto(door)
    phone.locator("textarea").first.fill(SAID)
    phone.get_by_label("Jag bor här").check()
    phone.get_by_role("button", name="Skicka svaret").click()
    phone.wait_for_url("**/kvitto/")
    return phone.locator("#code").inner_text()


def hear(workshop):
    """Åke codes the answer, and the issue rests on its perspective."""
    workshop.read(SAID)
    workshop.confirm()
    workshop.attach(WE)
    workshop.climb("Rapport")


def report(workshop, tova, polly):
    """The report is published, and both bodies confirm that they have read it."""
    talk = workshop.issue.dialogue
    perspectives = workshop.issue.perspectives.values_list("pk", flat=True)
    PublishedReport.publish(dialogue=talk, slug="ljus", title="Om ljus", version=1, perspectives=perspectives)
    tova.confirm_read("Trafikkontoret")
    polly.confirm_read("Polismyndigheten")
    workshop.climb("Arbetsgrupper")


def work_out(workshop):
    """The group meets and stands behind a proposal."""
    workshop.form_group()
    workshop.meet()
    workshop.propose(ASKED, WE, {"Trafikkontoret": "Delegationsbeslut", "Polismyndigheten": "Myndighetsbeslut"})
    workshop.climb("Beslut")


def decide(workshop, tova, polly):
    """Two bodies are asked, and two different people say yes."""
    workshop.request_decision(ASKED)
    tova.approve(ASKED, item="4.2")
    polly.approve(ASKED)


def carry_out(workshop, sven):
    """A third body says yes to leading it, begins, tells, and ends it."""
    workshop.page.reload()
    workshop.plan(DONE, "Bostadsbolaget")
    sven.accept(DONE)
    workshop.climb("Genomförande")
    sven.start(DONE)
    sven.tell("Stolparna står.")
    sven.end_well(OUTCOME)


def receipt(page, code):
    """What the code shows somebody who comes back."""
    page.goto("/kvitto/")
    page.get_by_label("Kod").fill(code)
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.get_by_text("Avslutad", exact=True)).to_be_visible()
    return page.get_by_role("main").inner_text()


def test_from_a_sentence_to_a_lamp_and_the_receipt_shows_it(workshop, officials, phone, door, open_browser):
    tova, polly, sven = officials
    code = speak(phone, door)
    hear(workshop)
    report(workshop, tova, polly)
    work_out(workshop)
    decide(workshop, tova, polly)
    carry_out(workshop, sven)
    workshop.close(ANSWER)
    text = receipt(open_browser(), code)

    assert [words in text for words in (WE, ASKED, DONE, OUTCOME, ANSWER, SAID)] == [True] * 5 + [False]


@pytest.fixture
def running(lamps, ake, trafikkontoret, polisen, housing):
    """The lamps are being put up, under a decision that both bodies have taken."""
    decision = make.decision(lamps, ake, trafikkontoret, polisen, answer=PartState.APPROVED)
    activity = make.activity(lamps, ake, decision, state=ActivityState.RUNNING, title={"sv": DONE})
    make.commitment(activity, housing, ake)
    return activity


def reconsider(activity, body, by):
    question = requesting.DecisionRequest(title={"sv": "Släck efter tolv"}, ask="Ska lamporna släckas efter tolv?")
    earlier, issue = activity.decision, activity.issue
    requesting.request(
        dialogue=issue.dialogue,
        question=question,
        issues=[issue],
        bodies={body: FormOfDecision.AUTHORITY},
        by=by,
        supersedes=earlier,
    )


def test_a_no_to_a_reconsideration_pauses_what_is_running(running, ake, polly, polisen, open_browser):
    reconsider(running, polisen, ake)
    Official(open_browser(), polly.email).refuse("Släck efter tolv", WHY)
    resident = open_browser()
    resident.goto(reverse("dialogue:activity", args=["ostberga", running.pk]))

    expect(resident.get_by_text("Pausad", exact=True).first).to_be_visible()
    expect(resident.get_by_role("heading", name="Varför det pausar")).to_be_visible()
    expect(resident.get_by_text(WHY).first).to_be_visible()
