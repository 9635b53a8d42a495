"""Answering «Har det blivit bättre?» by the link in a letter: no account, and the link works once."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dialogue.followers import better_answers
from dialogue.followers.forms.better import BetterForm
from ostberga.lib.web.origin import own_pages_only
from ostberga.lib.web.secret_links import secret_link_page


# Mail scanners open links, so a GET changes nothing. There is no session to steal and so no CSRF token: the Origin
# header is checked instead.
@csrf_exempt
@login_not_required
@own_pages_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def better(request: HttpRequest, token: str) -> HttpResponse:
    """The question and its form. A link that is used, expired or unknown gets one and the same page."""
    question = better_answers.find_by_token(token)
    if question is None:
        return secret_link_page(request, "dialogue/followers/better_gone.html", {}, 404)
    form = BetterForm(request.POST if request.method == "POST" else None)
    context = {"activity": question.activity, "form": form, "question": question}
    if not form.is_valid():
        return secret_link_page(request, "dialogue/followers/better.html", context, 422 if form.is_bound else 200)
    typed = form.cleaned_data
    better_answers.answer(question=question, token=token, answer=typed["svar"], words=typed["ord"])
    return secret_link_page(request, "dialogue/followers/better_thanks.html", context, 200)
