"""Organisations, and the responsibilities of each."""

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def search_words_of(subject: str, words: Sequence[str]) -> str:
    """Search text: subject and words in lower case."""
    return " | ".join([subject, *words]).lower()


class Organisation(models.Model):
    """An organisation: an administration, a municipal company, an authority, a region or an association."""

    class Kind(models.TextChoices):
        """Legal form, which determines how it makes decisions."""

        COMMITTEE_ADMIN = "committee_admin", _("nämnd och förvaltning")
        MUNICIPAL_COMPANY = "municipal_company", _("kommunalt bolag")
        STATE_AUTHORITY = "state_authority", _("statlig myndighet")
        REGION = "region", _("region")
        ASSOCIATION = "association", _("förening")

    name = models.CharField("namn", max_length=120, unique=True, help_text="Fullständigt namn.")
    short_name = models.CharField("kort namn", max_length=40, help_text="Namnet i listor och på trånga ställen.")
    slug = models.SlugField("adress", max_length=50, unique=True, help_text="Kort namn i webbadressen.")
    kind = models.CharField("slag", max_length=20, choices=Kind.choices, help_text="Juridisk form.")
    plain_language = models.JSONField(
        "med enkla ord", default=dict, blank=True, help_text="Två meningar per språk om vad organisationen gör."
    )
    contact_function = models.CharField(
        "kontaktväg", max_length=160, blank=True, help_text="En funktion, till exempel kundtjänst. Aldrig en person."
    )

    registry_email = models.EmailField(
        "registratorsadress",
        blank=True,
        help_text="Den allmänna adress som bekräftar mandat; för en förening kontaktpersonens.",
    )
    registry_contact = models.CharField(
        "kontaktperson", max_length=120, blank=True, help_text="Föreningens namngivna kontaktperson; annars tomt."
    )

    class Meta:
        verbose_name = "organisation"
        verbose_name_plural = "organisationer"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=["committee_admin", "municipal_company", "state_authority", "region", "association"]
                ),
                name="organisation_kind_is_known",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Responsibility(models.Model):
    """Something an organisation is responsible for, with the words that people use for it."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="responsibilities", help_text="Den som ansvarar."
    )
    subject = models.CharField("ansvarsområde", max_length=120, help_text="Till exempel gatubelysning.")
    words = models.JSONField("andra ord", default=list, blank=True, help_text="Ord som boende använder för samma sak.")
    search_words = models.TextField(
        "sökord", blank=True, editable=False, help_text="Ämnet och orden i små bokstäver, för sökning."
    )
    note = models.CharField("att veta", max_length=240, blank=True, help_text="Gränser mot andra, med enkla ord.")

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
