"""The page of a group for those who have a seat in it, and for its coordinator."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from actors.permissions.lookups import SignedInRequest
from dialogue.groups import member_page, prioritising
from dialogue.groups.forms.positions import list_my_positions
from dialogue.models import WorkingGroup
from ostberga.lib.web.htmx import render_page


@require_safe
def my_group(request: SignedInRequest, pk: int) -> HttpResponse:
    """What we are to do, when we meet, what we have said, and what I took upon myself."""
    mine = WorkingGroup.objects.open_to(request.user).select_related("dialogue__collaboration", "chair__organisation")
    found = get_object_or_404(mine, pk=pk)
    page = member_page.build_member_page(found, request.user)
    shown = {
        "collaboration": found.dialogue.collaboration,
        "page": page,
        "rows": list_my_positions(page.seat) if page.seat else [],
        "orders": prioritising.list_orders(found),
    }
    return render_page(request, "dialogue/groups/my_group.html", shown)
