"""Lo codes what Kim coded, blind, and both see the two codings when Lo's pile is done."""

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.rules.helping import HelperTask
from ostberga.lib.authorization import MAY_NOT
from ostberga.lib.refusal import Refusal
from surveys.codebook import perspectives
from surveys.models import Answer, Attachment, Pile, PiledText, SecondChoice, Statement
from surveys.piles import dealing, second_coding
from surveys.piles.dealing import Deal
from surveys.statements import reviewing
from surveys.statements.reviewing import Review
from tests import factories as make
from tests.house.helping import yesterday

pytestmark = pytest.mark.django_db


def to(name, *args):
    return reverse(f"coordinate:{name}", args=["ostberga", *args])


@pytest.fixture
def codes(ostberga, ake):
    """Two perspectives: who wants light, and who wants to sleep."""
    return [make.perspective(ostberga, ake, title) for title in ("Vi som vill se vägen", "Vi som vill sova")]


@pytest.fixture
def coded(autumn, kim, codes):
    """Two statements that Kim has coded, and gone through."""
    light, _ = codes
    said = [make.statement(autumn, f"Utsaga {number} om lampor", by=kim) for number in range(2)]
    for statement in said:
        Attachment.objects.create(statement=statement, perspective=light, attached_by=kim)
    Answer.objects.update(coded_at=timezone.now())
    return said


@pytest.fixture
def pile(ake, lo, autumn, coded):
    return dealing.deal(coder=lo, chosen=Deal(Pile.Kind.SECOND, autumn, 10), by=ake)


def text_of(pile, statement):
    return pile.texts.get(statement=statement)


def test_lo_sees_the_masked_text_and_nothing_of_what_kim_chose(lo, pile, coded, codes, browse):
    light, quiet = codes
    Statement.objects.update(raw_text="Råtext om grannen i port 14")
    browser, text = browse(lo), text_of(pile, coded[0])

    page = browser.get(to("second-coding-text", text.pk))

    assert coded[0].text in page.text
    assert ("port 14" in page.text, "checked" in page.text, "Kim" in page.text) == (False, False, False)
    assert page.text.index(str(light)) < page.text.index(str(quiet))  # by the alphabet
    closed = [to("perspective", light.pk), to("statement", coded[0].pk), to("pile", pile.pk), to("sample")]
    closed.append(to("coding-source", "svar", coded[0].answer_id))
    assert {browser.get(path).status_code for path in closed} == {404}
    assert browser.get(to("second-coding-done", pile.pk)).status_code == 404


def test_when_the_pile_is_done_both_codings_stand_beside_each_other(team, pile, coded, codes, browse):
    (light, quiet), browser = codes, browse(team.lo)
    browser.post(to("second-coding-text", text_of(pile, coded[0]).pk), {"perspectives": [light.pk]})
    page = browser.post(to("second-coding-text", text_of(pile, coded[1]).pk), {"perspectives": [quiet.pk]}, follow=True)

    told = "Lo kodade 2 utsagor en andra gång. 1 blev lika."
    assert told in page.text
    assert told in browser.get(to("second-coding-done", pile.pk)).text
    assert told in browse(team.ake).get(to("pile", pile.pk)).text
    rows = [(row.statement, row.first, row.second) for row in second_coding.compare(pile)]
    assert rows == [(coded[1], (light,), (quiet,)), (coded[0], (light,), (light,))]
    assert Attachment.objects.count() == 2  # nothing has been attached by it


def test_a_second_coding_is_frozen_once_both_can_be_seen(lo, pile, coded, codes):
    for statement in coded:
        second_coding.code_again(text_of(pile, statement), perspectives=codes[:1], by=lo)

    with pytest.raises(Refusal) as refused:
        second_coding.code_again(text_of(pile, coded[0]), perspectives=codes[1:], by=lo)

    assert refused.value.code == "pile_is_done"
    assert {choice.perspective for choice in SecondChoice.objects.all()} == {codes[0]}


def test_what_has_been_shown_stays_frozen_when_a_statement_comes_back(team, pile, coded, codes, browse):
    browser, (first, other), later = browse(team.lo), coded, to("second-coding-done", pile.pk)
    second_coding.code_again(text_of(pile, first), perspectives=codes[:1], by=team.lo)
    reviewing.reopen(statement=other, by=team.ake)
    assert browser.get(later).status_code == 200  # nothing is left, for now

    reviewing.confirm(statement=other, review=Review(text=other.text), by=team.ake)
    with pytest.raises(Refusal, match="Högen är klar"):
        second_coding.code_again(text_of(pile, first), perspectives=codes[1:], by=team.lo)

    page = browser.get(later)
    assert (page.status_code, str(other.text) in page.text) == (200, False)
    second_coding.code_again(text_of(pile, other), perspectives=codes[1:], by=team.lo)
    with pytest.raises(Refusal, match="Högen är klar"):
        second_coding.code_again(text_of(pile, other), perspectives=codes[:1], by=team.lo)


def test_ake_sees_no_comparison_before_the_pile_is_done_or_taken_back(team, pile, coded, codes, browse):
    browser, address = browse(team.ake), to("pile", pile.pk)
    second_coding.code_again(text_of(pile, coded[0]), perspectives=codes[1:], by=team.lo)

    page = browser.get(address)
    assert (page.status_code, str(codes[1]) in page.text) == (409, False)
    assert f'"{address}"' not in browser.get(to("piles")).text

    dealing.take_back(pile, by=team.ake)
    assert "Lo kodade 1 utsagor" in browser.get(address).text
    with pytest.raises(Refusal) as refused:
        second_coding.code_again(text_of(pile, coded[0]), perspectives=codes[:1], by=team.lo)
    assert refused.value.code == MAY_NOT


def test_until_then_she_can_change_her_mind_and_say_that_none_fits(lo, pile, coded, codes, browse):
    browser, text = browse(lo), text_of(pile, coded[0])
    address = to("second-coding-text", text.pk)

    browser.post(address, {"perspectives": [codes[0].pk]})
    nothing = browser.post(address, {})
    browser.post(address, {"none_fits": "on"})

    assert (nothing.status_code, "säg att inget passar" in nothing.text) == (422, True)
    assert (SecondChoice.objects.count(), text_of(pile, coded[0]).done_at is not None) == (0, True)


def test_merged_perspectives_count_as_the_one_they_became(team, pile, coded, codes):
    light, quiet = codes
    for statement in coded:
        second_coding.code_again(text_of(pile, statement), perspectives=[quiet], by=team.lo)
    perspectives.merge(perspective=quiet, into=light, by=team.ake)

    assert [row.is_alike for row in second_coding.compare(pile)] == [True, True]


def test_nobody_is_second_coder_of_what_she_coded_or_read_herself(ake, kim, lo, autumn, coded):
    make.pile(autumn.survey.collaboration, lo, ake, coded[0].answer)

    dealt = dealing.deal(coder=lo, chosen=Deal(Pile.Kind.SECOND, autumn, 10), by=ake)

    assert [text.statement for text in dealt.texts.all()] == [coded[1]]
    with pytest.raises(Refusal) as refused:
        dealing.deal(coder=kim, chosen=Deal(Pile.Kind.SECOND, autumn, 10), by=ake)
    assert refused.value.code == "nothing_to_deal"


def test_what_the_first_coder_has_not_gone_through_is_not_dealt(ake, lo, autumn, coded):
    Answer.objects.update(coded_at=None)

    with pytest.raises(Refusal):
        dealing.deal(coder=lo, chosen=Deal(Pile.Kind.SECOND, autumn, 10), by=ake)


def test_a_statement_that_is_no_longer_confirmed_is_not_shown(lo, ake, pile, coded, browse):
    text = text_of(pile, coded[0])
    reviewing.quarantine(statement=coded[0], note="Ett namn stod kvar.", by=ake)

    assert browse(lo).get(to("second-coding-text", text.pk)).status_code == 404
    assert "1 av 1 kvar" in " ".join(browse(lo).get(to("second-coding")).text.split())


@pytest.mark.parametrize("role", ["stranger", "expired", "elsewhere", "first", "coordinator"])
def test_only_she_whose_pile_it_is_codes_it(role, team, ostberga, pile, browse):
    people = {
        "stranger": make.user(),
        "expired": make.user(),
        "elsewhere": make.user(),
        "first": team.kim,
        "coordinator": team.ake,
    }
    make.helper(ostberga, people["expired"], HelperTask.CODING, team.ake, **yesterday())
    make.helper(make.collaboration("annanstans"), people["elsewhere"], HelperTask.CODING, team.ake)
    text = pile.texts.first()

    with pytest.raises(Refusal) as refused:
        second_coding.code_again(text, perspectives=[], by=people[role])

    assert (refused.value.code, pile.texts.filter(done_at=None).count()) == (MAY_NOT, 2)
    assert browse(people[role]).get(to("second-coding-text", text.pk)).status_code == 404
    assert not PiledText.objects.coded_by(people[role]).exists()
