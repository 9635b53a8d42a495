"""Shows a page with the words that were kept for it, in its form."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from actors.sent_forms import keeping
from actors.sent_forms.keeping import TypedForm
from actors.sent_forms.leading_back import NOTICE
from actors.sent_forms.typed_texts import labelled_texts
from ostberga.lib.web.form_filling import fill_form, insert_in_main
from ostberga.lib.web.form_tokens import FIELD, FormToken

EMPTY_PAGE = "actors/sent_forms/words.html"


def give_back(request: HttpRequest, response: HttpResponse, key: str) -> HttpResponse:
    """Return the page with what was kept under the key: in its form, or to copy where there is no such form.

    A redirect takes the key along. The page as it was when the key is unknown, too old, or another account's.
    """
    typed = keeping.find(request, key)
    if typed is None:
        return response
    if 300 <= response.status_code < 400:
        return _take_along(response, typed, key)
    if response.streaming:
        return response
    if response.status_code in {404, 405} and not response.content:
        response.content = render_to_string(EMPTY_PAGE, request=request)
    if response.headers.get("Content-Type", "").startswith("text/html"):
        response.content = _filled(response.text, request, typed, key)
        response.headers["Cache-Control"] = "no-store"
    return response


def _filled(html: str, request: HttpRequest, typed: TypedForm, key: str) -> str:
    # The form keeps the key of the rendering it was sent from: what did arrive after all is not done again.
    token = FormToken(typed.account, FormToken("", request.get_full_path(), "").page_with(key), key)
    words = {**typed.words, FIELD: [str(token)]}
    page = fill_form(html, page=request.path, action=typed.action, words=words)
    left = {name: values for name, values in typed.words.items() if name not in page.placed}
    context = {
        "form_id": page.form_id,
        "has_words": typed.has_words,
        "left": labelled_texts(left, typed.words),
        "had_files": typed.had_files,
    }
    return insert_in_main(page.html, render_to_string(NOTICE, context))


def _take_along(response: HttpResponse, typed: TypedForm, key: str) -> HttpResponse:
    url = str(response.headers["Location"])
    if url.startswith("/") and not url.startswith("//") and key not in url:
        response.headers["Location"] = FormToken(typed.account, url, key).page_with(key)
    return response
