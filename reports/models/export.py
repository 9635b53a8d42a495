"""A file with a collaboration's data that a worker makes: what it holds, how far it has come, and where it lies."""

import datetime as dt
import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from actors.models import Collaboration, User

# A file is fetched soon or made anew: what does not lie there can not go astray.
KEPT_FOR = dt.timedelta(hours=24)


class ExportQuerySet(models.QuerySet["Export"]):
    """Files by who may fetch them, by worker and by age."""

    def fetched_by(self, user: User) -> "ExportQuerySet":
        """Those that this person ordered, where she coordinates still."""
        return self.filter(requested_by=user, collaboration__in=Collaboration.objects.coordinated_by(user))

    def working(self) -> "ExportQuerySet":
        """Those that are queued or being made."""
        return self.filter(state__in=[Export.State.QUEUED, Export.State.RUNNING])

    def still_claimed(self, claimed: "Export") -> "ExportQuerySet":
        """The row of `claimed`, empty if another attempt has claimed it or it is no longer running."""
        return self.filter(pk=claimed.pk, state=Export.State.RUNNING, attempts=claimed.attempts)

    def outlived(self) -> "ExportQuerySet":
        """Those that are no longer kept."""
        return self.filter(requested_at__lt=timezone.now() - KEPT_FOR)


class Export(models.Model):
    """An ordered file. It is stored encrypted, and gone after a day."""

    class State(models.TextChoices):
        """How far it has come."""

        QUEUED = "queued", "väntar på sin tur"
        RUNNING = "running", "görs nu"
        FINISHED = "finished", "färdig"
        FAILED = "failed", "misslyckades"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False, help_text="Slumpad.")
    collaboration = models.ForeignKey(
        Collaboration, models.CASCADE, related_name="exports", help_text="Samverkan vars uppgifter filen har."
    )
    table = models.SlugField("tabell", max_length=40, help_text="Vad som tas ut, till exempel svar eller allt.")
    format = models.CharField("format", max_length=5, help_text="Filens ändelse, till exempel xlsx.")
    state = models.CharField(
        "läge", max_length=10, choices=State.choices, default=State.QUEUED, help_text="Hur långt den kommit."
    )
    rows = models.PositiveIntegerField("rader", default=0, help_text="Hur många rader den får.")
    rows_written = models.PositiveIntegerField("skrivna", default=0, help_text="Hur många som är skrivna.")
    error = models.TextField("fel", blank=True, help_text="Varför det misslyckades, med enkla ord.")
    attempts = models.PositiveSmallIntegerField("försök", default=0, help_text="Hur många gånger vi försökt.")
    heartbeat_at = models.DateTimeField("livstecken", null=True, blank=True, help_text="Senast arbetaren hördes av.")
    file = models.FileField("fil", upload_to="exports", blank=True, help_text="Filen, krypterad; borta efter ett dygn.")
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som bad om filen.")
    requested_at = models.DateTimeField("beställd", default=timezone.now, help_text="När den beställdes.")
    finished_at = models.DateTimeField("färdig", null=True, blank=True, help_text="När den blev färdig.")

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = "uttag"
        verbose_name_plural = "uttag"
        ordering = ["-requested_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["queued", "running", "finished", "failed"]), name="export_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="finished") | (Q(finished_at__isnull=False) & ~Q(file="")),
                name="export_finished_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table}.{self.format}"

    @property
    def made_on(self) -> dt.date | None:
        """The day it was finished, if it is."""
        return timezone.localdate(self.finished_at) if self.finished_at else None

    @property
    def is_working(self) -> bool:
        """Whether it is queued or being made."""
        return self.state in {self.State.QUEUED, self.State.RUNNING}
