"""Registry addresses: the installation's list of domains, changes of an organisation's address, and removals."""

import datetime as dt
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from actors.models.organisations import Organisation
from actors.models.people import User
from actors.rules.mandates import domain_of

# A domain name in lower case, such as stockholm.se.
_DOMAIN = RegexValidator(
    r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$",
    "Skriv domänen med små bokstäver, till exempel stockholm.se.",
)


class RegistryDomainQuerySet(models.QuerySet["RegistryDomain"]):
    """The installation's list."""

    def lists(self, address: str) -> bool:
        """Whether the domain of this e-mail address counts today; domains below a listed one do not."""
        return self.filter(domain=domain_of(address), counts_from__lte=timezone.now()).exists()


class RegistryDomain(models.Model):
    """A domain whose addresses may be registry addresses. Kept by the administrator on the admin site."""

    domain = models.CharField(
        "domän", max_length=120, unique=True, validators=[_DOMAIN], help_text="Det som står efter @: stockholm.se."
    )
    note = models.CharField("anteckning", max_length=160, blank=True, help_text="Vems den är, och hur vi vet det.")
    counts_from = models.DateTimeField(
        "räknas från", default=timezone.now, editable=False, help_text="Dessförinnan bekräftar ingen adress där något."
    )

    objects = RegistryDomainQuerySet.as_manager()

    class Meta:
        verbose_name = "domän för registratorer"
        verbose_name_plural = "domäner för registratorer"
        ordering = ["domain"]

    def __str__(self) -> str:
        return self.domain

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save in lower case, as addresses are compared."""
        self.domain = self.domain.strip().lower()
        super().save(*args, **kwargs)


class RegistryAddressChangeQuerySet(models.QuerySet["RegistryAddressChange"]):
    """Changes by state."""

    def waiting(self) -> "RegistryAddressChangeQuerySet":
        """Those whose link can be used."""
        return self.exclude(token_hash="").filter(expires_at__gt=timezone.now())


class RegistryAddressChange(models.Model):
    """A registry address that somebody entered for an organisation, and who confirmed it.

    A first address is confirmed at that address, for an association by its named contact. Every later one is
    confirmed at the old address.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="registry_changes", help_text="Organisationen."
    )
    address = models.EmailField("ny adress", help_text="Adressen som ska gälla.")
    contact_name = models.CharField(
        "kontaktperson", max_length=120, blank=True, help_text="Föreningens kontaktperson; tomt för en registrator."
    )
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som skrev in adressen.")
    proposed_at = models.DateTimeField("inskriven", default=timezone.now, help_text="När den skrevs in.")
    sent_to = models.EmailField(
        "bekräftas av", blank=True, help_text="Adressen dit länken gick; tomt när domänen står på listan."
    )
    token_hash = models.CharField(
        max_length=64, blank=True, help_text="Hash av länken; tom när den är använd eller inte behövs."
    )
    expires_at = models.DateTimeField("gäller till", null=True, blank=True, help_text="Därefter öppnar länken inget.")
    confirmed_at = models.DateTimeField("bekräftad", null=True, blank=True, help_text="När adressen började gälla.")
    refused_at = models.DateTimeField("nekad", null=True, blank=True, help_text="När mottagaren sa nej.")

    objects = RegistryAddressChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "registratorsadress"
        verbose_name_plural = "registratorsadresser"
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["token_hash"], condition=~Q(token_hash=""), name="registry_links_differ"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(refused_at__isnull=True),
                name="registry_address_confirmed_or_refused",
            ),
            models.CheckConstraint(
                condition=Q(token_hash="") | Q(confirmed_at__isnull=True, refused_at__isnull=True),
                name="registry_link_used_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.address}"

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for the one who can confirm it, even if the link is too old."""
        return bool(self.token_hash)

    @property
    def what_happens_next(self) -> str:
        """What the one who entered it is told."""
        return f"Ett brev med en länk har gått till {self.sent_to}. Adressen gäller när den är bekräftad där."

    def use_link(self, *, at: dt.datetime, is_confirmed: bool) -> None:
        """Record the answer; the link opens nothing more."""
        self.token_hash = ""
        self.confirmed_at, self.refused_at = (at, None) if is_confirmed else (None, at)
        self.save(update_fields=["token_hash", "confirmed_at", "refused_at"])


class RegistryRemovalQuerySet(models.QuerySet["RegistryRemoval"]):
    """Removals by state."""

    def waiting(self) -> "RegistryRemovalQuerySet":
        """Those that nobody has stopped and that have not taken effect."""
        return self.filter(stopped_at__isnull=True, done_at__isnull=True)


class RegistryRemoval(models.Model):
    """An administrator's removal of a registry address. It takes effect after some days, unless its readers stop it."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="registry_removals", help_text="Organisationen."
    )
    address = models.EmailField("adress", help_text="Adressen som ska tas bort.")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Administratören.")
    asked_at = models.DateTimeField("begärd", default=timezone.now, help_text="När den begärdes.")
    takes_effect_at = models.DateTimeField("gäller från", help_text="Dessförinnan går den att stoppa.")
    token_hash = models.CharField(max_length=64, unique=True, help_text="Hash av länken som stoppar.")
    stopped_at = models.DateTimeField("stoppad", null=True, blank=True, help_text="När någon stoppade den.")
    done_at = models.DateTimeField("genomförd", null=True, blank=True, help_text="När adressen togs bort.")

    objects = RegistryRemovalQuerySet.as_manager()

    class Meta:
        verbose_name = "borttagning av registratorsadress"
        verbose_name_plural = "borttagningar av registratorsadresser"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(stopped_at__isnull=True, done_at__isnull=True),
                name="one_waiting_removal_each",
            ),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True) | Q(done_at__isnull=True), name="removal_stopped_or_done"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.address}"
