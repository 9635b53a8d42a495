"""What a body was asked to take on, for whoever got the letter: no account. The link works once."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dialogue import committing


@login_not_required
def commitment_link(request: HttpRequest, token: str) -> HttpResponse:
    """The question and the answer."""
    found = committing.holding(token)
    return render(request, "dialogue/commitment_gone.html", {"commitment": found}, status=404)
