"""Letters about changes of what protects an account, and stopping such a change by the link in the letter."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from actors.letters import outbox
from actors.models import AccountChange, FormerAddress, User
from actors.models.account_change import STOPPABLE_FOR
from actors.people.sessions import end_sessions
from actors.security_log.recording import Kind as Event
from actors.security_log.recording import record
from ostberga.lib.refusal import Refusal
from ostberga.lib.web.secret_links import new_token, token_hash

Kind = AccountChange.Kind
# The purpose of its secret links.
LINK = "account-change"
# The type, in AccountChange, of a connected account of the city's login.
CITY_LOGIN = "city_login"


@transaction.atomic
def write_down(*, user: User, kind: str, old_email: str = "", quietly: bool = False, **factor: Any) -> None:
    """Keep what is needed to undo a change, and tell the owner with a link that stops it.

    The letter goes to the present address and to those the account had while changes could be stopped, so that whoever
    takes an account over and changes its address first does not get all later letters alone. `quietly`: no letter, for
    what follows from another change.
    """
    if old_email:
        FormerAddress.objects.remember(user, old_email)
    token = new_token()
    addresses = _addresses_of(user) | ({old_email} if old_email else set())
    change = AccountChange.objects.create(
        user=user, kind=kind, old_email=old_email, token_hash=token_hash(LINK, token), **factor
    )
    if quietly:
        return
    link = f"{settings.SITE_URL}{reverse('account-change-stop', args=[token])}"
    context = {"change": change, "user": user, "link": link, "days": STOPPABLE_FOR.days}
    for address in sorted(addresses):
        outbox.write(kind="account", to=address, template="account_changed", context=context)


def stoppable_change(token: str) -> AccountChange | None:
    """Return the change that the link stops, or None if the link is used, too old or unknown."""
    return AccountChange.objects.stoppable().select_related("user").filter(token_hash=token_hash(LINK, token)).first()


@transaction.atomic
def stop(change: AccountChange) -> None:
    """Undo this change and all later ones, end all sessions and make the password unusable until a new one is chosen.

    An account whose address another account has got is closed. Raises Refusal if the change is stopped already.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=change.user_id)
    # By key, not by time: what is written in one transaction may have the same time.
    later = AccountChange.objects.stoppable().filter(user=user, pk__gte=change.pk)
    changes = list(later.select_for_update(no_key=True).order_by("-pk"))
    if change not in changes:
        raise Refusal("Länken är redan använd.", code="not_open")
    for done in changes:
        _undo(done, user)
        done.stopped_at = timezone.now()
        done.save(update_fields=["stopped_at"])
    # An address that waits to be confirmed has a link in a letter that works without signing in.
    EmailAddress.objects.filter(user=user).exclude(email__iexact=user.email).delete()
    user.set_unusable_password()
    user.save(update_fields=["email", "password", "is_active"])
    end_sessions(user)
    record(Event.CHANGE_STOPPED, by=user, on=change)


def forget_old_changes() -> int:
    """Delete the rows whose links work no more; returns how many."""
    deleted, _ = AccountChange.objects.filter(at__lte=timezone.now() - STOPPABLE_FOR).delete()
    return deleted


def _addresses_of(user: User) -> set[str]:
    earlier = AccountChange.objects.stoppable().filter(user=user).exclude(old_email="")
    return {user.email, *earlier.values_list("old_email", flat=True)}


def _undo(change: AccountChange, user: User) -> None:
    """Undo one change. A new password and the address of a calendar end with the password and the sessions."""
    if change.kind == Kind.EMAIL:
        _give_back_address(user, change.old_email)
    elif change.factor_type == CITY_LOGIN:
        _undo_city_login(change, user)
    elif change.kind == Kind.FACTOR_ADDED:
        Authenticator.objects.filter(user=user, pk=change.factor_key).delete()
    elif change.kind == Kind.FACTOR_REMOVED:
        # One of a kind: of an app with codes there can only be one, and the owner's goes first.
        if change.factor_type != Authenticator.Type.WEBAUTHN:
            Authenticator.objects.filter(user=user, type=change.factor_type).delete()
        Authenticator.objects.create(user=user, type=change.factor_type, data=change.factor_data)


def login_to_bring_back(account: SocialAccount) -> dict[str, Any]:
    """Return what connecting a login again takes, which the letter about its end offers."""
    return {"provider": account.provider, "uid": account.uid, "iss": account.extra_data.get("iss", "")}


def _undo_city_login(change: AccountChange, user: User) -> None:
    if change.kind == Kind.FACTOR_ADDED:
        SocialAccount.objects.filter(user=user, pk=change.factor_key).delete()
    else:
        # The same login may have been connected to another account since; then it stays there.
        login = {name: change.factor_data[name] for name in ("provider", "uid")}
        if not SocialAccount.objects.filter(user=user, provider=login["provider"]).exists():
            kept = {"user": user, "extra_data": {"iss": change.factor_data.get("iss", "")}}
            SocialAccount.objects.get_or_create(**login, defaults=kept)


def _give_back_address(user: User, address: str) -> None:
    """Give the account its address back. If another account has it now the account is closed instead, and a letter says
    so: the page says the same in both cases.
    """
    present = user.email
    try:
        with transaction.atomic():
            _set_address(user, address)
    except IntegrityError:
        user.email, user.is_active = present, False
        outbox.write(kind="account", to=address, template="account_closed", context={"user": user})


def _set_address(user: User, address: str) -> None:
    if User.objects.filter(email__iexact=address).exclude(pk=user.pk).exists():
        raise IntegrityError("another account differs from it by capitals only")
    user.email = address
    user.save(update_fields=["email"])
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
