"""Accounts, affiliations and invitations."""

import datetime as dt
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from actors.rules.helping import HelperTask
from actors.rules.mandates import MandateScope, in_words
from actors.rules.names import list_earlier


class UserManager(BaseUserManager["User"]):
    """Creates accounts with the e-mail address as user name."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an account; without a password it cannot sign in until one is set."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an account that may use the admin site."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """The account with this address, case-insensitively."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """Someone who signs in: a coordinator, an official, an elected representative or a resident in a group.

    Residents who answer a form have no account.
    """

    email = models.EmailField("e-post", unique=True, help_text="Adressen som personen loggar in med.")
    name = models.CharField("namn", max_length=120, help_text="Så visas personen för kollegor. Får vara en pseudonym.")
    is_active = models.BooleanField("aktiv", default=True, help_text="Avmarkera i stället för att ta bort kontot.")
    is_staff = models.BooleanField(
        "teknisk administratör", default=False, help_text="Får använda administrationssidan."
    )
    date_joined = models.DateTimeField("skapad", default=timezone.now, help_text="När kontot skapades.")

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = "användare"
        verbose_name_plural = "användare"

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def earlier_names(self) -> list[str]:
        """What she was called before, if coordinators may know it. One query unless `former_names` is prefetched."""
        return list_earlier(self.former_names.all(), self.name)


class AffiliationQuerySet(models.QuerySet["Affiliation"]):
    """Affiliations by date."""

    def on(self, day: dt.date) -> "AffiliationQuerySet":
        """Affiliations in force on a day."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)

    def current(self) -> "AffiliationQuerySet":
        """Affiliations in force today."""
        return self.on(timezone.localdate())


class Affiliation(models.Model):
    """A person's affiliation with an organisation for a period; ended, not deleted, when she leaves.

    It gives no right to answer for the organisation: a mandate does (`actors.models.mandates`).
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="affiliations", help_text="Personen.")
    organisation = models.ForeignKey(
        "actors.Organisation",
        models.PROTECT,
        related_name="affiliations",
        help_text="Organisationen personen hör till.",
    )
    title = models.CharField("titel", max_length=120, blank=True, help_text="Befattning eller uppdrag.")
    since = models.DateField("från", default=timezone.localdate, help_text="Första dagen.")
    until = models.DateField("till", null=True, blank=True, help_text="Sista dagen; tomt så länge det gäller.")
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Vem som avslutade tillhörigheten."
    )

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = "tillhörighet"
        verbose_name_plural = "tillhörigheter"
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")), name="affiliation_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["user", "organisation"], condition=Q(until__isnull=True), name="one_open_affiliation_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.organisation}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by validity."""

    def usable(self) -> "InvitationQuerySet":
        """Invitations not accepted, not withdrawn, not expired."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=timezone.now())

    def sent_near(self, user: User) -> "InvitationQuerySet":
        """Those that this person sent, and all in the collaborations that she coordinates."""
        coordinates = user.appointments.coordinating().values("collaboration")
        return self.filter(Q(invited_by=user) | Q(collaboration__in=coordinates))

    def in_effect(self) -> "InvitationQuerySet":
        """Accepted ones whose person has not left the collaboration."""
        stays = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=timezone.now())
        return self.filter(stays, accepted_by__isnull=False)


class Invitation(models.Model):
    """An invitation to create an account. Only a hash of its token is stored."""

    collaboration = models.ForeignKey(
        "actors.Collaboration", models.CASCADE, related_name="invitations", help_text="Samverkan som bjuder in."
    )
    organisation = models.ForeignKey(
        "actors.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Organisationen personen företräder.",
    )
    email = models.EmailField("e-post", help_text="Dit inbjudan skickas.")
    name = models.CharField("namn", max_length=120, help_text="Namn eller funktion.")
    title = models.CharField("titel", max_length=120, blank=True, help_text="Befattning eller uppdrag.")
    scopes = ArrayField(
        models.CharField(max_length=12, choices=MandateScope.choices),
        verbose_name="ska få",
        default=list,
        blank=True,
        help_text="Vad ett mandat ska omfatta. Det föreslås när inbjudan antas; organisationen bekräftar det.",
    )
    helper_task = models.CharField(
        "uppdrag som medhjälpare",
        max_length=20,
        choices=HelperTask.choices,
        blank=True,
        help_text="Uppdraget hon får när inbjudan antas; tomt om hon inte bjuds in som medhjälpare.",
    )
    helper_until = models.DateField(
        "uppdraget gäller till", null=True, blank=True, help_text="Sista dagen för uppdraget; tomt utan uppdrag."
    )
    token_hash = models.CharField(max_length=64, unique=True, help_text="Hash av den hemliga länken.")
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som bjöd in.")
    invited_at = models.DateTimeField("inbjuden", default=timezone.now, help_text="När inbjudan skapades.")
    expires_at = models.DateTimeField("gäller till", help_text="Därefter fungerar länken inte.")
    accepted_at = models.DateTimeField("antagen", null=True, blank=True, help_text="När kontot skapades.")
    accepted_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="accepted_invitations",
        help_text="Kontot som inbjudan ledde till.",
    )
    withdrawn_at = models.DateTimeField(
        "återkallad",
        null=True,
        blank=True,
        help_text="När samordnaren drog tillbaka inbjudan.",
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "inbjudan"
        verbose_name_plural = "inbjudningar"
        constraints = [
            models.CheckConstraint(
                condition=Q(scopes__contained_by=MandateScope.values), name="invitation_scopes_are_known"
            ),
            models.CheckConstraint(
                condition=Q(scopes=[]) | Q(organisation__isnull=False), name="invitation_scopes_are_for_a_body"
            ),
            models.CheckConstraint(
                condition=Q(helper_task="", helper_until=None)
                | Q(helper_task__in=HelperTask.values, helper_until__isnull=False),
                name="invitation_helps_until_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.email})"

    @property
    def scopes_in_words(self) -> str:
        """What the mandate that it holds covers, as people read it."""
        return in_words(self.scopes)

    @property
    def is_expired(self) -> bool:
        """Whether the link has expired."""
        return self.expires_at <= timezone.now()
