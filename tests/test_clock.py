"""The clock of the tests."""

import os
import subprocess
import time

import pytest
from django.utils import timezone

from tests import clock

TODAY = timezone.localdate()


def test_a_module_is_read_on_the_day_of_its_tests():
    assert timezone.localdate(clock.moment()) == TODAY


@pytest.mark.parametrize("turn", ["first", "second"])
def test_each_test_begins_at_the_same_moment(turn):
    begun = timezone.now()

    assert 0 <= (begun - clock.moment()).total_seconds() < 60
    assert timezone.now() > begun


def test_a_program_of_its_own_goes_by_the_same_clock(tmp_path):
    (tmp_path / "told.py").write_text("import time\nprint(time.time())")
    env = os.environ | {"PYTHONPATH": str(tmp_path)}
    output = subprocess.run(clock.command("told"), env=env, capture_output=True, text=True, check=True).stdout

    assert 0 <= time.time() - float(output) < 60
