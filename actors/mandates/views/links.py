"""The registry's pages behind the links in letters: a mandate, and a registry address. No account is needed."""

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from actors.mandates import confirming, ending, registry_addresses, registry_removals
from actors.models import Mandate
from ostberga.lib.web.secret_links import secret_link_view

Verb = Callable[[str], Mandate]
GONE = "actors/mandates/link_gone.html"


@secret_link_view
def mandate_link(request: HttpRequest, token: str) -> HttpResponse:
    """A mandate to confirm or refuse; once confirmed, the receipt's link ends it. Opening it changes nothing."""
    if mandate := confirming.find_waiting(token):
        verbs: dict[str, Verb] = {"bekrafta": confirming.confirm_by_link, "nej": confirming.refuse_by_link}
    elif mandate := ending.find_ending(token):
        verbs = {"avsluta": partial(ending.end_by_link, reason=request.POST.get("skal", "")[:240])}
    else:
        return render(request, GONE, status=404)
    context = {"mandate": mandate, "collaboration": mandate.collaboration}
    if request.method == "POST" and (verb := verbs.get(request.POST.get("svar", ""))):
        return render(request, "actors/mandates/mandate_answered.html", {**context, "mandate": verb(token)})
    return render(request, "actors/mandates/mandate_link.html", context)


@secret_link_view
def registry_link(request: HttpRequest, token: str) -> HttpResponse:
    """A registry address to confirm or refuse. Opening it changes nothing."""
    change = registry_addresses.find_change(token)
    if change is None:
        return render(request, GONE, status=404)
    verbs = {"bekrafta": registry_addresses.confirm_by_link, "nej": registry_addresses.refuse_by_link}
    if request.method == "POST" and (verb := verbs.get(request.POST.get("svar", ""))):
        return render(request, "actors/mandates/registry_answered.html", {"change": verb(token)})
    return render(request, "actors/mandates/registry_link.html", {"change": change})


@secret_link_view
def removal_link(request: HttpRequest, token: str) -> HttpResponse:
    """A registry address that the administrator wants to take away; its owner may stop it. Opening changes nothing."""
    removal = registry_removals.find_removal(token)
    if removal is None:
        return render(request, GONE, status=404)
    if request.method == "POST" and request.POST.get("svar") == "stoppa":
        removal = registry_removals.stop_by_link(token)
    return render(request, "actors/mandates/removal_link.html", {"removal": removal})
