"""The perspective report as its authors write it, and its withdrawal. Knows nothing of its versions."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from actors.models import Collaboration, User
from actors.rules.rights import COORDINATE
from dialogue.models import Dialogue, PublishedReport
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal
from surveys.models import Wave


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports by who may edit them."""

    def coordinated_by(self, user: User) -> "ReportQuerySet":
        """Reports that this person may edit."""
        return self.filter(dialogue__collaboration__in=Collaboration.objects.coordinated_by(user))


class Report(models.Model):
    """A perspective report: what was said, by whom in general terms, who is missing. Never priorities or solutions."""

    dialogue = models.ForeignKey(Dialogue, models.PROTECT, related_name="perspective_reports", help_text="Dialogen.")
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="reports", help_text="Omgången rapporten bygger på.")
    slug = models.SlugField("adress", max_length=80, help_text="Sista delen av webbadressen.")
    title = models.CharField("titel", max_length=200, help_text="Rapportens namn.")
    subtitle = models.CharField("underrubrik", max_length=240, blank=True, help_text="En rad om vad den bygger på.")
    summary = models.TextField("sammanfattning", blank=True, help_text="Lättläst: det viktigaste på en halv sida.")
    summary_translations = models.JSONField(
        "sammanfattning på andra språk", default=dict, blank=True, help_text="Per språk: en, so, ar."
    )
    background = models.TextField(
        "bakgrund och uppdrag", blank=True, help_text="Varför samlingen gjordes och på vems uppdrag."
    )
    method = models.TextField("metod", blank=True, help_text="När, hur och var vi lyssnade.")
    connections = models.TextField(
        "samband mellan teman", blank=True, help_text="Hur det ena hänger ihop med det andra."
    )
    can_influence = models.TextField(
        "vad som går att påverka", blank=True, help_text="Vad som går att påverka, och av vem."
    )
    limitations = models.TextField("begränsningar", blank=True, help_text="Vad rapporten inte kan säga.")
    next_steps = models.TextField("nästa steg", blank=True, help_text="Vad som händer nu, med tider.")
    question_guide = models.TextField("frågorna", blank=True, help_text="Frågorna som ställdes, en per rad.")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som började på rapporten.")
    created_at = models.DateTimeField("skapad", default=timezone.now, help_text="När den påbörjades.")
    edit_number = models.PositiveIntegerField(
        "ändring", default=0, help_text="Ökar vid varje sparning, så att två flikar inte skriver över varandra."
    )
    edited_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Vem som senast sparade texterna."
    )
    edited_at = models.DateTimeField("ändrad", null=True, blank=True, help_text="När texterna senast sparades.")
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Vem som drog tillbaka den."
    )
    publication = models.OneToOneField(
        PublishedReport,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="source",
        help_text="Publiceringen, när den är ute.",
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "rapport"
        verbose_name_plural = "rapporter"
        ordering = ["-created_at"]
        constraints = [models.UniqueConstraint(fields=["dialogue", "slug"], name="draft_report_addresses_differ")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The public page, once published."""
        return reverse("reports:report", args=[self.dialogue.collaboration.slug, self.slug])

    def get_workshop_url(self) -> str:
        """Where the coordinator works on it."""
        return reverse("coordinate:report", args=[self.dialogue.collaboration.slug, self.pk])

    def get_contents_url(self) -> str:
        """Where themes, perspectives and quotes are chosen."""
        return reverse("coordinate:report-contents", args=[self.dialogue.collaboration.slug, self.pk])

    @property
    def edit_state(self) -> str:
        """What has become of it, for those who edit it."""
        if self.publication is None:
            return ""
        return "rapporten är publicerad" if self.publication.withdrawn_at is None else "rapporten är tillbakadragen"

    @property
    def is_public(self) -> bool:
        """Published and not withdrawn."""
        return self.publication is not None and self.publication.withdrawn_at is None

    @transaction.atomic
    def write(self, by: User, texts: Mapping[str, Any], *, at: dt.datetime | None = None) -> None:
        """Store the given texts by field name, and record who edited last."""
        require(by, COORDINATE, self)
        self.refresh_from_db(from_queryset=Report.objects.select_for_update(no_key=True))
        for name, text in texts.items():
            setattr(self, name, text)
        self.edit_number, self.edited_by, self.edited_at = self.edit_number + 1, by, at or timezone.now()
        self.save(update_fields=[*texts, "edit_number", "edited_by", "edited_at"])

    @transaction.atomic
    def withdraw(self, by: User, reason: str, *, at: dt.datetime | None = None) -> None:
        """Withdraw the report. Its page stays and shows the reason; the files can no longer be downloaded.

        Raises Refusal if it is not published.
        """
        require(by, COORDINATE, self)
        self.refresh_from_db(from_queryset=Report.objects.select_for_update(no_key=True))
        if self.publication is None:
            raise Refusal("Rapporten är inte publicerad.", who="Samordnaren", code="not_published")
        self.publication.withdraw(reason, at=at)
        self.withdrawn_by = by
        self.save(update_fields=["withdrawn_by"])
