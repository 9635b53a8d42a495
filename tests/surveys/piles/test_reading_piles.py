"""Åke deals texts to Kim and Lo; each reads and codes her own pile and no other."""

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actors.models import HelperRole, Letter, SecurityEvent
from actors.people.helping import roles as helper_roles
from actors.rules.helping import HelperTask
from actors.security_log.objects import described
from ostberga.lib.authorization import MAY_NOT
from ostberga.lib.refusal import Refusal
from surveys.codebook import perspectives
from surveys.models import Answer, Attachment, Interview, Pile, PiledText, Statement
from surveys.piles import dealing
from surveys.piles.dealing import Deal
from surveys.piles.overview import piles_out
from surveys.statements import cutting, reviewing, undoing
from surveys.statements.reviewing import Review
from surveys.statements.sources import Source
from tests import factories as make
from tests.house.helping import yesterday

pytestmark = pytest.mark.django_db
READING = Pile.Kind.READING


def to(name, *args):
    return reverse(f"coordinate:{name}", args=["ostberga", *args])


def opened(browser, answer):
    return browser.get(to("coding-source", "svar", answer.pk)).status_code


@pytest.fixture
def answers(autumn):
    return [make.answer(autumn, f"Tanke nummer {number} om ljus") for number in range(5)]


@pytest.fixture
def deal(ake, autumn):
    """A function that deals a coder so many texts to read."""

    def dealt(coder, number=2, **changes):
        return dealing.deal(coder=coder, chosen=Deal(READING, autumn, number, **changes), by=ake)

    return dealt


def texts_of(pile):
    return set(Answer.objects.filter(piled__pile=pile))


@pytest.mark.usefixtures("answers")
def test_ake_deals_and_sees_how_many_each_has_left(team, autumn, browse):
    browser = browse(team.ake)
    for coder, number in ((team.kim, 2), (team.lo, 3)):
        sent = {"coder": coder.pk, "kind": "reading", "wave": autumn.pk, "number": number, "source": ""}
        assert browser.post(to("piles"), sent).status_code == 302

    first = PiledText.objects.filter(pile__coder=team.kim).earliest("pk")
    Answer.objects.filter(piled=first).update(coded_at=timezone.now())

    page = browser.get(to("piles")).text
    assert ("1 av 2" in page, "3 av 3" in page, "0 olästa texter" in page) == (True, True, True)
    assert Letter.objects.filter(kind="person-told").count() == 2
    assert SecurityEvent.objects.filter(kind="right_changed", object_type="surveys.pile").count() == 2


@pytest.mark.usefixtures("answers")
def test_the_log_says_to_whom_a_pile_was_dealt_and_that_it_was_taken_back(team, deal):
    def told():
        events = SecurityEvent.objects.filter(object_type="surveys.pile").order_by("pk")
        return [(event.what, event.about) for event in described(events)]

    pile = deal(team.kim)
    Pile.objects.update(dealt_at=Now())  # the log has the database's clock
    assert told() == [("delade ut en hög", "hög att koda läsa och koda: Kim")]

    dealing.take_back(pile, by=team.ake)
    Pile.objects.update(taken_back_at=Now())
    assert told()[-1] == ("tog tillbaka en hög", "hög att koda läsa och koda: Kim")


def test_a_coder_sees_her_own_pile_and_nothing_else(kim, lo, deal, answers, browse):
    hers, theirs = texts_of(deal(kim)), texts_of(deal(lo))
    browser = browse(kim)

    page = browser.get(to("coding"), {"lage": "alla"}, follow=True)

    assert hers & theirs == set()
    assert {answer: opened(browser, answer) for answer in answers} == {
        answer: 200 if answer in hers else 404 for answer in answers
    }
    assert {answer.text for answer in answers if answer.text in page.text} == {answer.text for answer in hers}
    assert "0 av 2 lästa av dina" in page.text
    assert {browser.get(to(name)).status_code for name in ("statements", "perspectives", "interviews", "piles")} == {
        404
    }


def test_what_she_reads_is_logged_as_others_reading(kim, deal, answers, browse, ostberga):
    answer = texts_of(deal(kim, 1)).pop()

    opened(browse(kim), answer)

    read = SecurityEvent.objects.get(kind="read_raw_text")
    assert (read.who, read.collaboration, read.object_key) == (kim, ostberga, str(answer.pk))


def test_she_confirms_attaches_and_formulates(kim, deal, answers, browse, ostberga):
    answer = texts_of(deal(kim, 1)).pop()
    browser, path = browse(kim), ["svar", answer.pk]

    said = {"text": answer.text, "language": "sv", "role": "resident", "age_band": "", "seen": "raw:"}
    browser.post(to("coding-review", *path), said)
    page = browser.post(to("coding-attach", *path), {"nytt": "Vi som vill se vägen"}, follow=True)

    assert Statement.objects.get().reviewed_by == kim
    assert Attachment.objects.get().attached_by == kim
    assert to("perspective", Attachment.objects.get().perspective_id) not in page.text
    answer.refresh_from_db()
    assert answer.coded_at is not None


def test_a_pile_that_is_taken_back_closes_and_can_be_dealt_again(team, deal, answers, browse):
    pile = deal(team.kim, 5)
    done = texts_of(pile).pop()
    statement = cutting.get_or_create_whole(source=Source(done), by=team.kim)

    browse(team.ake).post(to("pile-take-back", pile.pk))

    assert {opened(browse(team.kim), answer) for answer in answers} == {404}
    with pytest.raises(Refusal) as refused:
        undoing.undo_last(collaboration=pile.collaboration, by=team.kim)
    assert (refused.value.code, Statement.objects.contains(statement)) == (MAY_NOT, True)
    assert texts_of(deal(team.lo, 5)) == set(answers)


ACTS = {
    "confirm": lambda said, by, _: reviewing.confirm(statement=said, review=Review(text="Ljus."), by=by),
    "quarantine": lambda said, by, _: reviewing.quarantine(statement=said, note="Ett hot.", by=by),
    "set aside": lambda said, by, _: reviewing.set_aside(statement=said, by=by),
    "reopen": lambda said, by, _: reviewing.reopen(statement=said, by=by),
    "attach": lambda said, by, seen: perspectives.attach(statement=said, perspective=seen, by=by),
    "detach": lambda said, by, seen: perspectives.detach(statement=said, perspective=seen, by=by),
}


@pytest.mark.usefixtures("answers")
@pytest.mark.parametrize("act", ACTS)
def test_whether_she_may_is_asked_when_nobody_else_holds_the_statement(act, ake, kim, deal, ostberga):
    """Her pile may be taken back while she waits for it."""
    statement = cutting.get_or_create_whole(source=Source(texts_of(deal(kim, 1)).pop()), by=kim)
    light = make.perspective(ostberga, ake, "Vi som vill se vägen")

    with CaptureQueriesContext(connection) as asked:
        ACTS[act](statement, kim, light)

    locks, rights = (
        [number for number, query in enumerate(asked) if words in query["sql"]]
        for words in ('FOR NO KEY UPDATE OF "surveys_statement"', '"actors_helperrole"')
    )
    assert (len(locks), len(rights) > 0) == (1, True)
    assert locks[0] < min(rights)


@pytest.mark.usefixtures("answers")
def test_when_her_task_ends_her_pile_closes_and_ake_sees_that_it_waits(team, ostberga, deal, browse):
    answer = texts_of(deal(team.kim, 1)).pop()
    helper_roles.end(HelperRole.objects.get(person=team.kim), by=team.ake)

    assert opened(browse(team.kim), answer) == 404
    assert [(row.left, row.is_held) for row in piles_out(ostberga)] == [(1, False)]
    assert "Uppdraget är slut" in browse(team.ake).get(to("piles")).text


def test_a_task_that_is_given_anew_opens_no_pile_of_the_one_that_was_ended(team, ostberga, answers, deal, browse):
    old = texts_of(deal(team.kim, 1)).pop()
    helper_roles.end(HelperRole.objects.get(person=team.kim), by=team.ake)
    make.helper(ostberga, team.kim, HelperTask.CODING, team.ake)

    assert opened(browse(team.kim), old) == 404
    assert [row.is_held for row in piles_out(ostberga)] == [False]
    letters = Letter.objects.filter(to=team.kim.email, kind="person-told")
    before = letters.count()
    new = texts_of(deal(team.kim, 1)).pop()
    assert (opened(browse(team.kim), new), letters.count()) == (200, before + 1)
    assert {answer for answer in answers if opened(browse(team.kim), answer) == 200} == {new}


def test_nobody_gets_a_pile_who_is_no_coder_here_now(ake, deal, answers, ostberga):
    late, other, leader = make.user(), make.user(), make.user()
    make.helper(ostberga, late, HelperTask.CODING, ake, **yesterday())
    make.helper(make.collaboration("annanstans"), other, HelperTask.CODING, ake)
    make.helper(ostberga, leader, HelperTask.CONVERSATIONS, ake)

    codes = []
    for person in (late, other, leader):
        with pytest.raises(Refusal) as refused:
            deal(person)
        codes.append(refused.value.code)
    assert codes == ["not_a_coder"] * 3


def test_a_coder_of_two_collaborations_takes_nothing_from_one_to_the_other(ake, kim, deal, answers, browse):
    other = make.collaboration("annanstans")
    make.helper(other, kim, HelperTask.CODING, ake)
    theirs = make.perspective(other, ake, "Vi som bor annanstans")
    secret = make.answer(make.wave(make.survey(other)), "Det sades annanstans")
    answer = texts_of(deal(kim, 1)).pop()

    page = browse(kim).get(to("coding-source", "svar", answer.pk))

    assert (theirs.title["sv"] in page.text, opened(browse(kim), secret)) == (False, 404)
    assert browse(kim).get(f"/samordna/annanstans/koda/svar/{answer.pk}/").status_code == 404
    statement = cutting.get_or_create_whole(source=Source(answer), by=kim)
    with pytest.raises(Refusal) as refused:
        perspectives.attach(statement=statement, perspective=theirs, by=kim)
    assert refused.value.code == "elsewhere"


def test_what_one_person_answered_stays_together_and_conversations_can_be_dealt_alone(ake, kim, lo, deal, autumn):
    asked = make.question(autumn.survey, required=False)
    for number in range(2):
        first = make.answer(autumn, f"{number}: a")
        Answer.objects.create(response=first.response, question=asked, text=f"{number}: b")
    talk = make.interview(autumn, ake)

    whole, talks = texts_of(deal(kim, 1)), deal(lo, 9, source="samtal")

    assert (len(whole), len({answer.response_id for answer in whole})) == (2, 1)
    assert list(Interview.objects.filter(piled__pile=talks)) == [talk]


def test_nothing_left_is_said_in_the_form(ake, kim, autumn, browse):
    make.interview(autumn, ake, coded_at=timezone.now())
    sent = {"coder": kim.pk, "kind": "reading", "wave": autumn.pk, "number": 5, "source": ""}

    page = browse(ake).post(to("piles"), sent)

    assert (page.status_code, "är lästa eller utdelade" in page.text) == (409, True)
    assert not Pile.objects.exists()


@pytest.mark.usefixtures("answers")
def test_the_page_of_piles_costs_the_same_for_one_and_for_many(team, deal, browse, count_queries):
    browser = browse(team.ake)
    deal(team.kim, 1)
    alone = count_queries(lambda: browser.get(to("piles")))
    for coder in (team.kim, team.lo, team.lo):
        deal(coder, 1)

    assert count_queries(lambda: browser.get(to("piles"))) == alone
