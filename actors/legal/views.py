"""Pages: accessibility statement, privacy statement, about the site."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actors.legal.statements import ACCESSIBILITY, COMPLAINTS, COOKIES, KEPT
from actors.models import Collaboration


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    context = {"statement": ACCESSIBILITY, "collaborations": _asked_about(request)}
    return render(request, "actors/legal/accessibility.html", context)


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The privacy statement (GDPR art. 13), for one collaboration or all."""
    context = {"collaborations": _asked_about(request), "kept": KEPT, "cookies": COOKIES, "complaints": COMPLAINTS}
    return render(request, "actors/legal/privacy.html", context)


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """About the site."""
    return render(request, "actors/legal/about.html", {"collaborations": _asked_about(request)})


def _asked_about(request: HttpRequest) -> list[Collaboration]:
    """The collaboration named by `?samverkan=` if it exists, else all."""
    everyone = Collaboration.objects.public().select_related("data_controller").order_by("name")
    return list(everyone.filter(slug=request.GET.get("samverkan", ""))) or list(everyone)
