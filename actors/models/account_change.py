"""Changes of what protects an account, kept as long as its owner can stop them; and the mailboxes it has had."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone

from actors.models.people import User
from ostberga.lib.mailboxes import mailbox_of
from ostberga.lib.web.secret_links import token_hash

# How long the link in the letter works. The row, which holds what is needed to undo the change, goes then.
STOPPABLE_FOR = dt.timedelta(days=7)
# The purpose of the hashes of former addresses.
PURPOSE = "former-address"


class AccountChangeQuerySet(models.QuerySet["AccountChange"]):
    """Changes by whether they can be stopped."""

    def stoppable(self) -> "AccountChangeQuerySet":
        """Changes that nobody has stopped and whose links still work."""
        return self.filter(stopped_at__isnull=True, at__gt=timezone.now() - STOPPABLE_FOR)


class AccountChange(models.Model):
    """One change of an way in, or of the address of a calendar. Only a hash of the link that stops it is stored."""

    class Kind(models.TextChoices):
        """What was changed; the label completes «Någon …»."""

        EMAIL = "email", "bytte e-postadress"
        PASSWORD = "password", "bytte lösenord"
        FACTOR_ADDED = "factor_added", "lade till ett sätt att logga in"
        FACTOR_REMOVED = "factor_removed", "tog bort ett sätt att logga in"
        CALENDAR = "calendar", "gjorde en adress till din kalender"

    user = models.ForeignKey(User, models.CASCADE, related_name="account_changes", help_text="Kontot.")
    kind = models.CharField("vad", max_length=16, choices=Kind.choices, help_text="Vad som ändrades.")
    at = models.DateTimeField("när", default=timezone.now, help_text="När det ändrades.")
    old_email = models.EmailField("tidigare adress", blank=True, help_text="Adressen före bytet; den får brevet.")
    factor_type = models.CharField(
        "slag", max_length=20, blank=True, help_text="Slag av säker inloggning som lades till eller togs bort."
    )
    factor_key = models.PositiveIntegerField(
        "nyckel", null=True, blank=True, help_text="Raden som lades till; den tas bort om ändringen stoppas."
    )
    factor_data = models.JSONField(
        "innehåll",
        default=dict,
        blank=True,
        help_text="Det som togs bort, krypterat som där det låg, så att det kan läggas tillbaka.",
    )
    token_hash = models.CharField(max_length=64, unique=True, help_text="Hash av länken som stoppar ändringen.")
    stopped_at = models.DateTimeField("stoppad", null=True, blank=True, help_text="När kontots ägare stoppade den.")

    objects = AccountChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "ändring av konto"
        verbose_name_plural = "ändringar av konton"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["email", "password", "factor_added", "factor_removed", "calendar"]),
                name="account_change_kind_is_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_kind_display()}"


class FormerAddressQuerySet(models.QuerySet["FormerAddress"]):
    """Former addresses by mailbox."""

    def remember(self, user: User, address: str) -> None:
        """Keep that the account has had this address. Does nothing if that is known."""
        self.get_or_create(user=user, mailbox_hash=token_hash(PURPOSE, mailbox_of(address)))

    def hold(self, address: str) -> bool:
        """Whether mail to this address comes to a mailbox that an account has had."""
        return self.filter(mailbox_hash=token_hash(PURPOSE, mailbox_of(address))).exists()


class FormerAddress(models.Model):
    """A mailbox that an account has signed in with. The address itself is not kept; the row goes with the account."""

    user = models.ForeignKey(User, models.CASCADE, related_name="former_addresses", help_text="Kontot.")
    mailbox_hash = models.CharField(
        "hash", max_length=64, help_text="Nyckelsatt hash av brevlådan, så att den aldrig räknas som en registrators."
    )

    objects = FormerAddressQuerySet.as_manager()

    class Meta:
        verbose_name = "tidigare adress"
        verbose_name_plural = "tidigare adresser"
        constraints = [
            models.UniqueConstraint(fields=["user", "mailbox_hash"], name="former_address_remembered_once"),
        ]

    def __str__(self) -> str:
        return f"En tidigare adress för {self.user}"
