"""Accounts that are closed and opened again, and who administers the installation: the administrator's.

Nothing that the owner of an account has done is taken away with it.
"""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from actors.letters import outbox
from actors.mandates.obstacles import ADMINISTRATOR, is_a_registrys
from actors.models import User
from actors.people.sessions import end_sessions
from actors.security_log.recording import Kind, record
from ostberga.lib.refusal import Refusal


@transaction.atomic
def close_account(*, person: User, by: User) -> None:
    """Let nobody sign in with the account, and end the sessions that she has, also for when it is opened again.

    Raises Refusal for everybody but an administrator, and for her own: so one administrator always remains, also when
    two close each other at once.
    """
    _lock_and_refuse_unless_administrator(person, by)
    if person == by:
        raise Refusal("Du kan inte stänga ditt eget konto.", who="En annan administratör", code="own_account")
    _set(person, is_open=False, by=by)
    end_sessions(person, closed_by=by)


@transaction.atomic
def reopen_account(*, person: User, by: User) -> None:
    """Let the account be used again, with the password and second factor that it had."""
    _lock_and_refuse_unless_administrator(person, by)
    _set(person, is_open=True, by=by)


def _set(person: User, *, is_open: bool, by: User) -> None:
    if person.is_active != is_open:
        person.is_active = is_open
        person.save(update_fields=["is_active"])
        record(Kind.ADMINISTERED, by=by, on=person)


def _lock_and_refuse_unless_administrator(person: User, by: User) -> None:
    """Read both again, and every administrator, locked in one order: the one whom she closes may close her.

    Whoever counts those that remain waits for whoever steps down.
    """
    concerned = Q(pk__in=(person.pk, by.pk)) | Q(is_superuser=True)
    locked = {user.pk: user for user in User.objects.filter(concerned).select_for_update(no_key=True).order_by("pk")}
    for user in (person, by):
        now = locked[user.pk]
        user.is_active, user.is_superuser = now.is_active, now.is_superuser
    if not (by.is_active and by.is_superuser):
        raise Refusal("Bara administratören sköter konton.", who=ADMINISTRATOR, code="may_not")


@transaction.atomic
def get_or_create_account(*, email: str, name: str) -> User:
    """Return the account with the address, or a new one without a password: its owner chooses one by a letter."""
    address = email.strip().lower()
    if known := User.objects.filter(email__iexact=address).first():
        return known
    person = User.objects.create_user(address, None, name=name)
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=False)
    return person


def administration_obstacle(person: User) -> str:
    """Why nobody can give this person technical administration; empty if nothing prevents it.

    Whoever administers has no part in a collaboration: she sees how the installation is, never what people said.
    """
    if person.is_superuser:
        return f"{person} är redan teknisk administratör."
    if not person.is_active:
        return f"Kontot för {person} är stängt."
    if is_a_registrys(person.email):
        return "Adressen är en registrators, och en sådan bekräftar åt sin organisation. Skriv personens egen."
    if person.pk is None:
        return ""
    parts = (
        *(person.appointments.filter(ended_on=None), person.proposals.waiting()),
        *(person.helper_roles.not_over(), person.mandates.not_over()),
    )
    if any(rows.exists() for rows in parts):
        return f"{person} har ett uppdrag eller mandat i en samverkan, eller är föreslagen till det. Avsluta det först."
    return ""


@transaction.atomic
def give_administration(*, person: User, by: User) -> None:
    """Let a person administer the installation. She and every other administrator get a letter.

    Raises Refusal for everybody but an administrator, and for a person with a part in a collaboration.
    """
    _lock_and_refuse_unless_administrator(person, by)
    if why := administration_obstacle(person):
        raise Refusal(why, code="can_not_administer")
    _set_administration(person, is_given=True, by=by)


@transaction.atomic
def take_administration(*, person: User, by: User) -> None:
    """Let a person administer no more, oneself too. She and every other administrator get a letter.

    Raises Refusal for everybody but an administrator, and unless another one remains who has signed in, also when two
    step down at once.
    """
    _lock_and_refuse_unless_administrator(person, by)
    others = administrators().filter(is_superuser=True).exclude(pk=person.pk)
    if not others.filter(Q(last_login__isnull=False) | Q(pk=by.pk)).exists():
        raise Refusal(
            "Ingen annan som har loggat in är teknisk administratör.", who="Gör någon annan till det först", code="last"
        )
    _set_administration(person, is_given=False, by=by)


def administrators() -> QuerySet[User]:
    """The accounts that administer, or that may only look at the technical administration, by address."""
    return User.objects.filter(Q(is_superuser=True) | Q(is_staff=True), is_active=True).order_by("email")


def _set_administration(person: User, *, is_given: bool, by: User) -> None:
    told = {*administrators(), person}
    person.is_staff = person.is_superuser = is_given
    person.save(update_fields=["is_staff", "is_superuser"])
    record(Kind.ADMINISTRATION_GIVEN if is_given else Kind.ADMINISTRATION_TAKEN, by=by, on=person)
    for reader in sorted(told, key=lambda each: each.email):
        context = {"person": person, "by": by, "reader": reader, "is_given": is_given}
        if reader == person and is_given and not person.has_usable_password():
            context["first_time"] = f"{settings.SITE_URL}{reverse('account_reset_password')}"
        outbox.write(kind="administrators", to=reader.email, template="administrator_told", context=context)
