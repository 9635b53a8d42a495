"""What residents see of the working groups: their task, who sits there by role, and what they have come to."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from actors.models import Collaboration
from dialogue.groups import prioritising, public_groups
from dialogue.groups.composition import parse_group_day
from dialogue.models import WorkingGroup
from ostberga.lib.web.public_pages import public_page


@public_page
def groups(request: HttpRequest, slug: str) -> HttpResponse:
    """All groups, those that still meet first."""
    collaboration = get_object_or_404(Collaboration, slug=slug)
    shown = {"collaboration": collaboration, "gatherings": public_groups.list_public_groups(collaboration)}
    return render(request, "dialogue/groups/groups_public.html", shown)


@public_page
def group(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One group today. The day asked for becomes an address, so that the page can be kept."""
    found = _group(slug, pk)
    day = parse_group_day(found, request.GET.get("den"))
    return redirect("dialogue:group-on", slug, pk, day.isoformat()) if day else _show(request, found)


@public_page
def group_on(request: HttpRequest, slug: str, pk: int, day: str) -> HttpResponse:
    """One group as it was on another day. Only days of its life have a page."""
    found = _group(slug, pk)
    if parse_group_day(found, day) is None:
        raise Http404
    return _show(request, found, day)


def _group(slug: str, pk: int) -> WorkingGroup:
    seen = WorkingGroup.objects.public().filter(dialogue__collaboration__slug=slug)
    return get_object_or_404(seen.select_related("dialogue__collaboration"), pk=pk)


def _show(request: HttpRequest, found: WorkingGroup, day: str = "") -> HttpResponse:
    collaboration = found.dialogue.collaboration
    shown = {
        "collaboration": collaboration,
        "told": public_groups.build_public_group(found, parse_group_day(found, day)),
        "is_past": bool(day),
    }
    shown["orders"] = [] if day else prioritising.list_public_orders(found)
    return render(request, "dialogue/groups/group_public.html", shown)
