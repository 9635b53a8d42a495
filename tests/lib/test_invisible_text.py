"""A text that nobody can see is no answer, in any form."""

import pytest
from django.urls import reverse

from ostberga.lib.invisible_text import is_invisible
from ostberga.lib.plain_text import plain_text
from surveys.models import Response
from tests import factories as make

NOTHING = ["\u200b", "\u3164", "\ufeff", "\u200b\u3164\ufeff", " \u2060\n\u00ad ", "\u2800", "\U000e0041"]
SOMETHING = ["å", "👩\u200d👧", "می\u200cخواهم", "a\u200b", "", "  \n"]


@pytest.mark.parametrize("text", NOTHING)
def test_what_nobody_sees_is_no_text(text):
    assert (is_invisible(text), plain_text(text)) == (True, "")


@pytest.mark.parametrize("text", SOMETHING)
def test_what_somebody_sees_is_left_as_it_was(text):
    assert (is_invisible(text), plain_text(text)) == (False, text.strip())


def test_a_very_long_nothing_is_read_in_no_time():
    assert not is_invisible("\u200b" * 2_000_000 + "a")


@pytest.mark.parametrize("text", NOTHING)
def test_it_is_no_answer_to_the_public_form(amina, form, autumn, talk, text):
    asked = form.questions.get()
    page = amina.post(f"/svara/{form.channels.get().code}/", {f"q{asked.pk}": text})

    assert (page.status_code, Response.objects.count()) == (422, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("text", NOTHING)
def test_it_is_no_required_text_on_a_staff_page(browse, ake, ostberga, text):
    theme = make.theme(ostberga)
    page = browse(ake).post(reverse("coordinate:theme", args=[ostberga.slug, theme.pk]), {"title_sv": text})
    theme.refresh_from_db()

    assert (page.status_code, theme.title["sv"]) == (422, "Ljus")
