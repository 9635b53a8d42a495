"""Published reports as the staircase knows them: title, address and the issues they hold."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from dialogue.models.dialogue import Dialogue
from dialogue.models.issue import Issue


class PublishedReportQuerySet(models.QuerySet["PublishedReport"]):
    """Reports residents can read."""

    def standing(self) -> "PublishedReportQuerySet":
        """Those not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class PublishedReport(models.Model):
    """A report that is out. Written here by the act of publishing, so that issues know it without asking upwards."""

    dialogue = models.ForeignKey(Dialogue, models.PROTECT, related_name="published_reports", help_text="Dialogen.")
    slug = models.SlugField("adress", max_length=80, help_text="Sista delen av rapportens webbadress.")
    title = models.CharField("titel", max_length=200, help_text="Rapportens namn.")
    version = models.PositiveSmallIntegerField("version", default=1, help_text="Den utgåva som gäller.")
    published_at = models.DateTimeField("publicerad", default=timezone.now, help_text="När den första utgåvan kom ut.")
    corrected_at = models.DateTimeField(
        "rättad", null=True, blank=True, help_text="När den senaste rättade utgåvan kom ut."
    )
    withdrawn_at = models.DateTimeField(
        "tillbakadragen", null=True, blank=True, help_text="När rapporten drogs tillbaka."
    )
    withdrawn_reason = models.TextField(
        "varför tillbakadragen", blank=True, help_text="Skälet, som det visas offentligt."
    )
    issues = models.ManyToManyField(
        Issue, related_name="reports", blank=True, help_text="Sakfrågor som vilar på något perspektiv i rapporten."
    )

    objects = PublishedReportQuerySet.as_manager()

    class Meta:
        verbose_name = "publicerad rapport"
        verbose_name_plural = "publicerade rapporter"
        ordering = ["-published_at"]
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "slug"], name="report_addresses_differ"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""), name="report_withdrawn_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title
