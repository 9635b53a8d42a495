"""The page of a group for its members and its coordinator."""

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
    """Mandate, meetings, drafts with the member's positions, orders and the member's promises."""
    groups = WorkingGroup.objects.open_to(request.user).select_related("dialogue__collaboration", "chair__organisation")
    group = get_object_or_404(groups, pk=pk)
    page = member_page.build_member_page(group, request.user)
    context = {
        "collaboration": group.dialogue.collaboration,
        "page": page,
        "rows": list_my_positions(page.seat) if page.seat else [],
        "orders": prioritising.list_orders(group),
    }
    return render_page(request, "dialogue/groups/my_group.html", context)
