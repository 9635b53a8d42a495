"""Files too large for a page, which a worker judges and stores. Kept until stored, at most a day.

One that nobody has had time for is kept one day more.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from actors.models import User
from ostberga.lib.privacy.encrypted import EncryptedTextField
from ostberga.lib.translations.languages import SOURCE
from surveys.models.fielding import Wave
from surveys.models.survey import Survey
from surveys.rules.languages import LANGUAGE_CHOICES


class LargeImportQuerySet(models.QuerySet["LargeImport"]):
    """QuerySet of large files."""

    def still_claimed(self, claimed: "LargeImport") -> "LargeImportQuerySet":
        """The row of `claimed`, empty if another attempt has claimed it or it is no longer running."""
        return self.filter(pk=claimed.pk, state=LargeImport.State.RUNNING, attempts=claimed.attempts)


class LargeImport(models.Model):
    """A file that a worker reads: what it holds, what was chosen, how far it has come, and what the page shows.

    The import has its key, so nothing here says in clear which places the rows came from. Gone when they are stored.
    """

    class Work(models.TextChoices):
        """What the worker is to do."""

        JUDGE = "judge", "granska raderna"
        STORE = "store", "spara raderna"

    class State(models.TextChoices):
        """How far the work has come."""

        QUEUED = "queued", "väntar på sin tur"
        RUNNING = "running", "görs nu"
        FINISHED = "finished", "färdig"
        FAILED = "failed", "misslyckades"

    id = models.UUIDField(
        primary_key=True, default=uuid.uuid4, editable=False, help_text="Slumpat; importen får samma nyckel."
    )
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="large_imports", help_text="Formuläret.")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som läste in filen.")
    at = models.DateTimeField(
        "när",
        default=timezone.now,
        help_text="När filen lästes in. Den slängs efter ett dygn, ett till om ingen hunnit med den.",
    )
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="+", help_text="Omgången för rader utan dag.")
    language = models.CharField(
        "språk", max_length=2, choices=LANGUAGE_CHOICES, default=SOURCE, help_text="Språket för rader utan språk."
    )
    day = models.DateField("dag", help_text="Dagen för rader utan dag. Slängs med filen.")
    source = EncryptedTextField(
        "filen", blank=True, help_text="Filens tabeller, och kanalen för rader utan plats, krypterade."
    )
    chosen = EncryptedTextField(
        "valt", blank=True, help_text="Vad som valts på sidan, krypterat: kontrollernas namn och värden."
    )
    people = models.PositiveIntegerField(
        "människor", default=0, help_text="Hur många människor utsagorna kommer från; 0 när ingen vet."
    )
    work = models.CharField(
        "arbete", max_length=8, choices=Work.choices, default=Work.JUDGE, help_text="Vad arbetaren ska göra."
    )
    seen = models.CharField("sett", max_length=64, blank=True, help_text="Avtryck av det som sparas: det som visades.")
    state = models.CharField(
        "läge", max_length=10, choices=State.choices, default=State.QUEUED, help_text="Hur långt den kommit."
    )
    read = models.PositiveIntegerField("lästa rader", default=0, help_text="Hur många rader som är granskade.")
    rows = models.PositiveIntegerField("rader", default=0, help_text="Hur många rader filen har.")
    error = models.TextField("fel", blank=True, help_text="Varför det misslyckades, med enkla ord.")
    result = EncryptedTextField("resultat", blank=True, help_text="Vad sidan visar efter granskningen, krypterat.")
    attempts = models.PositiveSmallIntegerField("försök", default=0, help_text="Hur många gånger vi försökt.")
    heartbeat_at = models.DateTimeField("livstecken", null=True, blank=True, help_text="Senast arbetaren hördes av.")

    objects = LargeImportQuerySet.as_manager()

    class Meta:
        verbose_name = "stor fil"
        verbose_name_plural = "stora filer"
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(condition=Q(work__in=["judge", "store"]), name="large_import_work_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "running", "finished", "failed"]), name="large_import_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rows} rader {timezone.localtime(self.at):%Y-%m-%d %H:%M}"

    @property
    def is_working(self) -> bool:
        """Whether a worker has it, or will."""
        return self.state in {self.State.QUEUED, self.State.RUNNING}
