"""The administrator closes accounts and opens them again."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from actors.founding.views.site import refuse_others
from actors.models import User
from actors.people import accounts
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
