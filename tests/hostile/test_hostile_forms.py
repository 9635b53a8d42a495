"""A slice of the hostile requests with every run of the tests; `python -m benchmarks.hostile` sends ten thousand."""

import os

import pytest

from tests.hostile.running import Attack
from tests.house import doors

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# benchmarks/hostile.py sets other numbers.
SEED, REQUESTS, SECONDS, PAGES = map(int, os.environ.get("OSTBERGA_HOSTILE", "20261129 400 20 40").split())


def test_no_hostile_request_makes_the_site_fail(browse):
    attack = Attack(doors.build(), browse, SEED, PAGES)
    forms = {(form.method, form.action) for shown in attack.forms.values() for form in shown}
    outcome = attack.run(REQUESTS, SECONDS)
    print(f"{outcome.sent} requests over {len(forms)} forms: {sorted(outcome.statuses.items())}")

    assert not outcome.failures, "\n".join(outcome.failures)
    assert len(forms) > 10
    assert {400, 404} <= set(outcome.statuses)
    assert any(status in outcome.statuses for status in (200, 302))
