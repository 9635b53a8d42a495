"""My desk: what waits for me and my body, and what lies with a colleague."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from dialogue.models import PublishedReport, ReadConfirmation
from dialogue.rules.activities import ActivityState, Part, Reply
from dialogue.rules.decisions import PartState
from tests import factories as make

TODAY = timezone.localdate()


@pytest.fixture
def desk(tova, browse):
    """A function that reads the text of Tova's desk, with single spaces."""
    browser = browse(tova)
    return lambda: " ".join(browser.get("/mitt/").text.split("<main")[1].split())


@pytest.fixture
def report(ready):
    """A report that holds an issue which concerns Tova's body."""
    report = PublishedReport.objects.create(dialogue=ready.dialogue, slug="hosten", title="Så säger vi")
    report.issues.add(ready)
    return report


@pytest.fixture
def lead(ready, ake, trafikkontoret):
    """Something that Tova's body leads."""
    held = make.decision(ready, ake, trafikkontoret, answer=PartState.APPROVED)
    walks = make.activity(ready, ake, held, state=ActivityState.RUNNING)
    make.commitment(walks, trafikkontoret, ake)
    return walks


@pytest.fixture
def confirmed(trafikkontoret, tova):
    """The words about Tova's body, which would wait for it, are confirmed."""
    now = timezone.now()
    trafikkontoret.partnerships.update(accepted_at=now, confirmed_at=now, confirmed_by=tova)


def test_nothing_waits(ready, desk, confirmed):
    assert "Inget väntar på dig just nu." in desk()


def test_a_decision_waits_until_it_is_answered(ready, ake, trafikkontoret, desk):
    asked = make.decision(ready, ake, trafikkontoret)
    asked.parts.update(due_on=TODAY - dt.timedelta(days=1))
    waiting = desk()
    asked.parts.update(
        answer=PartState.APPROVED,
        answered_by=ake,
        answered_at=timezone.now(),
        decided_on=TODAY,
        **make.answered_under(trafikkontoret, ake),
    )

    assert "Fler lampor i årets plan" in waiting
    assert "Försenat" in waiting
    assert "Fler lampor i årets plan" not in desk()


def test_what_a_colleague_has_is_marked_with_her_name(ready, ake, trafikkontoret, desk):
    colleague = make.user(name="Kim")
    make.official(colleague, trafikkontoret)
    asked = make.decision(ready, ake, trafikkontoret)
    asked.parts.update(held_by=colleague)

    assert "Hos Kim" in desk()


def test_one_without_the_right_sees_that_it_is_not_hers(ready, ake, tova, trafikkontoret, desk):
    make.decision(ready, ake, trafikkontoret)
    assert "Hos den som har mandat att svara" not in desk()

    tova.mandates.update(scopes=["register", "commitments"])

    assert "Hos den som har mandat att svara" in desk()


def test_a_question_to_take_something_on_waits(ready, ake, trafikkontoret, desk):
    make.commitment(make.activity(ready, ake), trafikkontoret, ake, reply=Reply.ASKED)

    assert "Kan ni ansvara för «Byt 22 lampor»?" in desk()


@pytest.mark.usefixtures("confirmed")
def test_nothing_of_another_body_lies_here(ready, ake, polisen, desk):
    make.decision(ready, ake, polisen)
    make.commitment(make.activity(ready, ake), polisen, ake, reply=Reply.ASKED, part=Part.PARTNER)

    assert "Inget väntar på dig just nu." in desk()


def test_a_report_is_confirmed_as_read_with_a_comment(report, tova, trafikkontoret, desk, browse):
    waiting = desk()
    sent = {"organisation": trafikkontoret.pk, "kommentar": "Vi tar med den."}
    browse(tova).post(reverse("report-read", args=[report.pk]), sent)
    said = ReadConfirmation.objects.get()

    assert "Har Trafikkontoret läst rapporten?" in waiting
    assert (said.organisation, said.by, said.comment) == (trafikkontoret, tova, "Vi tar med den.")
    assert "Har Trafikkontoret läst rapporten?" not in desk()


@pytest.mark.parametrize("who", ["polly", "stranger", "ake"])
def test_nobody_says_that_another_body_has_read(who, report, trafikkontoret, request, browse):
    browser = browse(request.getfixturevalue(who))
    answer = browser.post(reverse("report-read", args=[report.pk]), {"organisation": trafikkontoret.pk})

    assert (answer.status_code, ReadConfirmation.objects.count()) == (404, 0)


def test_a_body_outside_the_collaboration_has_nothing_to_confirm(report, tova, browse):
    outside = make.organisation("Någon annan")
    make.official(tova, outside)
    answer = browse(tova).post(reverse("report-read", args=[report.pk]), {"organisation": outside.pk})

    assert (answer.status_code, ReadConfirmation.objects.count()) == (404, 0)


def test_a_silent_activity_is_asked_about(lead, desk):
    assert "Tyst länge" not in desk()
    type(lead).objects.update(planned_at=timezone.localtime() - dt.timedelta(days=400))

    assert "Hur går det med «Byt 22 lampor»?" in desk()


@pytest.mark.usefixtures("report")
def test_the_desk_costs_the_same_however_much_waits(lead, ake, trafikkontoret, desk, count_queries):
    def one_more():
        make.decision(lead.issue, ake, trafikkontoret)
        make.commitment(make.activity(lead.issue, ake), trafikkontoret, ake, reply=Reply.ASKED)
        make.commitment(make.activity(lead.issue, ake), trafikkontoret, ake)

    one_more()
    few = count_queries(desk)
    for _ in range(3):
        one_more()

    assert count_queries(desk) == few


def test_the_officer_finds_the_log_and_the_administrator_the_administration(ostberga, browse):
    officer, administrator = make.user("dana@ostberga.example"), make.user("drift@ostberga.example", is_staff=True)
    make.coordinator(ostberga, officer, role="officer")
    log, administration, no_place = "/mitt/sakerhetslogg/", 'href="/mitt/drift/"', "Du har ingen plats"

    page = browse(officer).get("/mitt/").text
    assert (log in page, administration in page, no_place in page) == (True, False, False)
    page = browse(administrator).get("/mitt/").text
    assert (log in page, administration in page, no_place in page) == (False, True, False)
