"""One function answers with the page or with the part htmx asked for."""

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.test.utils import override_settings
from django_htmx.middleware import HtmxMiddleware

from ostberga.lib.web.htmx import render_page

TEMPLATES = {
    "desk/page.html": "PAGE {{ word }}",
    "desk/_statements.html": "PART {{ word }}",
    "desk/_secret.html": "SECRET",
}
ENGINE = {
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "OPTIONS": {"loaders": [("django.template.loaders.locmem.Loader", TEMPLATES)]},
}


def ask(parts=("_statements",), **headers: str):
    def answer(request: HttpRequest):
        return render_page(request, "desk/page.html", {"word": "hej"}, parts=parts, status=422)

    request = RequestFactory().get("/", headers={name.replace("_", "-"): value for name, value in headers.items()})
    with override_settings(TEMPLATES=[ENGINE]):
        return HtmxMiddleware(answer)(request)


def test_without_htmx_the_whole_page_is_shown():
    page = ask()

    assert page.content == b"PAGE hej"
    assert page.status_code == 422
    assert page["Vary"] == "HX-Request, HX-Target"


def test_htmx_gets_the_part_it_wants_to_replace():
    assert ask(HX_Request="true", HX_Target="statements").content == b"PART hej"


@pytest.mark.parametrize("target", ["secret", "../desk/_secret", "_statements", "", "statements/../secret"])
def test_a_part_the_view_does_not_name_can_not_be_asked_for(target):
    assert ask(HX_Request="true", HX_Target=target).content == b"PAGE hej"


@pytest.mark.parametrize("header", ["HX_Boosted", "HX_History_Restore_Request"])
def test_a_boosted_link_and_the_back_button_get_the_whole_page(header):
    assert ask(HX_Request="true", HX_Target="statements", **{header: "true"}).content == b"PAGE hej"


def test_a_page_without_parts_does_not_vary():
    assert "Vary" not in ask(parts=(), HX_Request="true", HX_Target="statements")
