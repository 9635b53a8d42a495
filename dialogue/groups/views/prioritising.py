"""Pages where a group's proposals are put in order, by the chair or by the coordinator."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from actors.permissions.lookups import SignedInRequest
from dialogue.groups import prioritising
from dialogue.groups.forms.prioritising import OrderForm
from dialogue.models import WorkingGroup
from dialogue.permissions.lookups import group_of
from ostberga.lib.web.htmx import render_page


def group_order(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """The coordinator's page for the order of a group's proposals."""
    return _order(request, group_of(request, slug, pk), redirect("coordinate:group", slug, pk))


def my_group_order(request: SignedInRequest, pk: int) -> HttpResponse:
    """The same page for whoever leads the group's meetings."""
    groups = WorkingGroup.objects.led_by(request.user).select_related("dialogue__collaboration")
    return _order(request, get_object_or_404(groups, pk=pk), redirect("my-group", pk))


def _order(request: SignedInRequest, group: WorkingGroup, back: HttpResponse) -> HttpResponse:
    form = OrderForm(group, request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        context = {"collaboration": group.dialogue.collaboration, "group": group, "form": form}
        context |= {"back": back["Location"], "orders": prioritising.list_orders(group)}
        return render_page(request, "dialogue/groups/group_order.html", context, status=422 if form.is_bound else 200)
    typed = form.cleaned_data
    prioritising.order_proposals(
        group=group, meeting=typed["meeting"], proposals=form.ordered, reason=typed["reason"], by=request.user
    )
    messages.success(request, "Ordningen är sparad. Den förra finns kvar och går att läsa.")
    return back
