"""Which perspectives the workbench offers before anything is looked up."""

from tests import factories as make
from tests.surveys.coding.test_coding_pages import url


def test_the_perspectives_she_used_last_come_first_and_then_others(ake, autumn, browse, ostberga):
    kaj = make.user("kaj@example.se")
    others = [make.perspective(ostberga, kaj, f"Vi som bor i {number}") for number in "ab"]
    used = make.perspective(ostberga, ake, "Vi som vill sova")
    page = browse(ake)
    page.post(url("coding-attach", make.answer(autumn)), {"perspektiv": used.pk})

    offered = page.get(url("coding-source", make.answer(autumn, "Mer ljus."))).context["workbench"].hits
    assert offered[0] == used
    assert set(offered) == {used, *others}


def test_when_all_are_attached_the_page_says_so(ake, autumn, browse, ostberga):
    only, answer = make.perspective(ostberga, ake), make.answer(autumn)
    page = browse(ake)
    assert "Inga perspektiv att välja bland än." not in page.get(url("coding-source", answer)).text
    page.post(url("coding-attach", answer), {"perspektiv": only.pk})

    assert "Alla perspektiv är kopplade." in page.get(url("coding-source", answer)).text
