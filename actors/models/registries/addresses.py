"""Registry addresses: the installation's list, and changes of an organisation's address."""

import datetime as dt
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from actors.models.organisations import Organisation
from actors.models.people import User
from actors.rules.mandates import domain_of
from ostberga.lib.mailboxes import spellings_of

# A domain such as stockholm.se, or a whole address such as registrator@stad.example, in lower case.
_DOMAIN_OR_ADDRESS = RegexValidator(
    r"^([a-z0-9._-]+@)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$",
    "Skriv en domän, till exempel stockholm.se, eller en hel adress.",
)


class RegistryEntryQuerySet(models.QuerySet["RegistryEntry"]):
    """The installation's list."""

    def bound_to(self, organisation: Organisation) -> "RegistryEntryQuerySet":
        """Those for one organisation only; none for an organisation that is not saved yet."""
        return self.filter(organisation=organisation) if organisation.pk else self.none()

    def counting(self) -> "RegistryEntryQuerySet":
        """Those whose waiting time is over, and that are not struck."""
        return self.filter(counts_from__lte=timezone.now(), struck_until=None)

    def closing(self) -> "RegistryEntryQuerySet":
        """Those that are struck, and still keep their organisation from using any other."""
        return self.filter(struck_until__gt=timezone.now())

    def coming(self, address: str, organisation: Organisation) -> "RegistryEntry | None":
        """The first that will let this address be the organisation's registry, but whose waiting time is not over."""
        listed = self.filter(listed__in=[address, domain_of(address)], counts_from__gt=timezone.now())
        its = Q(organisation=None) | Q(pk__in=self.bound_to(organisation).values("pk"))
        return listed.filter(its).order_by("counts_from", "pk").first()

    def admit(self, address: str, organisation: Organisation) -> bool:
        """Whether this e-mail address may be the organisation's registry today. Subdomains of a listed one may not.

        When entries are bound to the organisation, only they count; and none for some days after they were struck, or
        whoever strikes one would open the shared domains to it. Otherwise those that are bound to nobody count, but
        never for an address that is somebody else's entry.
        """
        written = spellings_of(address)
        either = [*written, *spellings_of(domain_of(address))]
        own = self.bound_to(organisation)
        others = (self.counting() | self.closing()).exclude(organisation=None)
        if own.counting().exists():
            return own.counting().filter(listed__in=either).exists()
        if own.closing().exists():
            return False
        if others.filter(listed__in=written).exists():
            return False
        return self.counting().filter(organisation=None, listed__in=either).exists()


class RegistryEntry(models.Model):
    """A domain or a whole address that may be a registry's, for all or for one organisation. Kept by the administrator.

    On the admin site.
    """

    listed = models.CharField(
        "domän eller adress",
        max_length=254,
        validators=[_DOMAIN_OR_ADDRESS],
        help_text="Det som står efter @, till exempel stockholm.se, eller en hel adress.",
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="registry_entries",
        help_text="Bara för den här organisationen, som då inte kan använda någon annan; tomt: för alla.",
    )
    note = models.CharField("anteckning", max_length=160, blank=True, help_text="Vems den är, och hur vi vet det.")
    counts_from = models.DateTimeField(
        "räknas från", default=timezone.now, editable=False, help_text="Dessförinnan bekräftar ingen adress där något."
    )

    struck_until = models.DateTimeField(
        "struken till",
        null=True,
        blank=True,
        editable=False,
        help_text="Raden är struken och bekräftar inget. Till dess räknas inget annat för organisationen heller.",
    )

    objects = RegistryEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "domän eller adress för registratorer"
        verbose_name_plural = "domäner och adresser för registratorer"
        ordering = ["listed", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["listed", "organisation"],
                condition=Q(struck_until=None),
                nulls_distinct=False,
                name="registry_entry_listed_once",
                violation_error_message="Den står redan på listan.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listed} ({self.organisation})" if self.organisation else self.listed

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save in lower case, as addresses are compared."""
        self.listed = self.listed.strip().lower()
        super().save(*args, **kwargs)


class EnteredAs(models.TextChoices):
    """In what capacity somebody entered a registry address; the label is the subject of «… skrev in adressen»."""

    COORDINATOR = "coordinator", "samordnaren"
    BODY = "body", "organisationens egna"
    ADMINISTRATOR = "admin", "installationens administratör"


class RegistryAddressChangeQuerySet(models.QuerySet["RegistryAddressChange"]):
    """Changes by state."""

    def waiting(self) -> "RegistryAddressChangeQuerySet":
        """Those whose link can be used."""
        return self.exclude(token_hash="").filter(expires_at__gt=timezone.now())

    def waiting_for_list(self) -> "RegistryAddressChangeQuerySet":
        """Those that nobody has been asked about, since the installation's list does not admit the address yet."""
        unanswered = self.filter(confirmed_at__isnull=True, refused_at__isnull=True, replaced_at__isnull=True)
        return unanswered.filter(token_hash="", sent_to="")

    def replace(self) -> int:
        """Let those that wait open and ask nothing more, since another address came; returns how many."""
        waiting = self.exclude(token_hash="") | self.waiting_for_list()
        return waiting.update(token_hash="", replaced_at=timezone.now())

    def behind(self, organisation: Organisation) -> "RegistryAddressChange | None":
        """The one by which the organisation's present address came to count."""
        if not organisation.registry_email:
            return None
        confirmed = self.filter(organisation=organisation, confirmed_at__isnull=False)
        return confirmed.filter(address=organisation.registry_email).order_by("-confirmed_at", "-pk").first()


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
    entered_as = models.CharField(
        "inskriven som", max_length=12, choices=EnteredAs.choices, help_text="I vilken roll den skrevs in."
    )
    proposed_at = models.DateTimeField("inskriven", default=timezone.now, help_text="När den skrevs in.")
    sent_to = models.EmailField(
        "bekräftas av",
        blank=True,
        help_text="Adressen dit länken gick; tomt när administratören skrev in den, eller medan domänen inte räknas.",
    )
    token_hash = models.CharField(
        max_length=64, blank=True, help_text="Hash av länken; tom när den är använd eller inte behövs."
    )
    expires_at = models.DateTimeField("gäller till", null=True, blank=True, help_text="Därefter öppnar länken inget.")
    confirmed_at = models.DateTimeField("bekräftad", null=True, blank=True, help_text="När adressen började gälla.")
    refused_at = models.DateTimeField("nekad", null=True, blank=True, help_text="När mottagaren sa nej.")
    replaced_at = models.DateTimeField(
        "ersatt", null=True, blank=True, help_text="När en annan adress kom i stället, eller den gamla togs bort."
    )

    objects = RegistryAddressChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "registratorsadress"
        verbose_name_plural = "registratorsadresser"
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["token_hash"], condition=~Q(token_hash=""), name="registry_links_differ"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, refused_at__isnull=True)
                | Q(confirmed_at__isnull=True, replaced_at__isnull=True)
                | Q(refused_at__isnull=True, replaced_at__isnull=True),
                name="registry_address_has_one_end",
            ),
            models.CheckConstraint(
                condition=Q(token_hash="")
                | Q(confirmed_at__isnull=True, refused_at__isnull=True, replaced_at__isnull=True),
                name="registry_link_used_once",
            ),
            models.CheckConstraint(
                condition=Q(entered_as__in=["coordinator", "body", "admin"]), name="registry_address_entered_by_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.address}"

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for the one who can confirm it, even if the link is too old."""
        return bool(self.token_hash)

    @property
    def waits_for_list(self) -> bool:
        """Whether nobody has been asked about it yet (see the queryset's `waiting_for_list`)."""
        has_end = self.confirmed_at or self.refused_at or self.replaced_at
        return not (has_end or self.token_hash or self.sent_to)

    @property
    def what_happens_next(self) -> str:
        """What the one who entered it is told."""
        if self.waits_for_list:
            return (
                f"{self.address} är inskriven och väntar på installationens lista. Brevet dit går sedan av sig självt."
            )
        return f"Ett brev med en länk har gått till {self.sent_to}. Adressen gäller när den är bekräftad där."

    def use_link(self, *, at: dt.datetime, is_confirmed: bool) -> None:
        """Record the answer; the link opens nothing more."""
        self.token_hash = ""
        self.confirmed_at, self.refused_at = (at, None) if is_confirmed else (None, at)
        self.save(update_fields=["token_hash", "confirmed_at", "refused_at"])
