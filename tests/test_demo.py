"""The demo loads through the verbs that people use, and every number in it comes from a row."""

import pytest

from dialogue.models import Dialogue, Issue
from ostberga.demo import loader
from reports.models import Report
from surveys.models import Answer, Interview, Polarity, Statement, Wave


@pytest.mark.slow
def test_the_demo_tells_of_a_closed_round_and_an_open_one(db):
    loader.load()

    assert Dialogue.objects.current().count() == 1
    assert Issue.objects.public().count() == 12
    assert [wave.state for wave in Wave.objects.order_by("number")] == ["closed", "open"]
    assert Statement.objects.publishable().filter(wave__number=1).count() == 58
    assert Polarity.objects.count() == 9
    assert Report.objects.get().is_public
    assert Answer.objects.filter(response__wave__number=2, coded_at=None).exclude(text="").count() > 10
    assert Interview.objects.filter(coded_at=None).count() == 2
