"""The page that the data controller's link opens: may this person coordinate? Yes or no, once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from actors.people import appointing
from ostberga.lib.web.secret_links import secret_link_view


@secret_link_view
def appointment_link(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm or refuse an appointment. GET changes nothing, because mail programs open links too."""
    proposal = appointing.open_proposal(token)
    if proposal is None:
        return render(request, "actors/people/appointment_closed.html", status=410)
    context = {"proposal": proposal, "collaboration": proposal.collaboration}
    answer = request.POST.get("svar")
    if answer == "ja":
        appointing.confirm(proposal)
    elif answer == "nej":
        appointing.refuse(proposal)
    else:
        return render(request, "actors/people/appointment.html", context)
    return render(request, "actors/people/appointment_answered.html", context)
