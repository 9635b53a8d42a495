"""Published reports as the dialogue knows them: title, slug and issues; and confirmations that they were read."""

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
    """Published reports by state."""

    def standing(self) -> "PublishedReportQuerySet":
        """Those that are not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class PublishedReport(models.Model):
    """A published report. Written when a report is published, so that this app need not import `reports`."""

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
        """Register a published report with its issues: those that rest on at least one of its perspectives.

        A report that is registered already is corrected, and no longer withdrawn.
        """
        at = at or timezone.now()
        report, is_new = cls.objects.select_for_update(no_key=True).get_or_create(
            dialogue=dialogue, slug=slug, defaults={"title": title, "version": version, "published_at": at}
        )
        if not is_new:
            report.title, report.version, report.corrected_at = title, version, at
            report.withdrawn_at, report.withdrawn_reason = None, ""
            report.save()
        report.issues.set(_issues_resting_on(dialogue, perspectives))
        dialogue.collaboration.bump_public_version()
        return report

    @transaction.atomic
    def withdraw(self, reason: str, *, at: dt.datetime | None = None) -> None:
        """Withdraw the report. Raises Refusal without a reason, which its page shows."""
        self.refresh_from_db(from_queryset=PublishedReport.objects.select_for_update(no_key=True))
        if not reason.strip():
            raise Refusal("Skriv varför rapporten dras tillbaka. Skälet visas offentligt.", code="reason")
        if self.withdrawn_at is not None:
            raise Refusal("Rapporten är redan tillbakadragen.", code="already_withdrawn")
        self.withdrawn_at, self.withdrawn_reason = at or timezone.now(), reason.strip()
        self.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        self.dialogue.collaboration.bump_public_version()


class ReadConfirmation(models.Model):
    """A body confirms that it has read a report. Issues that concern it wait for that."""

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
    """Return the issues that rest on any of these perspectives. A merged one counts as what it was merged into."""
    root_of = roots(Perspective.objects.filter(collaboration=dialogue.collaboration_id).merges())
    wanted = {root_of.get(key, key) for key in perspectives}
    links = Issue.perspectives.through.objects.filter(issue__dialogue=dialogue).select_related("issue")
    return list({link.issue for link in links if root_of.get(link.perspective_id) in wanted})
