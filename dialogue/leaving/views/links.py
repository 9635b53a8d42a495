"""The registries' page behind the link in a letter: whether one body took over from another. No account is needed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from actors.models import SuccessionAnswer
from dialogue.decisions.forms.transfers import LinkAnswerForm
from dialogue.leaving import successions
from dialogue.models import QuestionTransfer
from ostberga.lib.web.secret_links import secret_link_view

GONE = "actors/mandates/link_gone.html"


@secret_link_view
def succession_link(request: HttpRequest, token: str) -> HttpResponse:
    """What the coordinator has written, to confirm or to say no to. Opening it changes nothing."""
    answer = successions.find_answer(token)
    if answer is None:
        return render(request, GONE, status=404)
    form = LinkAnswerForm(request.POST or None, why="Vad stämmer inte?")
    if not form.is_valid():
        moved = QuestionTransfer.objects.of_succession(answer.succession).select_related("part__decision")
        context = _context(answer) | {"form": form, "moved": moved}
        return render(request, "dialogue/leaving/succession_link.html", context, status=422 if form.is_bound else 200)
    if form.is_yes:
        answer = successions.confirm_by_link(token)
    else:
        answer = successions.refuse_by_link(token, reason=form.cleaned_data["skal"])
    return render(request, "dialogue/leaving/succession_answered.html", _context(answer))


def _context(answer: SuccessionAnswer) -> dict[str, object]:
    return {"answer": answer, "succession": answer.succession, "collaboration": answer.succession.collaboration}
