"""Who must sign in with a second factor, and whether this session has."""

import time
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import HttpRequest

from actors.models import Collaboration, CoordinatorAppointment, Mandate, User
from actors.people.city_login import signing_out
from actors.people.city_login.providers import Provider, connected_providers, counts_as_two_factors, demand_of
from actors.rules.helping import HelperTask

# In the session: the key of the account whose sign-in the city's login vouched for with two factors; whether the demo
# still has to show its offer.
VOUCHED_BY_CITY = "second_factor_by_city"
TO_OFFER = "second_factor_to_offer"
# When the person signed in, in seconds since 1970.
SIGNED_IN_AT = "signed_in_at"
# Where the person was going when she was led here.
WANTED = "second_factor_wanted"


def is_required_of(user: User) -> bool:
    """Return whether she coordinates, deputises, administers, decides for a body or reads raw text today.

    Or has accepted an invitation to decide, which waits for the registry: she then adds the factor at her first
    sign-in, and not in the middle of her first answer. That somebody else proposes her closes nothing.
    """
    if not user.is_active:
        return False
    if user.is_staff or user.is_superuser:
        return True
    appointed = CoordinatorAppointment.objects.filter(user=user, ended_on=None)
    decides = Mandate.objects.in_force().filter(person=user)
    accepted = user.accepted_invitations.exclude(scopes=[]).values("collaboration", "organisation")
    own_will = accepted.filter(collaboration=OuterRef("collaboration"), organisation=OuterRef("organisation"))
    proposed = Mandate.objects.waiting().filter(Exists(own_will), person=user)
    prepares = Collaboration.objects.prepared_by(user).filter(awaits_controller=True)
    reads = user.helper_roles.in_force().filter(task__in=[task for task in HelperTask if task.reads_raw_text])
    return any(rows.exists() for rows in (appointed, decides, proposed, prepares, reads))


def has_been_used(request: HttpRequest, user: User) -> bool:
    """Return whether a second factor was given in this session, here or at the city's login. Asks no database."""
    if request.session.get(VOUCHED_BY_CITY) == str(user.pk):
        return True
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, user))


def has_lasted_too_long(request: HttpRequest) -> bool:
    """Return whether the sign-in is older than settings.SESSION_COOKIE_AGE, however often the session was saved."""
    at = request.session.get(SIGNED_IN_AT)
    return at is not None and time.time() - float(at) > settings.SESSION_COOKIE_AGE


def note_city_login(request: HttpRequest, user: User, sociallogin: Any) -> None:
    """Note, once somebody has signed in, whether the city's login used two factors; every other sign-in clears it.

    A session that was merely at the city's login, as a stranger or to connect an account, is noted for nothing.
    """
    request.session.pop(VOUCHED_BY_CITY, None)
    if sociallogin is None or sociallogin.user != user:
        signing_out.forget(request)
        return
    signing_out.remember(request, sociallogin)
    if counts_as_two_factors(sociallogin):
        request.session[VOUCHED_BY_CITY] = str(user.pk)


def vouching_providers(user: User) -> list[Provider]:
    """Return the providers whose logins are the only second factor that the account has; none if it has one of its own.

    Such an account gets no factor of its own from whoever came in without the provider, by a code to its mailbox.
    """
    if is_mfa_enabled(user):
        return []
    return [provider for provider in connected_providers(user) if demand_of(provider).is_made]


def must_be_led_here(request: HttpRequest, user: User) -> bool:
    """Return whether the person has to add or give a second factor before she goes on."""
    if settings.SECOND_FACTOR == "off" or has_been_used(request, user):
        return False
    if settings.SECOND_FACTOR == "offered" and not request.session.get(TO_OFFER):
        return False
    return is_required_of(user)


def remember_wanted(request: HttpRequest) -> None:
    """Remember the page, for when the factor has been given. What was sent to it has to be sent again."""
    if "HTTP_HX_REQUEST" not in request.META:
        request.session[WANTED] = request.get_full_path()
