"""Addresses that accounts have had, as keyed hashes, so that a person's old mailbox never passes as a registry's."""

from django.db import models

from actors.models.people import User
from actors.rules.mandates import mailbox_of
from ostberga.lib.web.secret_links import token_hash

# The purpose of the hashes.
PURPOSE = "former-address"


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
