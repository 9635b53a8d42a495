"""One version of a report: its frozen findings, the state of its rendering, its files and its publication."""

import datetime as dt
import uuid

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from actors.models import User
from actors.rules.rights import COORDINATE
from dialogue.models import PublishedReport
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal
from reports.models.report import Report
from reports.rules.findings import Findings, from_json
from surveys.models import Statement

# Stages of the rendering, in order, as shown to the person who waits.
STAGES = ("Samlar in", "Ritar diagram", "Sätter PDF", "Skriver Word", "Kontrollerar")


class ReportVersionQuerySet(models.QuerySet["ReportVersion"]):
    """Versions by who may edit them, by publication and by worker."""

    def coordinated_by(self, user: User) -> "ReportVersionQuerySet":
        """Versions of reports that this person may edit."""
        return self.filter(report__in=Report.objects.coordinated_by(user))

    def still_claimed(self, claimed: "ReportVersion") -> "ReportVersionQuerySet":
        """The row of `claimed`, empty if another attempt has claimed it or it is no longer running."""
        return self.filter(pk=claimed.pk, state=ReportVersion.State.RUNNING, attempts=claimed.attempts)

    def published(self) -> "ReportVersionQuerySet":
        """Versions that have been published, the latest first."""
        return self.filter(published_at__isnull=False).order_by("-number")


class ReportVersion(models.Model):
    """Findings frozen when the version was requested, and the files rendered from them."""

    class State(models.TextChoices):
        """State of the rendering."""

        QUEUED = "queued", "väntar på sin tur"
        RUNNING = "running", "görs nu"
        FINISHED = "finished", "färdig"
        FAILED = "failed", "misslyckades"

    id = models.UUIDField(
        primary_key=True,
        default=uuid.uuid4,
        editable=False,
        help_text="Slumpat, så att adressen till ett utkast inte går att gissa.",
    )
    report = models.ForeignKey(Report, models.CASCADE, related_name="versions", help_text="Rapporten.")
    number = models.PositiveSmallIntegerField("version", help_text="Första gången är 1.")
    state = models.CharField(
        "läge", max_length=10, choices=State.choices, default=State.QUEUED, help_text="Hur långt den kommit."
    )
    stage = models.CharField("moment", max_length=60, blank=True, help_text="Vad som görs just nu, med enkla ord.")
    error = models.TextField("fel", blank=True, help_text="Varför det misslyckades, med enkla ord.")
    attempts = models.PositiveSmallIntegerField("försök", default=0, help_text="Hur många gånger vi försökt.")
    heartbeat_at = models.DateTimeField("livstecken", null=True, blank=True, help_text="Senast arbetaren hördes av.")
    findings = models.JSONField(
        "underlag", null=True, blank=True, help_text="Alla siffror och citat, frysta när versionen gjordes."
    )
    findings_checksum = models.CharField("kontrollsumma", max_length=64, blank=True, help_text="SHA-256 av underlaget.")
    pdf = models.FileField("PDF", upload_to="reports", blank=True, help_text="Tillgänglig PDF.")
    pdf_checksum = models.CharField("kontrollsumma för PDF", max_length=64, blank=True, help_text="SHA-256 av filen.")
    docx = models.FileField(
        "Word", upload_to="reports", blank=True, help_text="Samma innehåll för redigering på annat håll."
    )
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som bad om versionen.")
    requested_at = models.DateTimeField("beställd", default=timezone.now, help_text="När den beställdes.")
    finished_at = models.DateTimeField("färdig", null=True, blank=True, help_text="När den blev färdig.")
    published_at = models.DateTimeField(
        "publicerad", null=True, blank=True, help_text="När just den här versionen kom ut."
    )
    published_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Vem som publicerade den."
    )
    correction = models.TextField(
        "rättelse", blank=True, help_text="Vad som rättats sedan förra publicerade versionen."
    )

    objects = ReportVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "version av rapport"
        verbose_name_plural = "versioner av rapport"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="version_numbers_differ"),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "running", "finished", "failed"]), name="version_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="finished") | (Q(findings__isnull=False, finished_at__isnull=False) & ~Q(pdf="")),
                name="version_finished_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(state="finished"), name="version_published_is_finished"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}, version {self.number}"

    @property
    def frozen(self) -> Findings:
        """The findings as they were when the version was requested. Raises Refusal if it was given none."""
        if not self.findings:
            who = "Samordnaren kan göra en ny version"
            raise Refusal("Den här versionen har inget underlag.", who=who, code="no_findings")
        return from_json(self.findings)

    @property
    def share(self) -> int:
        """Number of the five rendering stages that have started, for a progress bar."""
        return STAGES.index(self.stage) + 1 if self.stage in STAGES else 0

    @property
    def is_working(self) -> bool:
        """Whether it is queued or being rendered."""
        return self.state in {self.State.QUEUED, self.State.RUNNING}

    def withdrawn_quotes(self) -> set[str]:
        """Statement keys of frozen quotes that may no longer be shown, checked now."""
        if not self.findings:
            return set()
        frozen = {quote.statement for quote in self.frozen.quotes()}
        publishable = Statement.objects.publishable().filter(pk__in=frozen).values_list("pk", flat=True)
        return frozen - {str(key) for key in publishable}

    @transaction.atomic
    def publish(self, by: User, *, correction: str = "", at: dt.datetime | None = None) -> PublishedReport:
        """Publish this version. It replaces an earlier published one and says what was corrected.

        Locks the report's row. Raises Refusal naming what prevents publishing.
        """
        require(by, COORDINATE, self)
        at = at or timezone.now()
        report = self.report
        report.refresh_from_db(from_queryset=Report.objects.select_for_update(no_key=True))
        self.refresh_from_db()
        self._refuse_unless_publishable(report, correction)
        frozen = self.frozen
        report.publication = PublishedReport.publish(
            dialogue=report.dialogue,
            slug=report.slug,
            title=frozen.title,
            version=self.number,
            perspectives={perspective.key for theme in frozen.themes for perspective in theme.perspectives},
            at=at,
        )
        report.withdrawn_by = None
        report.save(update_fields=["publication", "withdrawn_by"])
        self.published_at, self.published_by, self.correction = at, by, correction.strip()
        self.save(update_fields=["published_at", "published_by", "correction"])
        return report.publication

    def _refuse_unless_publishable(self, report: Report, correction: str) -> None:
        latest = published_version_of(report)
        if self.state != self.State.FINISHED:
            raise _refusal("not_finished", "Versionen är inte färdig ännu.")
        if self.withdrawn_quotes():
            raise _refusal("quote", "Ett citat får inte längre visas. Gör en ny version; då följer det inte med.")
        if missing := self.frozen.missing_for_publishing():
            raise _refusal("missing", f"Rapporten saknar {missing}. Skriv det och gör en ny version.")
        if latest and latest.number > self.number:
            raise _refusal("older", "En senare version är redan publicerad.")
        if latest and latest.pk != self.pk and not correction.strip():
            raise _refusal("correction", "Skriv vad som har rättats. Det visas på rapportens sida.")

    @transaction.atomic
    def retry(self) -> None:
        """Queue the rendering again, from the same frozen findings. Raises Refusal unless it failed."""
        self.refresh_from_db(from_queryset=ReportVersion.objects.select_for_update(no_key=True))
        if self.state != self.State.FAILED:
            raise Refusal("Bara en version som misslyckats kan göras om.", who="Samordnaren", code="not_failed")
        self.state, self.error, self.stage = self.State.QUEUED, "", ""
        self.save(update_fields=["state", "error", "stage"])


def published_version_of(report: Report) -> ReportVersion | None:
    """The version that residents read, or read before the report was withdrawn; None before publication."""
    return report.versions.published().first()


def _refusal(code: str, message: str) -> Refusal:
    return Refusal(message, who="Samordnaren", code=code)
