"""Saying whether one comes to a meeting by the link in the call: no account, and it can be changed until it begins."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from dialogue.meetings.forms.replies import ReplyForm
from dialogue.meetings.replies import replying
from ostberga.lib.web.secret_links import secret_link_view


@secret_link_view
def meeting_reply(request: HttpRequest, token: str) -> HttpResponse:
    """The meeting and three buttons. A link to a meeting that has been, and an unknown one, get the same page."""
    asked = replying.find_by_token(token)
    if asked is None:
        return render(request, "dialogue/meetings/reply_gone.html", status=404)
    form = ReplyForm(request.POST if request.method == "POST" else None)
    typed = {"coming": form.cleaned_data["svar"], "sequence": form.cleaned_data["kallelse"]} if form.is_valid() else {}
    if typed and replying.reply(asked=asked, at=timezone.now(), **typed):
        return redirect("meeting-reply", token)
    context = {"asked": asked, "meeting": asked.meeting, "has_changed": form.is_bound}
    return render(request, "dialogue/meetings/reply.html", context, status=409 if form.is_bound else 200)
