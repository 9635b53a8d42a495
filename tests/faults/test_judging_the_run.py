"""The fault run can fail: its reckoning finds what was lost or doubled, and its verdict says so."""

import ssl
import uuid
from pathlib import Path

import pytest

from actors.letters import outbox
from benchmarks.faults import reckoning
from benchmarks.faults.load import District, Load
from benchmarks.faults.outages import PARTS, Recovery
from benchmarks.faults.verdict import OutageGoal, Sum, complaints
from surveys.collecting.receiving import receive
from surveys.rules.questions import AnswerValue
from tests.faults.smtp_server import MailServer
from tests.http.production import Gunicorn, Site

GOAL = OutageGoal(of_each=1, in_all=10)
WELL = [Recovery(part, "dödas", 1.0, is_recovered=True) for part in PARTS]
STORED = [Sum("svar", acknowledged=5, lost=0, doubled=0, again=3)]
LETTER = "Subject: Brev 7\r\nMessage-ID: <{}@ostberga.example>\n\r\nHej"


@pytest.fixture
def load():
    nobody_answers = Site(Gunicorn(0, Path(), {}), 0, Path(), 0, ssl.create_default_context())
    return Load(site=nobody_answers, district=District("", "", 0, [], [], None))


def counted(load, kind, *letters):
    sums = {each.kind: each for each in reckoning.reckon(load, MailServer(letters=list(letters)))}
    return sums[kind].lost, sums[kind].doubled


def test_a_run_in_which_nothing_was_lost_and_all_came_back_passes():
    assert complaints(WELL, STORED, GOAL, is_drained=True) == []


@pytest.mark.parametrize(("recoveries", "sums", "is_drained", "said"), [
    (WELL, [Sum("svar", 5, 1, 0, 0)], True, "svar: 1 tappade, 0 dubbla"),
    (WELL, [Sum("svar", 5, 0, 1, 0)], True, "svar: 0 tappade, 1 dubbla"),
    (WELL, [Sum("svar", 0, 0, 0, 9)], True, "svar: inget bekräftades, så inget prövades"),
    ([*WELL, Recovery("kö", "dödas", 90.0, is_recovered=False)], STORED, True, "kö: kom inte igen i tid 1 gånger"),
    ([WELL[0], *WELL[:-1]], STORED, True, f"{PARTS[-1]}: 0 avbrott, minst 1 skulle det vara"),
    (WELL, STORED, False, "allt som väntade blev inte klart"),
])  # fmt: skip
def test_each_fault_fails_the_run(recoveries, sums, is_drained, said):
    assert complaints(recoveries, sums, GOAL, is_drained=is_drained) == [said]


def test_too_few_outages_fail_the_run():
    goal = OutageGoal(of_each=1, in_all=60)
    assert complaints(WELL, STORED, goal, is_drained=True) == ["10 avbrott i allt, minst 60 skulle det vara"]


@pytest.mark.django_db
@pytest.mark.parametrize(("times", "found"), [(0, (1, 0)), (1, (0, 0)), (2, (0, 1))])
def test_an_answer_must_be_stored_once(form, autumn, load, times, found):
    channel, asked = form.channels.get(), form.questions.get()
    said = {"wave": autumn, "channel": channel, "language": "sv", "answers": {asked.pk: AnswerValue("Mer ljus.")}}
    codes = [receive(submission=uuid.uuid4(), **said).code for _ in range(times)]
    load.answers.acknowledged["Mer ljus."] = codes[0] if codes else "AAAAA-AAAAA"

    assert counted(load, "svar") == found


@pytest.mark.django_db
@pytest.mark.parametrize(("names", "found"), [((), (1, 0)), (("a", "a"), (0, 0)), (("a", "b"), (0, 1))])
def test_a_letter_may_come_twice_under_one_name_only(load, names, found):
    load.letters.acknowledged["Brev 7"] = True

    assert counted(load, "brev hos mottagaren", *map(LETTER.format, names)) == found


@pytest.mark.django_db
def test_a_letter_that_still_waits_is_lost(load):
    outbox.post(kind="invitation", to="tova@example.se", subject="Brev 7", text="Välkommen!")
    load.letters.acknowledged["Brev 7"] = True

    assert counted(load, "brev i utkorgen") == (1, 0)
