"""The administrator changes a collaboration's own fields."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from actors.founding.administration import OwnFieldsForm
from actors.founding.own_fields import change_own_fields
from actors.founding.views.site import refuse_others
from actors.models import Collaboration
from actors.permissions.lookups import SignedInRequest


@transaction.atomic
def place(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change what was changed on the page, and nothing that somebody else has changed since."""
    refuse_others(request)
    collaboration = get_object_or_404(Collaboration.objects.real(), pk=pk)
    form = OwnFieldsForm(request.POST or None, instance=collaboration)
    if not form.is_valid():
        context = {"form": form, "place": collaboration}
        return render(request, "actors/founding/place.html", context, status=422 if form.is_bound else 200)
    change_own_fields(collaboration=collaboration, typed=form.typed(), by=request.user)
    messages.success(request, f"Uppgifterna om {collaboration} är sparade.")
    return redirect("site")
