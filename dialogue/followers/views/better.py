"""«Har det blivit bättre?», for whoever got the letter: no account, and the link works once."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dialogue.followers import better_answers
from dialogue.followers.forms.better import BetterForm
from ostberga.lib.web.origin import own_pages_only
from ostberga.lib.web.secret_links import secret_link_page


# Programs that look through mail open links, so opening it changes nothing; a button does. There is no session to steal
# and so no token: the browser's word on the origin is checked.
@csrf_exempt
@login_not_required
@own_pages_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def better(request: HttpRequest, token: str) -> HttpResponse:
    """The question and the answer. A link that is used, too old or unknown gets one and the same page."""
    question = better_answers.find_by_token(token)
    if question is None:
        return secret_link_page(request, "dialogue/followers/better_gone.html", {}, 404)
    form = BetterForm(request.POST if request.method == "POST" else None)
    shown = {"activity": question.activity, "form": form, "question": question}
    if not form.is_valid():
        return secret_link_page(request, "dialogue/followers/better.html", shown, 422 if form.is_bound else 200)
    said = form.cleaned_data
    better_answers.answer(question=question, token=token, answer=said["svar"], words=said["ord"])
    return secret_link_page(request, "dialogue/followers/better_thanks.html", shown, 200)
