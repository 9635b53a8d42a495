"""One rendering of a report: what was frozen, how far it has come, and the files made of it."""

import uuid

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from actors.models import User
from ostberga.lib.refusal import Refusal
from reports.models.report import Report
from reports.rules.findings import Findings, from_json
from surveys.models import Statement

# What a worker does with a version, in order, in words for the person who waits.
STAGES = ("Samlar in", "Ritar diagram", "Sätter PDF", "Skriver Word", "Kontrollerar")


class ReportVersionQuerySet(models.QuerySet["ReportVersion"]):
    """Versions as different people see them."""

    def coordinated_by(self, user: User) -> "ReportVersionQuerySet":
        """Those of reports that this person may edit."""
        return self.filter(report__in=Report.objects.coordinated_by(user))

    def still_with(self, held: "ReportVersion") -> "ReportVersionQuerySet":
        """The row, as long as it is being made in the attempt that holds it."""
        return self.filter(pk=held.pk, state=ReportVersion.State.RUNNING, attempts=held.attempts)

    def published(self) -> "ReportVersionQuerySet":
        """Those that have been public, the latest first."""
        return self.filter(published_at__isnull=False).order_by("-number")


class ReportVersion(models.Model):
    """One rendering: the numbers and quotes as they were then, and the files made of them."""

    class State(models.TextChoices):
        """How far a rendering has come."""

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
        """The numbers and quotes as they were when the version was asked for."""
        return from_json(self.findings or {})

    @property
    def share(self) -> int:
        """How many of the five parts of the work have been begun."""
        return STAGES.index(self.stage) + 1 if self.stage in STAGES else 0

    @property
    def is_working(self) -> bool:
        """Waiting for its turn or being made."""
        return self.state in {self.State.QUEUED, self.State.RUNNING}

    def withdrawn_quotes(self) -> set[str]:
        """The keys of frozen quotes that may no longer be shown, asked at this moment."""
        frozen = {quote.statement for quote in self.frozen.quotes()}
        standing = Statement.objects.publishable().filter(pk__in=frozen).values_list("pk", flat=True)
        return frozen - {str(key) for key in standing}

    def refuse_unless_publishable(self, report: Report, correction: str) -> None:
        """Raises Refusal naming what stands in the way of letting residents read this version."""
        latest = report.published_version
        if self.report_id != report.pk or self.state != self.State.FINISHED:
            raise _no("not_finished", "Versionen är inte färdig ännu.")
        if self.withdrawn_quotes():
            raise _no("quote", "Ett citat får inte längre visas. Gör en ny version; då följer det inte med.")
        if missing := self.frozen.missing_for_publishing():
            raise _no("missing", f"Rapporten saknar {missing}. Skriv det och gör en ny version.")
        if latest and latest.number > self.number:
            raise _no("older", "En senare version är redan publicerad.")
        if latest and latest.pk != self.pk and not correction.strip():
            raise _no("correction", "Skriv vad som har rättats. Det visas på rapportens sida.")

    @transaction.atomic
    def retry(self) -> None:
        """Make the files again from the same frozen numbers and quotes."""
        self.refresh_from_db(from_queryset=ReportVersion.objects.select_for_update())
        if self.state != self.State.FAILED:
            raise Refusal("Bara en version som misslyckats kan göras om.", who="Samordnaren", code="not_failed")
        self.state, self.error, self.stage = self.State.QUEUED, "", ""
        self.save(update_fields=["state", "error", "stage"])


def _no(code: str, message: str) -> Refusal:
    return Refusal(message, who="Samordnaren", code=code)
