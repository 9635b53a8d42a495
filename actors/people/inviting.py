"""Invitations: a secret link in a letter creates an account, or adds an affiliation to an existing one."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from actors.letters import outbox
from actors.mandates import proposing
from actors.models import Affiliation, Collaboration, Invitation, Organisation, User
from actors.models.history import Kind, record_event
from actors.people.helping import roles as helper_roles
from actors.people.memberships import affiliations_of
from actors.rules.mandates import in_order
from actors.rules.rights import COORDINATE, PREPARE, PROPOSE_APPOINTMENT
from ostberga.lib.authorization import require
from ostberga.lib.locking import take_turns
from ostberga.lib.refusal import Refusal
from ostberga.lib.web.secret_links import new_token, token_hash

# The purpose of its secret links.
LINK = "invitation"
# Validity of a link.
OPEN_FOR = dt.timedelta(days=14)
# What the letter says to her who is proposed to coordinate.
TO_PREPARE = (
    "Du är föreslagen som samordnare. {controller} har fått ett brev och ska bekräfta det. Under tiden kan du "
    "förbereda: parter, människor, plan, fråga och formulär. Inget syns för andra, och inget samlas in, innan svaret "
    "har kommit."
)


def invitation_obstacle(*, collaboration: Collaboration, email: str, organisation: Organisation | None) -> str:
    """Why this address cannot be invited; empty if nothing prevents it."""
    if collaboration.invitations.usable().filter(email__iexact=email, organisation=organisation).exists():
        return f"Det finns redan en öppen inbjudan till {email}. Skicka den igen i stället."
    # An affiliated person whom this collaboration may not know about can be invited, and may then accept.
    if organisation and affiliations_of(collaboration).filter(organisation=organisation, user__email__iexact=email):
        return f"{email} hör redan till {organisation}."
    return ""


@transaction.atomic
def invite(
    *,
    collaboration: Collaboration,
    by: User,
    email: str,
    name: str,
    organisation: Organisation | None = None,
    title: str = "",
    scopes: Iterable[str] = (),
    helper_task: str = "",
    helper_until: dt.date | None = None,
    about: str = "",
) -> Invitation:
    """Invite a person by letter. Raises Refusal if an invitation to the address is open, or she is affiliated already.

    `scopes` are what a mandate will be proposed for when she accepts; the organisation confirms it. `helper_task` is
    what she will help with until a day, from the day she accepts. `about` is a sentence in the letter that says what
    the invitation is for.
    """
    require(by, COORDINATE if helper_task else PREPARE, collaboration)
    email = email.strip().lower()
    take_turns(collaboration)  # serialises concurrent invitations
    if why := invitation_obstacle(collaboration=collaboration, email=email, organisation=organisation):
        raise Refusal(why, code="can_not_be_invited")
    helps = {"helper_task": helper_task, "helper_until": helper_until if helper_task else None}
    words = {"email": email, "name": name, "title": title, "scopes": in_order(scopes)}
    return _create(about, collaboration=collaboration, invited_by=by, organisation=organisation, **words, **helps)


@transaction.atomic
def invite_to_prepare(*, collaboration: Collaboration, person: User, by: User) -> Invitation:
    """Invite whoever is proposed to coordinate: she prepares while the data controller's registry answers.

    An earlier invitation of hers that nobody has used stops working.
    """
    require(by, PROPOSE_APPOINTMENT, collaboration)
    take_turns(collaboration)
    mine = collaboration.invitations.usable().filter(email__iexact=person.email, organisation=None)
    mine.update(withdrawn_at=timezone.now())
    about = TO_PREPARE.format(controller=collaboration.controller_name)
    named = {"email": person.email.lower(), "name": person.name}
    return _create(about, collaboration=collaboration, invited_by=by, **named)


@transaction.atomic
def send_again(invitation: Invitation, *, by: User, about: str = "") -> None:
    """Send a new link, also for an expired invitation; the old link stops working.

    Raises Refusal if the invitation is accepted or withdrawn.
    """
    require(by, PREPARE, invitation.collaboration)
    _lock(invitation)
    if invitation.accepted_at or invitation.withdrawn_at:
        raise Refusal("Inbjudan är redan använd eller återkallad. Bjud in på nytt.", code="not_open")
    token = new_token()
    invitation.token_hash, invitation.expires_at = token_hash(LINK, token), timezone.now() + OPEN_FOR
    invitation.save(update_fields=["token_hash", "expires_at"])
    record_event(invitation.collaboration, Kind.SENT_AGAIN, by=by, what=invitation)
    _send(invitation, token, about)


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User) -> None:
    """Withdraw an invitation. Raises Refusal if it is accepted."""
    require(by, PREPARE, invitation.collaboration)
    _lock(invitation)
    if invitation.accepted_at:
        raise Refusal(f"{invitation.name} har redan tackat ja.", code="accepted")
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    record_event(invitation.collaboration, Kind.WITHDREW, by=by, what=invitation)


def open_invitation(token: str) -> Invitation | None:
    """The usable invitation with this token, or None."""
    usable = Invitation.objects.usable().select_related("collaboration", "organisation", "invited_by")
    return usable.filter(token_hash=token_hash(LINK, token)).first()


def sender_of(token: str) -> Invitation | None:
    """The invitation with this token in any state, or None, to tell its reader whom to ask."""
    return Invitation.objects.select_related("collaboration").filter(token_hash=token_hash(LINK, token)).first()


@transaction.atomic
def accept(invitation: Invitation, *, name: str, password: str | None) -> User:
    """Create the account and its affiliation, or open one that was made for her and that nobody has opened.

    Without a password she signs in by what is connected to the account instead. Raises Refusal if
    the link is not usable or the account is in use.
    """
    _lock_open(invitation)
    user = unopened_account(invitation.email)
    if user is None and User.objects.filter(email__iexact=invitation.email).exists():
        raise Refusal("Det finns redan ett konto med adressen. Logga in, så kopplas inbjudan dit.", code="has_account")
    user = user or User(email=invitation.email.lower())
    user.name = name
    user.set_password(password)
    user.save()
    # The letter arrived, so the address is verified.
    verified = {"verified": True, "primary": True}
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults=verified)
    _mark_accepted(invitation, user)
    return user


def unopened_account(email: str) -> User | None:
    """The account that was made for whoever was proposed to a role, and that nobody has opened; or None."""
    made = User.objects.filter(email__iexact=email, is_active=True, is_superuser=False, last_login=None).first()
    if made is None or made.has_usable_password():
        return None
    return None if EmailAddress.objects.filter(user=made, verified=True).exists() else made


@transaction.atomic
def join(invitation: Invitation, *, user: User) -> None:
    """Accept for an existing account. Raises Refusal if the link is not usable or is for another address."""
    _lock_open(invitation)
    if user.email.lower() != invitation.email:
        raise Refusal(f"Inbjudan gäller {invitation.email}. Logga in med den adressen.", code="somebody_else")
    _mark_accepted(invitation, user)


def _create(about: str, **fields: Any) -> Invitation:
    token = new_token()
    until = timezone.now() + OPEN_FOR
    invitation = Invitation.objects.create(token_hash=token_hash(LINK, token), expires_at=until, **fields)
    _send(invitation, token, about)
    return invitation


def _mark_accepted(invitation: Invitation, user: User) -> None:
    if invitation.organisation:
        # An existing affiliation is kept as it is, with its title.
        own = {"user": user, "organisation": invitation.organisation, "until": None}
        Affiliation.objects.get_or_create(**own, defaults={"title": invitation.title})
        proposing.propose_for_invited(invitation, person=user)
    invitation.accepted_at, invitation.accepted_by = timezone.now(), user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    if invitation.helper_task:
        helper_roles.give_invited(invitation, person=user)


def _send(invitation: Invitation, token: str, about: str) -> None:
    collaboration = invitation.collaboration
    link = f"{settings.SITE_URL}{reverse('welcome', args=[token])}"
    outbox.write(
        kind="invitation",
        to=invitation.email,
        template="invitation",
        context={"invitation": invitation, "collaboration": collaboration, "link": link, "about": about},
        collaboration=collaboration,
    )


def _lock(invitation: Invitation) -> None:
    invitation.refresh_from_db(from_queryset=Invitation.objects.select_for_update(no_key=True))


def _lock_open(invitation: Invitation) -> None:
    take_turns(invitation.collaboration)  # a mandate that is proposed would wait for its turn, with this locked
    _lock(invitation)
    if not Invitation.objects.usable().filter(pk=invitation.pk).exists():
        raise Refusal("Länken är redan använd eller för gammal.", who="samordnaren", code="not_open")
