"""The front page and the health check."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from actors.models import Collaboration
from dialogue.models import Dialogue
from dialogue.process import steps_overview
from ostberga.lib.servers.redis_client import answers, cache_client, redis_client


@dataclass(frozen=True)
class OpenDialogue:
    """A current dialogue as the front page shows it."""

    name: str
    area: str
    dialogue_title: Mapping[str, str]
    guiding_question: Mapping[str, str]
    url: str
    answer_url: str


@login_not_required
def front(request: HttpRequest) -> HttpResponse:
    """Show the current dialogues."""
    public = Dialogue.objects.current().filter(collaboration__in=Collaboration.objects.public())
    dialogues = public.select_related("collaboration", "guiding_question").order_by("collaboration__name", "pk")
    return render(
        request, "ostberga/front.html", {"collaborations": [_open_dialogue(dialogue) for dialogue in dialogues]}
    )


def _open_dialogue(dialogue: Dialogue) -> OpenDialogue:
    return OpenDialogue(
        name=dialogue.collaboration.name,
        area=dialogue.collaboration.area,
        dialogue_title=dialogue.title,
        guiding_question=dialogue.guiding_question.text,
        url=dialogue.get_absolute_url(),
        answer_url=steps_overview.answer_address(dialogue),
    )


@login_not_required
def health(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when the web server reaches its database. Queue and cache can be away: then it says so."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    servers = {"queue": redis_client, "cache": cache_client}
    return JsonResponse({"status": "ok", "away": [name for name, client in servers.items() if not answers(client())]})
