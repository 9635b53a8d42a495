"""Public pages of working groups: mandate, seats by role on a day, meetings and proposals."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from actors.models import Collaboration
from dialogue.groups import prioritising, public_groups
from dialogue.groups.composition import parse_group_day
from dialogue.models import WorkingGroup
from ostberga.lib.web.public_pages import public_page


@public_page
def groups(request: HttpRequest, slug: str) -> HttpResponse:
    """All groups, active ones first."""
    collaboration = get_object_or_404(Collaboration.objects.public(), slug=slug)
    context = {"collaboration": collaboration, "rows": public_groups.list_public_groups(collaboration)}
    return render(request, "dialogue/groups/groups_public.html", context)


@public_page
def group(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One group today. A day in the query string is redirected to its own URL, so that the page can be cached."""
    group = _group(slug, pk)
    day = parse_group_day(group, request.GET.get("den"))
    return redirect("dialogue:group-on", slug, pk, day.isoformat()) if day else _show(request, group)


@public_page
def group_on(request: HttpRequest, slug: str, pk: int, day: str) -> HttpResponse:
    """One group on an earlier day; 404 for days when it did not exist."""
    group = _group(slug, pk)
    if parse_group_day(group, day) is None:
        raise Http404
    return _show(request, group, day)


def _group(slug: str, pk: int) -> WorkingGroup:
    groups = WorkingGroup.objects.public().filter(dialogue__collaboration__slug=slug)
    return get_object_or_404(groups.select_related("dialogue__collaboration"), pk=pk)


def _show(request: HttpRequest, group: WorkingGroup, day: str = "") -> HttpResponse:
    collaboration = group.dialogue.collaboration
    context = {
        "collaboration": collaboration,
        "public_group": public_groups.build_public_group(group, parse_group_day(group, day)),
        "is_past": bool(day),
    }
    context["orders"] = [] if day else prioritising.list_public_orders(group)
    return render(request, "dialogue/groups/group_public.html", context)
