"""What residents see of a form: the questions, or that it has closed. No login, no cookie, nothing kept by anyone."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ostberga.lib.translations.languages import in_language
from ostberga.lib.web.origin import is_foreign
from surveys.collecting import receiving
from surveys.collecting.receipt_cookie import redirect_to_receipt
from surveys.fielding import code_lookup
from surveys.fielding.code_lookup import CodeTarget
from surveys.questionnaire.answer_form import SurveyAnswerForm
from surveys.questionnaire.survey_definition import SurveyDefinition, cached_definition, with_replaced_questions


# No CSRF token: it protects what a signed-in person may do, and here nobody is signed in, so there is no authority to
# steal. It would need a cookie before anyone has answered, and phones that refuse cookies would lose what they wrote.
# Instead the browser's own word on where the form was sent from is checked.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """The form a code leads to, and the answer that is sent from it."""
    found = code_lookup.find_by_code(code)
    if found is None:
        return _page(request, "surveys/collecting/answer_unknown.html", {}, status=404)
    if request.method == "POST":
        return _take(request, found)
    if not found.is_open:
        return _closed(request, found)
    return _show(request, found, SurveyAnswerForm(_definition(found), language=_language()))


def _take(request: HttpRequest, found: CodeTarget) -> HttpResponse:
    """A page that was open when the form closed may still send: what somebody wrote is never thrown away."""
    if is_foreign(request):
        return _page(request, "surveys/collecting/answer_foreign.html", {"entrance": found}, status=403)
    if found.wave is None:
        return _closed(request, found)
    definition = with_replaced_questions(_definition(found), request.POST.keys())
    form = SurveyAnswerForm(definition, request.POST, language=_language())
    if not form.is_valid():
        return _show(request, found, form, status=422)
    receipt = receiving.receive(
        wave=found.wave, submission=form.key, channel=found.channel, language=form.language, answers=form.answers
    )
    return _unkept(redirect_to_receipt(receipt.code, found.channel.code))


def _show(request: HttpRequest, found: CodeTarget, form: SurveyAnswerForm, *, status: int = 200) -> HttpResponse:
    shown = {"form": form, "entrance": found, "languages": form.definition.languages}
    return _page(request, "surveys/collecting/answer.html", shown, status=status)


def _closed(request: HttpRequest, found: CodeTarget) -> HttpResponse:
    title = in_language(found.survey.title, _language())
    shown = {"entrance": found, "title": title, "languages": found.survey.languages}
    return _page(request, "surveys/collecting/answer_closed.html", shown)


def _page(request: HttpRequest, template: str, context: dict[str, object], *, status: int = 200) -> HttpResponse:
    return _unkept(render(request, template, context, status=status))


def _unkept(response: HttpResponse) -> HttpResponse:
    """Never kept: each page has a key of its own, and a shared phone must not show what somebody wrote."""
    response.headers["Cache-Control"] = "no-store"
    return response


def _definition(found: CodeTarget) -> SurveyDefinition:
    return cached_definition(found.survey.pk, found.survey.definition_version)


def _language() -> str:
    return get_language() or "sv"
