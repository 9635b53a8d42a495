"""Organisations with their own words, what collaborations write about them, and what each is responsible for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from actors.rules.names import is_plain, list_earlier, look_of

if TYPE_CHECKING:
    from actors.models.collaboration import Collaboration
    from actors.models.people import User


def search_words_of(subject: str, words: Sequence[str]) -> str:
    """Search text: subject and words in lower case."""
    return " | ".join([subject, *words]).lower()


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations by who may know of them, and by who speaks for them."""

    def offered_to(self, collaboration: "Collaboration") -> "OrganisationQuerySet":
        """Those a collaboration may choose: the installation's, those typed in there, and those it shows already."""
        shows = Q(partnerships__collaboration=collaboration) | Q(addressee_places__collaboration=collaboration)
        known = Organisation.objects.filter(Q(created_in=None) | Q(created_in=collaboration) | shows)
        return self.filter(pk__in=known.values("pk"))

    def spoken_for_by(self, user: "User") -> "OrganisationQuerySet":
        """Those this person speaks for: the organisation has confirmed a mandate of hers, which is in force."""
        return self.filter(pk__in=user.mandates.in_force().values("organisation"))

    def registry_entered_by(self, user: "User") -> "OrganisationQuerySet":
        """Those whose registry address she may propose: shown where she coordinates, or that she has a mandate for.

        An address counts in all collaborations. Whoever prepares, before her data controller has said anything,
        enters it only for what was typed in there, which no other collaboration sees.
        """
        places = user.appointments.coordinating().values("collaboration")
        asked = user.proposals.usable().filter(role="coordinator", collaboration__awaits_controller=True)
        shown = Q(partnerships__collaboration__in=places) | Q(addressee_places__collaboration__in=places)
        typed_in = Q(created_in__in=asked.values("collaboration"))
        mandated = Q(pk__in=user.mandates.in_force().values("organisation"))
        hers = Organisation.objects.filter(shown | typed_in | mandated)
        return self.filter(pk__in=hers.values("pk"))

    def shareable_by(self, user: "User") -> "OrganisationQuerySet":
        """Those she may let all collaborations choose: those she speaks for, and all for the administrator."""
        return self.all() if user.is_superuser else self.spoken_for_by(user)

    def that_look_like(self, *names: str) -> "list[Organisation]":
        """Those whose name or short name a reader takes for one of these."""
        looks = {look_of(name) for name in names}
        return [each for each in self if looks & {look_of(each.name), look_of(each.short_name)}]

    def obstacle_to_names(self, *names: str) -> str:
        """Why an organisation beside these cannot have the names, full and short; empty when it can."""
        if not all(map(is_plain, names)):
            return "Skriv namnet med latinska bokstäver, så att det inte kan förväxlas med någon annans."
        return "En annan organisation heter så." if self.that_look_like(*names) else ""

    def that_confirmed(self) -> "OrganisationQuerySet":
        """Those that have confirmed anything themselves, anywhere: a mandate, a partnership or their own words."""
        mandates, partnerships = Q(mandates__confirmed_at__isnull=False), Q(partnerships__accepted_at__isnull=False)
        return self.filter(mandates | partnerships | Q(described_at__isnull=False)).distinct()


class Organisation(models.Model):
    """An organisation: an administration, a municipal company, an authority, a region or an association.

    Its texts are its own words: only its own people write them. What a coordinator writes is a `BodyDescription`.
    """

    class Kind(models.TextChoices):
        """Legal form, which determines how it makes decisions."""

        COMMITTEE_ADMIN = "committee_admin", _("nämnd och förvaltning")
        MUNICIPAL_COMPANY = "municipal_company", _("kommunalt bolag")
        STATE_AUTHORITY = "state_authority", _("statlig myndighet")
        REGION = "region", _("region")
        ASSOCIATION = "association", _("förening")

    name = models.CharField("namn", max_length=120, help_text="Fullständigt namn.")
    short_name = models.CharField("kort namn", max_length=40, help_text="Namnet i listor och på trånga ställen.")
    slug = models.SlugField("adress", max_length=50, help_text="Kort namn i webbadressen.")
    kind = models.CharField("slag", max_length=20, choices=Kind.choices, help_text="Juridisk form.")
    plain_language = models.JSONField(
        "med enkla ord", default=dict, blank=True, help_text="Dess egna ord: två meningar per språk om vad den gör."
    )
    contact_function = models.CharField(
        "kontaktväg", max_length=160, blank=True, help_text="En funktion, till exempel kundtjänst. Aldrig en person."
    )
    described_at = models.DateTimeField(
        "egna ord skrivna", null=True, blank=True, help_text="När organisationen själv senast skrev sina ord."
    )
    described_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Vem hos organisationen som skrev dem.",
    )
    created_in = models.ForeignKey(
        "actors.Collaboration",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="typed_organisations",
        verbose_name="inskriven i",
        help_text="Samverkan som skrev in den och är ensam om att se den; tomt när alla får välja den.",
    )

    registry_email = models.EmailField(
        "registratorsadress",
        blank=True,
        help_text="Den allmänna adress som bekräftar mandat; för en förening kontaktpersonens.",
    )
    registry_contact = models.CharField(
        "kontaktperson", max_length=120, blank=True, help_text="Föreningens namngivna kontaktperson; annars tomt."
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "organisation"
        verbose_name_plural = "organisationer"
        ordering = ["name"]
        constraints = [
            # What one collaboration typed in neither stops nor tells another.
            models.UniqueConstraint(
                fields=["name", "created_in"],
                nulls_distinct=False,
                name="organisation_name_is_free",
                violation_error_message="Organisationen finns redan.",
            ),
            models.UniqueConstraint(
                fields=["slug", "created_in"],
                nulls_distinct=False,
                name="organisation_slug_is_free",
                violation_error_message="Adressen används redan av en annan organisation.",
            ),
            models.CheckConstraint(
                condition=Q(described_at__isnull=True, described_by__isnull=True)
                | Q(described_at__isnull=False, described_by__isnull=False),
                name="organisation_described_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=["committee_admin", "municipal_company", "state_authority", "region", "association"]
                ),
                name="organisation_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def earlier_names(self) -> list[str]:
        """What it was called before, the latest first; the name it has now is not among them."""
        return list_earlier(self.former_names.all(), self.name)


class BodyDescription(models.Model):
    """A coordinator's words about an organisation, shown only in her collaboration and marked as hers."""

    collaboration = models.ForeignKey(
        "actors.Collaboration", models.CASCADE, related_name="body_descriptions", help_text="Samverkan där de visas."
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="descriptions", help_text="Organisationen orden handlar om."
    )
    plain_language = models.JSONField(
        "med enkla ord", default=dict, blank=True, help_text="Samordnarens två meningar per språk om den."
    )
    contact_function = models.CharField(
        "kontaktväg", max_length=160, blank=True, help_text="En funktion, till exempel kundtjänst. Aldrig en person."
    )

    class Meta:
        verbose_name = "samordnarens ord om en organisation"
        verbose_name_plural = "samordnarens ord om organisationer"
        constraints = [
            models.UniqueConstraint(fields=["collaboration", "organisation"], name="one_description_each"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.collaboration})"


class ResponsibilityQuerySet(models.QuerySet["Responsibility"]):
    """Responsibilities by who wrote them."""

    def own(self) -> "ResponsibilityQuerySet":
        """Those that the organisation wrote itself."""
        return self.filter(collaboration=None)

    def shown_in(self, collaboration: "Collaboration") -> "ResponsibilityQuerySet":
        """The organisations' own, and those written in this collaboration."""
        return self.filter(Q(collaboration=None) | Q(collaboration=collaboration))


class Responsibility(models.Model):
    """Something an organisation is responsible for, with the words that people use for it."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="responsibilities", help_text="Den som ansvarar."
    )
    collaboration = models.ForeignKey(
        "actors.Collaboration",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="responsibilities",
        help_text="Samverkan vars samordnare skrev det; tomt när organisationen själv gjorde det.",
    )
    subject = models.CharField("ansvarsområde", max_length=120, help_text="Till exempel gatubelysning.")
    words = models.JSONField("andra ord", default=list, blank=True, help_text="Ord som boende använder för samma sak.")
    search_words = models.TextField(
        "sökord", blank=True, editable=False, help_text="Ämnet och orden i små bokstäver, för sökning."
    )
    note = models.CharField("att veta", max_length=240, blank=True, help_text="Gränser mot andra, med enkla ord.")

    objects = ResponsibilityQuerySet.as_manager()

    class Meta:
        verbose_name = "ansvarsområde"
        verbose_name_plural = "ansvarsområden"
        ordering = ["subject"]
        indexes = [GinIndex(fields=["search_words"], opclasses=["gin_trgm_ops"], name="responsibility_words_trgm")]

    def __str__(self) -> str:
        return self.subject

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and update the search text."""
        self.search_words = search_words_of(self.subject, self.words)
        super().save(*args, **kwargs)
