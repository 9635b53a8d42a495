"""Imports of answers: one act by which rows of a file were stored, and which can be taken back."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from actors.models import User
from surveys.models.survey import Survey


class AnswerImport(models.Model):
    """Rows of one file, stored by one act. Keeps neither the file nor its name, nor which row became which response."""

    id = models.UUIDField(
        primary_key=True,
        default=uuid.uuid4,
        editable=False,
        help_text="Sidans nyckel: samma sida sparar en gång, hur ofta den än skickas.",
    )
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="imports", help_text="Formuläret.")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som sparade raderna.")
    at = models.DateTimeField("när", default=timezone.now, help_text="När raderna sparades.")
    rows = models.PositiveIntegerField("rader", help_text="Hur många rader som lästes.")
    stored = models.PositiveIntegerField("sparade", help_text="Hur många svar det blev.")
    is_blank = models.BooleanField(
        "utan kanal",
        default=False,
        help_text="Om alla dess svar sparades utan kanal: när någon plats är liten, och annars på en slumpad andel.",
    )
    taken_back_at = models.DateTimeField(
        "tillbakatagen", null=True, blank=True, help_text="När svaren togs bort igen, så långt det gick."
    )
    taken_back_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Vem som tog tillbaka den."
    )
    kept = models.PositiveIntegerField(
        "kvar", default=0, help_text="Hur många svar som fick stå kvar, sedan de redan hade kodats."
    )

    class Meta:
        verbose_name = "import av svar"
        verbose_name_plural = "importer av svar"
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True, kept=0)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="import_taken_back_by_someone",
            ),
            models.CheckConstraint(condition=Q(stored__lte=models.F("rows")), name="import_stores_what_was_read"),
        ]

    def __str__(self) -> str:
        return f"{self.stored} svar {timezone.localtime(self.at):%Y-%m-%d %H:%M}"
