"""The page where a person changes her own name."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from actors.models import User
from actors.people.forms.name import NameForm
from actors.people.names.renaming import change_name
from actors.permissions.lookups import SignedInRequest


@transaction.atomic
def name(request: SignedInRequest) -> HttpResponse:
    """Show the name, and change it."""
    user = User.objects.get(pk=request.user.pk)
    form = NameForm(request.POST or None, user=user)
    if not form.is_valid():
        return render(request, "account/name.html", {"form": form}, status=422 if form.is_bound else 200)
    change_name(user=user, **form.cleaned_data)
    messages.success(request, f"Nu heter du {user} här.")
    return redirect("account-name")
