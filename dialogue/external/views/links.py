"""The page behind the link in a letter to the registry of a body outside: its own words. No account is needed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dialogue.external import own_words
from dialogue.external.forms import AddresseeWordsForm
from ostberga.lib.web.secret_links import secret_link_view


@secret_link_view
def own_words_link(request: HttpRequest, token: str) -> HttpResponse:
    """What is told as a body's reply, and a form for its own words. Opening it changes nothing."""
    row = own_words.find_by_token(token)
    if row is None:
        return render(request, "actors/mandates/link_gone.html", status=404)
    form = AddresseeWordsForm(request.POST or None)
    if not form.is_valid():
        context: dict[str, object] = {"row": row, "enquiry": row.enquiry, "form": form}
        context |= {"collaboration": row.enquiry.issue.dialogue.collaboration}
        status = 422 if form.is_bound else 200
        return render(request, "dialogue/external/own_words.html", context, status=status)
    row = own_words.say_by_link(token, **form.cleaned_data)
    return render(request, "dialogue/external/own_words_said.html", {"row": row, "enquiry": row.enquiry})
