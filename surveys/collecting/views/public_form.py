"""The public form for residents. No login, no cookie, and no caching but by Back in the same browser."""

from uuid import uuid4

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ostberga.lib.translations.languages import in_language
from ostberga.lib.web.language_switch import SWITCH, is_switch
from ostberga.lib.web.origin import is_foreign
from surveys.collecting import receiving
from surveys.collecting.receipt_cookie import redirect_to_receipt, was_shown
from surveys.fielding import code_lookup
from surveys.fielding.code_lookup import CodeTarget
from surveys.models import Wave
from surveys.questionnaire.answer_form import SurveyAnswerForm
from surveys.questionnaire.survey_definition import SurveyDefinition, cached_definition, with_replaced_questions


# No CSRF token: nobody is signed in here, so there is no authority to abuse, and it would need a cookie before anyone
# has answered; phones that refuse cookies would lose the answer. Sec-Fetch-Site and Origin are checked instead.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Show the form of a channel code, and receive the submitted response."""
    target = code_lookup.find_by_code(code)
    if target is None:
        return _render(request, "surveys/collecting/answer_unknown.html", {}, status=404)
    if request.method == "POST":
        return _receive(request, target)
    if not target.is_open:
        return _show_closed(request, target)
    return _show(request, target, SurveyAnswerForm(_definition(target), language=_language()))


def _receive(request: HttpRequest, target: CodeTarget) -> HttpResponse:
    """Receive a response. A page opened before the form closed may still submit; the response is stored as late."""
    if is_foreign(request):
        return _render(request, "surveys/collecting/answer_foreign.html", {"code_target": target}, status=403)
    if target.wave is None:
        return _show_closed(request, target)
    definition = with_replaced_questions(_definition(target), request.POST.keys())
    form = SurveyAnswerForm(definition, request.POST, language=_language())
    if is_switch(request):
        return _show(request, target, form)
    if not form.is_valid():
        return _show(request, target, form, status=422)
    if _may_be_another(request, form):
        return _ask_who_it_is(request, target, form)
    return _store(target.wave, target, form)


def _store(wave: Wave, target: CodeTarget, form: SurveyAnswerForm) -> HttpResponse:
    receipt = receiving.receive(
        wave=wave, submission=form.key, channel=target.channel, language=form.language, answers=form.answers
    )
    return _never_cached(redirect_to_receipt(receipt.code, target.channel.code))


def _may_be_another(request: HttpRequest, form: SurveyAnswerForm) -> bool:
    """Whether the same ticks came before, from a browser that has shown their receipt: Back shows its page to the next.

    Two people tick alike; with words of her own in it, it is the same person's.
    """
    is_written = any(answer.text for answer in form.answers.values())
    return not is_written and was_shown(request, receiving.receipt_code_of(form.key, form.answers))


def _ask_who_it_is(request: HttpRequest, target: CodeTarget, form: SurveyAnswerForm) -> HttpResponse:
    """Ask before it is stored or passed over. A new key makes it another answer, if it is sent."""
    form.key = uuid4()
    form.is_repeated = True
    return _show(request, target, form, status=409)


def _show(request: HttpRequest, target: CodeTarget, form: SurveyAnswerForm, *, status: int = 200) -> HttpResponse:
    """Show the form. The browser may show it again by Back, with its key: it stores nothing twice.

    Also one in another language, which came by POST: the browser would show its own error instead. A refused one not.
    """
    context = {
        "form": form,
        "code_target": target,
        "languages": form.definition.languages,
        "switches_with": SWITCH,
    }
    response = _render(request, "surveys/collecting/answer.html", context, status=status)
    if status == 200:
        response.headers["Cache-Control"] = "private, no-cache"
        response.reads_no_cookie = True  # type: ignore[attr-defined]  # the receipt's must not hide the page from Back
    return response


def _show_closed(request: HttpRequest, target: CodeTarget) -> HttpResponse:
    title = in_language(target.survey.title, _language())
    context = {"code_target": target, "title": title, "languages": target.survey.languages}
    return _render(request, "surveys/collecting/answer_closed.html", context)


def _render(request: HttpRequest, template: str, context: dict[str, object], *, status: int = 200) -> HttpResponse:
    return _never_cached(render(request, template, context, status=status))


def _never_cached(response: HttpResponse) -> HttpResponse:
    """Forbid caching: a shared phone must not show earlier answers."""
    response.headers["Cache-Control"] = "no-store"
    return response


def _definition(target: CodeTarget) -> SurveyDefinition:
    return cached_definition(target.survey.pk, target.survey.definition_version)


def _language() -> str:
    return get_language() or "sv"
