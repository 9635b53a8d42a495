"""Amina reads Arabic, has a phone, and wants to know what becomes of what she says."""

import pytest

from surveys.models import Response
from tests.browser.hands import answer

pytestmark = pytest.mark.browser


def test_she_answers_gets_her_code_and_sees_the_staircase(phone, form, autumn, talk):
    code = answer(phone, f"/ar/svara/{form.channels.get().code}/", "الممر مظلم في المساء.")
    assert (len(code), Response.objects.get().language) == (11, "ar")

    phone.goto("/ar/ostberga/")
    stairs = phone.locator("ol.staircase > li")
    assert stairs.count() == 5
    assert phone.evaluate("getComputedStyle(document.querySelector('ol.staircase')).direction") == "rtl"
