"""The page that an invitation opens: create an account, or accept with an existing one."""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from actors.models import Invitation, User
from actors.people import inviting, second_factor
from actors.people.forms.people import WelcomeForm


@sensitive_post_parameters("password")
@never_cache
@login_not_required
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation. GET changes nothing, because mail programs open links too."""
    invitation = inviting.open_invitation(token)
    if invitation is None:
        return render(request, "actors/people/welcome_closed.html", {"old": inviting.sender_of(token)}, status=410)
    is_known = User.objects.filter(email__iexact=invitation.email).exists()
    if is_known and not inviting.unopened_account(invitation.email):
        return _join(request, invitation, token)
    form = WelcomeForm(request.POST or None, email=invitation.email, initial={"name": invitation.name})
    if not form.is_valid():
        context = {"invitation": invitation, "collaboration": invitation.collaboration, "form": form, "token": token}
        return render(request, "actors/people/welcome.html", context, status=422 if form.is_bound else 200)
    user = inviting.accept(invitation, **form.cleaned_data)
    messages.success(request, f"Välkommen, {user}! Kontot är klart. Nästa gång loggar du in med {user.email}.")
    signed_in: HttpResponse = perform_password_login(request, {"email": user.email}, Login(user=user))
    return signed_in


def _join(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    if not isinstance(request.user, User):
        here = reverse("welcome", args=[token])
        return redirect(f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': here})}")
    if second_factor.must_be_led_here(request, request.user):  # The page is public, so no middleware has asked.
        second_factor.remember_wanted(request)
        return redirect("second-factor")
    if request.method != "POST":
        context = {"invitation": invitation, "collaboration": invitation.collaboration}
        return render(request, "actors/people/welcome_join.html", context)
    inviting.join(invitation, user=request.user)
    messages.success(request, f"Nu hör du också till {invitation.organisation or invitation.collaboration}.")
    return redirect(settings.LOGIN_REDIRECT_URL)
