"""Leads somebody whose form was not received back to the page that held it, with what was typed."""

from urllib.parse import parse_qs, urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse

from actors.people import second_factor
from actors.sent_forms import keeping
from actors.sent_forms.keeping import TypedForm
from actors.sent_forms.typed_texts import labelled_texts
from ostberga.lib.web.form_filling import holds_form, insert_last_in_main, written_out
from ostberga.lib.web.form_tokens import FormToken, account_of_request, path_on_this_site

# Answers to a form that may fare better another time: a refusal, a fault, too many at once.
SENT_AGAIN = frozenset([400, 409, 413, 429, 500, 502, 503, 507])
NOTICE = "actors/sent_forms/_notice.html"
AGAIN = ("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn")
AGAIN_AT_PROVIDER = "city-login-again"
# In the session: where somebody gets back what she typed, by the address that asked for her password again.
ASKED_AGAIN = "words_when_asked_again"


def leads_to_sign_in(request: HttpRequest, response: HttpResponse) -> bool:
    """Return whether the answer is «sign in first», and not that somebody has just signed out."""
    if not isinstance(response, HttpResponseRedirect):
        return False
    url = urlsplit(response.url)
    wanted = parse_qs(url.query).get("next", [""])[0]
    return url.path == resolve_url(settings.LOGIN_URL) and wanted == request.get_full_path()


def leads_to_proof(response: HttpResponse) -> bool:
    """Return whether the answer asks for the password, a passkey or a second factor before anything is done."""
    if not isinstance(response, HttpResponseRedirect):
        return False
    path = urlsplit(response.url).path
    return path in {reverse(name) for name in (*AGAIN, "second-factor")} or _is_at_provider(path)


def _is_at_provider(path: str) -> bool:
    try:
        return resolve(path).view_name == AGAIN_AT_PROVIDER
    except Resolver404:
        return False


def is_proof(request: HttpRequest) -> bool:
    """Return whether the form that was sent is itself part of signing in or of proving who she is."""
    match = request.resolver_match
    return match is not None and match.view_name.startswith(("account_", "mfa_", "second-factor", "city-login"))


def was_received(request: HttpRequest, response: HttpResponse) -> bool:
    """Return whether the request was carried out: the answer leads on, and not to sign-in."""
    leads_on = 300 <= response.status_code < 400
    return leads_on and not leads_to_sign_in(request, response) and not leads_to_proof(response)


def sign_in_and_back(request: HttpRequest, typed: TypedForm, token: FormToken) -> HttpResponse:
    """Lead to sign-in, and from there to the page that held the form."""
    page = token.page_with(token.rendering) if keeping.keep(typed, token.rendering) else token.plain_page
    return lead_to(request, f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': page})}")


def sign_in_and_home(request: HttpRequest) -> HttpResponse:
    """Lead a form without a token to sign-in, and from there to the page it came from: its address may take no GET."""
    page = path_on_this_site(request, request.headers.get("Referer", "")) or resolve_url(settings.LOGIN_REDIRECT_URL)
    return lead_to(request, f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': page})}")


def wait_for_proof(request: HttpRequest, response: HttpResponse, typed: TypedForm, token: FormToken) -> HttpResponse:
    """Keep the words while the person proves who she is. Afterwards what was sent is carried out, or comes back."""
    keeping.keep(typed, token.rendering)
    page = token.page_with(token.rendering)
    request.session[ASKED_AGAIN] = [typed.action, page]
    asks = urlsplit(str(response.headers["Location"])).path
    if asks == reverse("second-factor"):
        request.session[second_factor.WANTED] = page
    else:
        # allauth carries out what it has put aside only if `next` is its path, without anything after a question mark.
        response.headers["Location"] = f"{asks}?{urlencode({'next': typed.action})}"
    return response


def at_its_own_address(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let the forms of a page that was made of what waited for a proof lead where they do at the page's own address.

    allauth carries out what waited within the request that gave the proof, so that the browser shows the page there.
    """
    if _is_page(response):
        response.content = written_out(response.text, page=request.get_full_path())
    return response


def stop_waiting(request: HttpRequest) -> None:
    """Forget what waited for a proof to be done at this address: it has been, or others were sent in its place."""
    action, page = request.session.get(ASKED_AGAIN, ["", ""])
    if action and action == request.path:
        del request.session[ASKED_AGAIN]
        keeping.forget(FormToken("", page, "").kept)


def page_instead_of(request: HttpRequest) -> str:
    """Return where the words are that waited for a proof, once, if this is the address they were sent to. Else "".

    The address may take no GET at all, and allauth no longer have what was sent: she signed in anew, or gave up.
    """
    action, page = request.session.get(ASKED_AGAIN, ["", ""])
    if not action or action != request.path:
        return ""
    del request.session[ASKED_AGAIN]
    return str(page)


def forged_or_old(request: HttpRequest, response: HttpResponse, typed: TypedForm, token: FormToken) -> HttpResponse:
    """Answer a form whose CSRF token no longer fits: mostly, she has signed in since, in another tab."""
    account = account_of_request(request)
    if token.account and not account:
        return sign_in_and_back(request, typed, token)
    if not token.account and account and typed.action == resolve_url(settings.LOGIN_URL):
        return lead_to(request, resolve_url(settings.LOGIN_REDIRECT_URL))  # the second tap on «Logga in»
    is_kept = keeping.keep(typed, token.rendering)
    if token.account != account:
        return response  # the page says that somebody else is signed in
    if not account and not is_kept:
        return with_words(request, response, typed, token)
    return lead_to(request, token.page_with(token.rendering))


def ask_about_repeated(request: HttpRequest, typed: TypedForm, token: FormToken, key: str) -> HttpResponse:
    """Show the form again when its words were sent before, and others since, from one rendering: which is meant?"""
    keeping.keep(typed, key)
    return lead_to(request, token.page_with(key))


def earlier_outcome(request: HttpRequest, address: str) -> HttpResponse:
    """Lead to where the first of two taps led."""
    messages.info(request, "Redan sparat. Det du skickade två gånger är gjort en gång.")
    return HttpResponseRedirect(address)


def with_words(request: HttpRequest, response: HttpResponse, typed: TypedForm, token: FormToken) -> HttpResponse:
    """Add to a page that refuses the form what was typed, to copy, unless the page shows the form itself.

    And the way back to the form, filled in, where sending it again may be of use.
    """
    if not typed.has_words or not _is_page(response):
        return response
    html = response.text
    if holds_form(html, page=request.path, action=typed.action, words=typed.words):
        return response
    may_help = response.status_code in SENT_AGAIN and not (token.is_link or getattr(response, "is_final", False))
    back = token.page_with(token.rendering) if may_help and keeping.keep(typed, token.rendering) else ""
    context = {"back": back, "left": labelled_texts(typed.words, typed.words)}
    response.content = insert_last_in_main(html, render_to_string(NOTICE, context | {"refused": True}))
    response.headers["Cache-Control"] = "no-store"
    return response


def _is_page(response: HttpResponse) -> bool:
    return not response.streaming and response.headers.get("Content-Type", "").startswith("text/html")


def lead_to(request: HttpRequest, url: str) -> HttpResponse:
    """Lead to an address of ours; htmx opens it as a page, and does not swap it into a part of this one."""
    if "HTTP_HX_REQUEST" in request.META:
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)
