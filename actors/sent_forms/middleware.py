"""Middleware that carries out a form once, and gives back what was typed in one that could not be received."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.core.handlers.exception import response_for_exception
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string

from actors.sent_forms import giving_back, keeping, leading_back, sending_once
from actors.sent_forms.keeping import TypedForm
from actors.sent_forms.sending_once import Act
from actors.sent_forms.views import NOT_RECEIVED
from ostberga.lib.web.form_tokens import (
    KEPT,
    FormToken,
    NotReceived,
    account_of_request,
    new_rendering,
    read_token,
)
from ostberga.lib.web.language_switch import is_switch
from ostberga.lib.web.origin import is_foreign

DONE_ALREADY = "actors/sent_forms/done_already.html"


@dataclass
class _Sending:
    """A POST from a form of ours. `act` is set while it is carried out, from the savepoint on."""

    token: FormToken
    typed: TypedForm
    act: Act | None = None
    savepoint: str | None = None

    def begin(self, act: Act) -> None:
        """Note that the view now does it."""
        self.act, self.savepoint = act, transaction.savepoint()


class SentFormMiddleware:
    """Stands last: what it sees is the answer of the view, or of whatever answered in its place.

    A POST from a page shown to the person who is signed in runs in one transaction with the note that it has been
    done. The same words from the same rendering lead to the same outcome; whoever sends them at the same time waits.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; see the module."""
        if request.method != "POST":
            return self._show(request)
        token = read_token(request.POST)
        if token is None:
            response = self.get_response(request)
            return (
                leading_back.sign_in_and_home(request) if leading_back.leads_to_sign_in(request, response) else response
            )
        sending = _Sending(token, keeping.read_form(request, token))
        request.sending = sending  # type: ignore[attr-defined]
        if token.is_link or (token.account and token.account == account_of_request(request)):
            response = self._carry_out(request, sending)
        else:
            response = self.get_response(request)
        return _answer(request, response, sending)

    def _carry_out(self, request: HttpRequest, sending: _Sending) -> HttpResponse:
        try:
            with transaction.atomic():
                response = self.get_response(request)
                _settle(request, response, sending)
        except DatabaseError as error:
            # What is checked at commit is past every view. An error page as any other's, so that the words are kept.
            return response_for_exception(request, error)
        return response

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """Let the view do it; or answer with what it led to before, or that somebody else is signed in."""
        sending: _Sending | None = getattr(request, "sending", None)
        if sending is not None and sending.token.is_link:
            return _claim_for_link(request, view, sending)
        if sending is None or not sending.token.account or not (account := account_of_request(request)):
            return None
        if sending.token.account != account:
            return NotReceived(render_to_string(NOT_RECEIVED, {"somebody_else": True}, request), status=403)
        act = sending_once.read_act(request, sending.token)
        earlier = sending_once.claim(act)
        if earlier is None:
            sending.begin(act)
            return None
        if earlier.is_latest:
            return leading_back.earlier_outcome(request, earlier.address)
        return leading_back.ask_about_repeated(request, sending.typed, sending.token, new_rendering())

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Undo what the view did before the database refused a statement, so that a page can say so in words.

        PostgreSQL answers nothing more in a transaction where a statement has failed, and the page asks who reads it.
        """
        sending: _Sending | None = getattr(request, "sending", None)
        if isinstance(exception, DatabaseError) and sending is not None and sending.savepoint is not None:
            transaction.set_rollback(False)  # what Django noted when the statement failed; nothing of it is kept
            transaction.savepoint_rollback(sending.savepoint)

    def _show(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if key := request.GET.get(KEPT):
            return giving_back.give_back(request, response, key)
        # Residents' pages touch no session.
        is_staff_page = request.resolver_match and getattr(request.resolver_match.func, "login_required", True)
        if is_staff_page and response.status_code in {200, 405} and (page := leading_back.page_instead_of(request)):
            return leading_back.lead_to(request, page)
        return response


def _claim_for_link(request: HttpRequest, view: Any, sending: _Sending) -> HttpResponse | None:
    """Let the view of a secret link do it; or say that it is done. On other pages such a token counts for nothing."""
    if is_switch(request) or not getattr(view, "is_secret_link", False):
        return None
    act = sending_once.read_act(request, sending.token)
    earlier = sending_once.claim(act)
    if earlier is None:
        sending.begin(act)
        return None
    page = render_to_string(DONE_ALREADY, {"address": earlier.address}, request)
    return HttpResponse(page, headers={"Cache-Control": "no-store"})


def _settle(request: HttpRequest, response: HttpResponse, sending: _Sending) -> None:
    """Note what the act led to, before the transaction ends; or that nothing was done."""
    if response.status_code >= 500:
        transaction.set_rollback(True)
        return
    if sending.act is None:
        return
    if not leading_back.was_received(request, response):
        if sending.token.is_link and response.status_code < 400:
            sending_once.record(sending.act, "")  # its page says thanks without leading anywhere
        else:
            sending_once.release(sending.act)
        return
    address = str(response.headers["Location"])
    sending_once.record(sending.act, address)
    if sending.token.kept == sending.token.rendering:
        keeping.forget(sending.token.kept)
    if not sending.token.is_link:
        leading_back.stop_waiting(request)
    resumed = read_token(request.POST)
    if resumed is not None and resumed.rendering not in (sending.token.rendering, *_kept_in(address)):
        # The password was asked for, and allauth has now carried out what was sent before.
        act = sending_once.read_act(request, resumed)
        if sending_once.claim(act) is None:
            sending_once.record(act, address)
        keeping.forget(resumed.rendering)


def _kept_in(address: str) -> list[str]:
    return QueryDict(urlsplit(address).query).getlist(KEPT)


def _answer(request: HttpRequest, response: HttpResponse, sending: _Sending) -> HttpResponse:
    typed, token = sending.typed, sending.token
    if is_foreign(request):
        return response
    if request.path != typed.action and (resumed := read_token(request.POST)):
        # The proof was given, and the answer is to what waited for it.
        typed, token = keeping.read_form(request, resumed), resumed
        response = leading_back.at_its_own_address(request, response)
    if isinstance(response, NotReceived):
        return leading_back.forged_or_old(request, response, typed, token)
    if leading_back.leads_to_sign_in(request, response):
        return leading_back.sign_in_and_back(request, typed, token)
    if leading_back.leads_to_proof(response) and sending.act is not None and not leading_back.is_proof(request):
        return leading_back.wait_for_proof(request, response, typed, token)
    if response.status_code >= 400 and "HTTP_HX_REQUEST" not in request.META:
        return leading_back.with_words(request, response, typed, token)
    return response
