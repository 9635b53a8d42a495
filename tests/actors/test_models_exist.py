"""Two basic facts about the models of the apps above, on the fixed cast."""

from dialogue.models.round import round_of
from surveys.models import Statement
from tests import factories as make


def test_only_confirmed_statements_are_publishable(autumn, ake):
    confirmed = make.statement(autumn, by=ake)
    make.statement(autumn, "Min granne heter Testnamn Testsson.")

    assert list(Statement.objects.publishable()) == [confirmed]


def test_an_issue_begins_in_its_first_round(talk):
    assert round_of(make.issue(talk)).number == 1
