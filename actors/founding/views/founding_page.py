"""Founding on a page: the first collaboration behind the printed code, and more of them by the administrator."""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from actors.founding import codes, founding
from actors.founding.forms import FirstFoundingForm, FoundingForm
from actors.models import Collaboration, User
from actors.permissions.lookups import SignedInRequest


@sensitive_post_parameters("password", "code")
@never_cache
@login_not_required
def first(request: HttpRequest) -> HttpResponse:
    """Found the first collaboration with the code that was printed when the installation started."""
    if codes.is_founded():
        return render(request, "actors/founding/founded.html", status=410)
    form = FirstFoundingForm(request.POST or None)
    founded = form.run(lambda: _found_first(form)) if request.method == "POST" else None
    if founded is None:
        status = form.status if form.is_bound else 200
        return render(request, "actors/founding/first.html", {"form": form}, status=status)
    administrator, collaboration = founded
    messages.success(request, _what_was_sent(collaboration))
    login = Login(user=administrator, redirect_url=reverse("site"))
    signed_in: HttpResponse = perform_password_login(request, {"email": administrator.email}, login)
    return signed_in


def another(request: SignedInRequest) -> HttpResponse:
    """Found another collaboration, as the installation's administrator."""
    if not request.user.is_superuser:
        raise Http404
    form = FoundingForm(request.POST or None)
    by = request.user
    founded = form.run(lambda: founding.found(by=by, **form.arguments())) if request.method == "POST" else None
    if founded is None:
        status = form.status if form.is_bound else 200
        return render(request, "actors/founding/another.html", {"form": form}, status=status)
    messages.success(request, _what_was_sent(founded))
    return redirect("site")


@transaction.atomic
def _found_first(form: FirstFoundingForm) -> tuple[User, Collaboration]:
    data = form.cleaned_data
    administrator = founding.administer(email=data["email"], name=data["your_name"], password=data["password"])
    return administrator, founding.found(by=administrator, **form.arguments())


def _what_was_sent(collaboration: Collaboration) -> str:
    proposal = collaboration.appointment_proposals.waiting().select_related("user").get()
    return (
        f"{collaboration} är grundad. {proposal.user.email} har fått en inbjudan, och {proposal.sent_to} en fråga om "
        f"{proposal.user.name} ska samordna."
    )
