"""The administrator closes accounts and opens them again, and says who else administers."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from actors.founding.views.site import refuse_others
from actors.models import User
from actors.people import accounts
from actors.people.forms.administration import AdministratorForm
from actors.permissions.lookups import SignedInRequest
from ostberga.lib.plain_text import plain_text

# So many are shown; whoever looks for another writes more of her name.
AT_MOST = 50


@require_safe
def accounts_list(request: SignedInRequest) -> HttpResponse:
    """The accounts whose name or address has these words; the first by address without any."""
    refuse_others(request)
    words = plain_text(request.GET.get("q", ""))[:100]
    people = User.objects.order_by("email")
    for word in words.split():
        people = people.filter(Q(name__icontains=word) | Q(email__icontains=word))
    context = {"people": people[:AT_MOST], "number": people.count(), "words": words, "at_most": AT_MOST}
    return render(request, "actors/founding/accounts.html", context)


@require_POST
def account_close(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let nobody sign in with the account."""
    refuse_others(request)
    person = get_object_or_404(User, pk=pk)
    accounts.close_account(person=person, by=request.user)
    messages.success(request, f"Kontot {person.email} är stängt. Inget som {person.name} har gjort är borttaget.")
    return redirect("site-accounts")


@require_POST
def account_open(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let the account be used again."""
    refuse_others(request)
    person = get_object_or_404(User, pk=pk)
    accounts.reopen_account(person=person, by=request.user)
    messages.success(request, f"Kontot {person.email} är öppet igen.")
    return redirect("site-accounts")


@transaction.atomic
def administrators(request: SignedInRequest) -> HttpResponse:
    """Who administers the installation; lets one more."""
    refuse_others(request)
    form = AdministratorForm(request.POST or None)
    if not form.is_valid():
        context = {"form": form, "people": accounts.administrators()}
        status = 422 if form.is_bound else 200
        return render(request, "actors/founding/administrators.html", context, status=status)
    person = form.person()
    accounts.give_administration(person=person, by=request.user)
    messages.success(request, f"{person} är nu teknisk administratör, och har fått ett brev.")
    return redirect("site-administrators")


@require_POST
def administrator_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let a person administer no more. Whoever takes it from herself is led to her desk."""
    refuse_others(request)
    person = get_object_or_404(accounts.administrators(), pk=pk)
    accounts.take_administration(person=person, by=request.user)
    messages.success(request, f"{person} är inte längre teknisk administratör.")
    return redirect("desk" if person == request.user else "site-administrators")
