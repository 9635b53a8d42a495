"""Published reports as the staircase knows them: title, address and the issues they hold."""

import datetime as dt
from collections.abc import Collection

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from actors.models import Organisation, User
from dialogue.models.dialogue import Dialogue
from dialogue.models.issue import Issue
from ostberga.lib.refusal import Refusal
from surveys.models import Perspective
from surveys.rules.lineage import roots


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
    told_at = models.DateTimeField(
        "berättat", null=True, blank=True, help_text="När de som följer rapportens frågor fick brev."
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

    @classmethod
    @transaction.atomic
    def publish(
        cls,
        *,
        dialogue: Dialogue,
        slug: str,
        title: str,
        version: int,
        perspectives: Collection[int],
        at: dt.datetime | None = None,
    ) -> "PublishedReport":
        """Write down that a report is out, and which issues it holds: those that rest on one of its perspectives.

        Published again with a higher version it is a correction, and stands again if it had been withdrawn.
        """
        at = at or timezone.now()
        made, is_new = cls.objects.select_for_update().get_or_create(
            dialogue=dialogue, slug=slug, defaults={"title": title, "version": version, "published_at": at}
        )
        if not is_new:
            made.title, made.version, made.corrected_at = title, version, at
            made.withdrawn_at, made.withdrawn_reason = None, ""
            made.save()
        made.issues.set(_issues_resting_on(dialogue, perspectives))
        dialogue.collaboration.bump_public_version()
        return made

    @transaction.atomic
    def withdraw(self, reason: str, *, at: dt.datetime | None = None) -> None:
        """Take the report back. Its page stays and says why."""
        self.refresh_from_db(from_queryset=PublishedReport.objects.select_for_update())
        if not reason.strip():
            raise Refusal("Skriv varför rapporten dras tillbaka. Skälet visas offentligt.", code="reason")
        if self.withdrawn_at is not None:
            raise Refusal("Rapporten är redan tillbakadragen.", code="already_withdrawn")
        self.withdrawn_at, self.withdrawn_reason = at or timezone.now(), reason.strip()
        self.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        self.dialogue.collaboration.bump_public_version()


class ReadConfirmation(models.Model):
    """That a body says it has read a report. The issues that concern it wait for that."""

    report = models.ForeignKey(
        PublishedReport, models.CASCADE, related_name="read_by", help_text="Rapporten som är läst."
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="reports_read", help_text="Organisationen som har läst."
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som sa det.")
    at = models.DateTimeField("när", default=timezone.now, help_text="När det sades.")
    comment = models.TextField("kommentar", blank=True, help_text="Vad organisationen vill säga om det den läst.")

    class Meta:
        verbose_name = "läst rapport"
        verbose_name_plural = "lästa rapporter"
        constraints = [models.UniqueConstraint(fields=["report", "organisation"], name="report_read_once_by_each")]

    def __str__(self) -> str:
        return f"{self.organisation} har läst {self.report}"


def _issues_resting_on(dialogue: Dialogue, perspectives: Collection[int]) -> list[Issue]:
    """What a perspective has been merged into counts as the perspective itself."""
    root = roots(Perspective.objects.filter(collaboration=dialogue.collaboration_id).merges())
    wanted = {root.get(key, key) for key in perspectives}
    links = Issue.perspectives.through.objects.filter(issue__dialogue=dialogue).select_related("issue")
    return list({link.issue for link in links if root.get(link.perspective_id) in wanted})
