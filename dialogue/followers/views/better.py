"""Answering «Har det blivit bättre?» by the link in a letter: no account, and the link works once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dialogue.followers import better_answers
from dialogue.followers.forms.better import BetterForm
from ostberga.lib.web.language_switch import is_switch, switching, typed_values
from ostberga.lib.web.secret_links import secret_link_view


@secret_link_view
def better(request: HttpRequest, token: str) -> HttpResponse:
    """The question and its form. A link that is used, expired or unknown gets one and the same page."""
    question = better_answers.find_by_token(token)
    if question is None:
        return render(request, "dialogue/followers/better_gone.html", status=404)
    is_sent = request.method == "POST" and not is_switch(request)
    form = BetterForm(request.POST if is_sent else None, initial=typed_values(request))
    context = {"activity": question.activity, "form": form, "question": question, **switching("battre")}
    if not form.is_valid():
        return render(request, "dialogue/followers/better.html", context, status=422 if form.is_bound else 200)
    typed = form.cleaned_data
    better_answers.answer(question=question, token=token, answer=typed["svar"], words=typed["ord"])
    return render(request, "dialogue/followers/better_thanks.html", {"activity": question.activity})
