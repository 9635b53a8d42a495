"""A body with something of each kind, and the one that takes over."""

import pytest

from dialogue.groups import seating
from dialogue.rules.activities import ActivityState
from tests import factories as make


@pytest.fixture
def heir(ostberga):
    """The body that takes over, a partner with a registry."""
    body = make.organisation("Mobilitetsförvaltningen")
    make.registry(body)
    make.partnership(ostberga, body)
    return body


@pytest.fixture
def busy(ready, ake, tova, trafikkontoret, ostberga):
    """Trafikkontoret has a seat, a question, a promise about a running activity, a mandate and an answer."""
    held = make.decision(ready, ake, trafikkontoret, answer="approved", title={"sv": "Förra året"})
    make.decision(ready, ake, trafikkontoret)
    make.commitment(make.activity(ready, ake, held, state=ActivityState.RUNNING), trafikkontoret, ake)
    group = make.group(ready.dialogue, ake, ready, roles=("resident",))
    seating.add_seat(group=group, role="official", organisation=trafikkontoret, user=tova, by=ake)
    return ostberga.partnerships.get(organisation=trafikkontoret)
