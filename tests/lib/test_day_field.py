"""Days that are typed lie near our own time, in every form."""

import pytest
from django import forms

from ostberga.lib.fields.day_field import FAR_OFF, DayField


@pytest.mark.parametrize("typed", ["9999-12-31", "2101-01-01", "1899-12-31", "0001-01-01"])
def test_a_day_that_cannot_be_meant_is_refused_beside_its_field(typed):
    with pytest.raises(forms.ValidationError, match=FAR_OFF):
        DayField().clean(typed)


def test_the_first_and_the_last_day_are_taken():
    assert [str(DayField().clean(day)) for day in ("1900-01-01", "2100-12-31")] == ["1900-01-01", "2100-12-31"]
