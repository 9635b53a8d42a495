"""Receivers of Django's and allauth's signals about accounts, for the security log. Connected by ActorsConfig.ready."""

from typing import Any

from allauth.account.signals import email_changed, password_changed, password_reset, password_set
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from actors.models import User
from actors.security_log.recording import Kind, Outcome, record


def connect() -> None:
    """Connect the receivers. These libraries offer no other way to follow every way of signing in."""
    user_logged_in.connect(_signed_in, dispatch_uid="security-log")
    user_logged_out.connect(_signed_out, dispatch_uid="security-log")
    user_login_failed.connect(_sign_in_failed, dispatch_uid="security-log")
    email_changed.connect(_email_changed, dispatch_uid="security-log")
    for signal in (password_changed, password_reset, password_set):
        signal.connect(_password_changed, dispatch_uid="security-log")
    authenticator_added.connect(_factor_added, dispatch_uid="security-log")
    authenticator_reset.connect(_factor_added, dispatch_uid="security-log")
    authenticator_removed.connect(_factor_removed, dispatch_uid="security-log")


def _signed_in(*, user: User, **_: Any) -> None:
    record(Kind.SIGNED_IN, by=user)


def _signed_out(*, user: User | None, **_: Any) -> None:
    if user is not None:
        record(Kind.SIGNED_OUT, by=user)


def _sign_in_failed(*, credentials: dict[str, Any], **_: Any) -> None:
    """Log the account if there is one: what was typed may be a password, or anybody's address."""
    typed = str(credentials.get("email") or credentials.get("username") or "")
    record(Kind.SIGNED_IN, by=User.objects.filter(email__iexact=typed).first(), outcome=Outcome.FAILED)


def _email_changed(*, user: User, **_: Any) -> None:
    record(Kind.EMAIL_CHANGED, by=user)


def _password_changed(*, user: User, **_: Any) -> None:
    record(Kind.PASSWORD_CHANGED, by=user)


def _factor_added(*, user: User, authenticator: Any, **_: Any) -> None:
    record(Kind.FACTOR_ADDED, by=user, on=str(authenticator.type))


def _factor_removed(*, user: User, authenticator: Any, **_: Any) -> None:
    record(Kind.FACTOR_REMOVED, by=user, on=str(authenticator.type))
