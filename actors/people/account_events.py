"""Receivers of Django's and allauth's signals about accounts, for the security log. Connected by ActorsConfig.ready."""

import time
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import (
    authentication_step_completed,
    email_changed,
    password_changed,
    password_reset,
    password_set,
)
from allauth.account.signals import user_logged_in as signed_in_by_allauth
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from allauth.socialaccount.signals import social_account_removed
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from actors.models import AccountChange, User
from actors.people import second_factor
from actors.people.account_changes import CITY_LOGIN, login_to_bring_back, write_down
from actors.people.sessions import end_sessions, renew_session_key
from actors.security_log.recording import Kind, Outcome, record

RECOVERY_CODES = "recovery_codes"


def connect() -> None:
    """Connect the receivers. These libraries offer no other way to follow every way of signing in."""
    user_logged_in.connect(_signed_in, dispatch_uid="security-log")
    signed_in_by_allauth.connect(_offer_second_factor, dispatch_uid="second-factor")
    authentication_step_completed.connect(_step_completed, dispatch_uid="sessions")
    user_logged_out.connect(_signed_out, dispatch_uid="security-log")
    user_login_failed.connect(_sign_in_failed, dispatch_uid="security-log")
    email_changed.connect(_email_changed, dispatch_uid="security-log")
    for signal in (password_changed, password_reset, password_set):
        signal.connect(_password_changed, dispatch_uid="security-log")
    authenticator_added.connect(_factor_added, dispatch_uid="security-log")
    authenticator_reset.connect(_codes_renewed, dispatch_uid="security-log")
    authenticator_removed.connect(_factor_removed, dispatch_uid="security-log")
    social_account_removed.connect(_city_login_removed, dispatch_uid="security-log")


def _signed_in(*, user: User, **_: Any) -> None:
    record(Kind.SIGNED_IN, by=user)


def _signed_out(*, user: User | None, **_: Any) -> None:
    if user is not None:
        record(Kind.SIGNED_OUT, by=user)


def _sign_in_failed(*, credentials: dict[str, Any], **_: Any) -> None:
    """Log the account if there is one: what was typed may be a password, or anybody's address."""
    typed = str(credentials.get("email") or credentials.get("username") or "")
    record(Kind.SIGNED_IN, by=User.objects.filter(email__iexact=typed).first(), outcome=Outcome.FAILED)


def _offer_second_factor(*, request: HttpRequest, user: User, sociallogin: Any = None, **_: Any) -> None:
    second_factor.note_city_login(request, user, sociallogin)
    request.session[second_factor.TO_OFFER] = True
    request.session[second_factor.SIGNED_IN_AT] = time.time()


def _step_completed(*, request: HttpRequest, **kwargs: Any) -> None:
    """Change the key of the session when somebody gives her password, code or passkey again."""
    if kwargs.get("reauthenticated"):
        renew_session_key(request)


def _email_changed(*, user: User, from_email_address: Any = None, **_: Any) -> None:
    record(Kind.EMAIL_CHANGED, by=user)
    if from_email_address is not None:
        user.refresh_from_db(fields=["email"])
        write_down(user=user, kind=AccountChange.Kind.EMAIL, old_email=from_email_address.email)


def _password_changed(*, user: User, request: HttpRequest, **_: Any) -> None:
    """Log it and end the sessions elsewhere: whoever changes her password may have lost the old one."""
    record(Kind.PASSWORD_CHANGED, by=user)
    write_down(user=user, kind=AccountChange.Kind.PASSWORD)
    end_sessions(user, but=request.session.session_key or "")


def _factor_added(*, user: User, request: HttpRequest, authenticator: Any, **_: Any) -> None:
    """Log it. Whoever adds a factor has just shown that she has it, which counts as giving it."""
    kind = str(authenticator.type)
    record(Kind.FACTOR_ADDED, by=user, on=kind)
    # The codes that come with a first factor need no letter of their own.
    added: dict[str, Any] = {"factor_type": kind, "factor_key": authenticator.pk, "quietly": kind == RECOVERY_CODES}
    write_down(user=user, kind=AccountChange.Kind.FACTOR_ADDED, **added)
    if kind != RECOVERY_CODES:
        shown = {"id": authenticator.pk, "type": kind, "reauthenticated": True}
        record_authentication(request, user, "mfa", **shown)


def _codes_renewed(*, user: User, authenticator: Any, **_: Any) -> None:
    record(Kind.FACTOR_ADDED, by=user, on=str(authenticator.type))
    added: dict[str, Any] = {"factor_type": str(authenticator.type), "factor_key": authenticator.pk}
    write_down(user=user, kind=AccountChange.Kind.FACTOR_ADDED, **added)


def _factor_removed(*, user: User, request: HttpRequest, authenticator: Any, **_: Any) -> None:
    """Log it and end the sessions elsewhere, which may have been opened with the removed factor."""
    kind = str(authenticator.type)
    record(Kind.FACTOR_REMOVED, by=user, on=kind)
    removed: dict[str, Any] = {"factor_type": kind, "factor_data": authenticator.data}
    write_down(user=user, kind=AccountChange.Kind.FACTOR_REMOVED, quietly=kind == RECOVERY_CODES, **removed)
    end_sessions(user, but=request.session.session_key or "")


def _city_login_removed(*, socialaccount: Any, request: HttpRequest, **_: Any) -> None:
    """Log it, tell the owner, and end the sessions elsewhere, which may have been opened with it."""
    user = socialaccount.user
    record(Kind.FACTOR_REMOVED, by=user, on=CITY_LOGIN)
    # Of what the city told about the person nothing is kept.
    data = login_to_bring_back(socialaccount)
    write_down(user=user, kind=AccountChange.Kind.FACTOR_REMOVED, factor_type=CITY_LOGIN, factor_data=data)
    end_sessions(user, but=request.session.session_key or "")
