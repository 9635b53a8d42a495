"""The registry's pages behind the links in letters: a mandate, and a registry address. No account is needed."""

from collections.abc import Callable
from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from actors.mandates import confirming, ending, registry_addresses, registry_removals
from actors.models import Mandate
from ostberga.lib.web.origin import own_pages_only
from ostberga.lib.web.secret_links import secret_link_page

View = Callable[..., HttpResponse]
Verb = Callable[[str], Mandate]
GONE = "actors/mandates/link_gone.html"


def _secret_page(view: View) -> View:
    """A page behind a link: the link is the key. There is no session to steal, so the Origin is checked instead."""
    return csrf_exempt(
        login_not_required(own_pages_only(never_cache(require_http_methods(["GET", "HEAD", "POST"])(view))))
    )


@_secret_page
def mandate_link(request: HttpRequest, token: str) -> HttpResponse:
    """A mandate to confirm or refuse; once confirmed, the receipt's link ends it. Opening it changes nothing."""
    if mandate := confirming.find_waiting(token):
        verbs: dict[str, Verb] = {"bekrafta": confirming.confirm_by_link, "nej": confirming.refuse_by_link}
    elif mandate := ending.find_ending(token):
        verbs = {"avsluta": partial(ending.end_by_link, reason=request.POST.get("skal", "")[:240])}
    else:
        return secret_link_page(request, GONE, {}, 404)
    context = {"mandate": mandate, "collaboration": mandate.collaboration}
    if request.method == "POST" and (verb := verbs.get(request.POST.get("svar", ""))):
        return secret_link_page(request, "actors/mandates/mandate_answered.html", {**context, "mandate": verb(token)})
    return secret_link_page(request, "actors/mandates/mandate_link.html", context)


@_secret_page
def registry_link(request: HttpRequest, token: str) -> HttpResponse:
    """A registry address to confirm or refuse. Opening it changes nothing."""
    change = registry_addresses.find_change(token)
    if change is None:
        return secret_link_page(request, GONE, {}, 404)
    verbs = {"bekrafta": registry_addresses.confirm_by_link, "nej": registry_addresses.refuse_by_link}
    if request.method == "POST" and (verb := verbs.get(request.POST.get("svar", ""))):
        return secret_link_page(request, "actors/mandates/registry_answered.html", {"change": verb(token)})
    return secret_link_page(request, "actors/mandates/registry_link.html", {"change": change})


@_secret_page
def removal_link(request: HttpRequest, token: str) -> HttpResponse:
    """A registry address that the administrator wants to take away; its owner may stop it. Opening changes nothing."""
    removal = registry_removals.find_removal(token)
    if removal is None:
        return secret_link_page(request, GONE, {}, 404)
    if request.method == "POST" and request.POST.get("svar") == "stoppa":
        removal = registry_removals.stop_by_link(token)
    return secret_link_page(request, "actors/mandates/removal_link.html", {"removal": removal})
