"""Pages that belong to no single app: the front page, the statements the law asks for, health."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from dialogue.models import Dialogue


@login_not_required
def front(request: HttpRequest) -> HttpResponse:
    """The open dialogues."""
    dialogues = Dialogue.objects.current().select_related("collaboration", "guiding_question")
    return render(request, "ostberga/front.html", {"dialogues": dialogues})


@login_not_required
def health(_request: HttpRequest) -> JsonResponse:
    """Whether the web server reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
