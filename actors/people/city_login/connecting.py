"""Connecting an account to a login of a provider's, and taking that away again.

A login is known by the provider's name and its `sub`, and an account has one login at each provider. It is connected in
three ways (docs/adr/0052-city-login.md): by whoever opens the invitation that was sent to her address; by whoever is
signed in and has shown that she is still there; and at a first sign-in, by an address that the provider has verified in
a domain that its word counts for.
"""

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from actors.models import AccountChange, Invitation, User
from actors.people import inviting
from actors.people.account_changes import CITY_LOGIN, login_to_bring_back, write_down
from actors.people.city_login.exceptions import LoginRefused
from actors.people.city_login.providers import domains_of
from actors.people.sessions import end_sessions
from actors.people.signing_in import account_of
from actors.rules.city_login import Reason, address_vouched_for, is_for
from actors.security_log.recording import Kind, record


@transaction.atomic
def connect(user: User, *, login: Any, quietly: bool = False) -> None:
    """Connect the account to the login (a SocialLogin). Raises LoginRefused if either is connected elsewhere.

    From now on whoever has that login has the account: its owner gets a letter with which to stop it, unless `quietly`.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    provider, uid, issuer = login.account.provider, login.account.uid, {"iss": login.claims["iss"]}
    stored = SocialAccount.objects.filter(provider=provider, uid=uid).first()
    if stored is not None and stored.user_id != user.pk:
        raise LoginRefused(Reason.TAKEN, user=user)
    if SocialAccount.objects.filter(user=user, provider=provider).exclude(uid=uid).exists():
        raise LoginRefused(Reason.OCCUPIED, user=user)
    account, is_new = SocialAccount.objects.get_or_create(
        provider=provider, uid=uid, defaults={"user": user, "extra_data": issuer}
    )
    if account.user_id != user.pk:  # connected by another at this very moment
        raise LoginRefused(Reason.TAKEN, user=user)
    if account.extra_data != issuer:  # the provider has moved, and she has connected it anew
        account.extra_data = issuer
        account.save(update_fields=["extra_data"])
    login.user, login.account = user, account
    if is_new:
        record(Kind.FACTOR_ADDED, by=user, on=CITY_LOGIN)
        added = {"factor_type": CITY_LOGIN, "factor_key": account.pk, "quietly": quietly}
        write_down(user=user, kind=AccountChange.Kind.FACTOR_ADDED, **added)


@transaction.atomic
def connect_invited(invitation: Invitation, *, login: Any) -> None:
    """Accept the invitation and connect the account that it makes.

    Whoever opened the link has the letter, as when she chooses a password; the provider need not vouch for the address.
    If it tells another address, somebody has opened another's letter: raises LoginRefused. Raises Refusal as `accept`.
    """
    if not is_for(invitation.email, login.claims):
        raise LoginRefused(Reason.OTHER_ADDRESS)
    user = inviting.accept(invitation, name=invitation.name, password=None)
    connect(user, login=login, quietly=True)


def connect_by_address(*, login: Any) -> None:
    """Connect the account with the address that the provider vouches for. Raises LoginRefused if there is none."""
    address = address_vouched_for(login.claims, domains_of(login.provider))
    if isinstance(address, Reason):
        raise LoginRefused(address)
    user = account_of(address)
    if user is None:
        is_closed = User.objects.filter(email__iexact=address).exists()
        raise LoginRefused(Reason.CLOSED if is_closed else Reason.UNKNOWN)
    if is_mfa_enabled(user) or _has_taken_away(user):
        # An address may have passed to somebody else, whom the account's own second factor would have stopped.
        raise LoginRefused(Reason.NOT_CONNECTED, user=user)
    if inviting.unopened_account(address) is not None:
        raise LoginRefused(Reason.UNKNOWN)  # made for somebody who has not opened her letter
    connect(user, login=login)


def _has_taken_away(user: User) -> bool:
    """Return whether a login of the account has been taken away: then its owner connects the next one."""
    taken_away = AccountChange.Kind.FACTOR_REMOVED
    return AccountChange.objects.filter(user=user, kind=taken_away, factor_type=CITY_LOGIN).exists()


@transaction.atomic
def disconnect(user: User, *, provider: str) -> bool:
    """Take away the account's login at the provider, for those who run the installation; returns whether it had one.

    Ends its sessions, and tells its owner with a letter that brings the login back.
    """
    account = SocialAccount.objects.select_for_update(no_key=True).filter(user=user, provider=provider).first()
    if account is None:
        return False
    data = login_to_bring_back(account)
    account.delete()
    record(Kind.FACTOR_REMOVED, by=None, on=CITY_LOGIN)
    write_down(user=user, kind=AccountChange.Kind.FACTOR_REMOVED, factor_type=CITY_LOGIN, factor_data=data)
    end_sessions(user)
    return True
