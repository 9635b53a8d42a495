"""The letter (e-mail) in the outbox."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

# Kinds of letters whose recipients the coordinator may see.
KNOWN_READERS = frozenset(
    [
        "invitation",
        "appointment",
        "decision-asked",
        "decision-reminder",
        "decision-answered",
        "decision-withdrawn",
        "commitment-asked",
        "commitment-answered",
        "commitment-left",
        "activity-silent",
        "seat-given",
        "meeting-called",
        "meeting-cancelled",
        "minutes-ready",
        "minutes-locked",
        "outside-asked",
        "pulse",
    ]
)


class LetterQuerySet(models.QuerySet["Letter"]):
    """Letters by state."""

    def waiting(self) -> "LetterQuerySet":
        """Letters that should be sent now."""
        return self.filter(state=Letter.State.WAITING, send_after__lte=timezone.now())


class Letter(models.Model):
    """One e-mail to one address."""

    class State(models.TextChoices):
        """State of delivery."""

        WAITING = "waiting", "väntar"
        SENT = "sent", "skickat"
        FAILED = "failed", "kunde inte skickas"

    id = models.UUIDField(
        primary_key=True, default=uuid.uuid4, editable=False, help_text="Slumpat, så att ordningen inget säger."
    )
    collaboration = models.ForeignKey(
        "actors.Collaboration",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="letters",
        help_text="Samverkan som brevet hör till; dess samordnare ser om det kom fram. Tomt för kontots egna brev.",
    )
    kind = models.CharField(
        "slag", max_length=40, help_text="Vilken händelse brevet hör till, till exempel invitation."
    )
    to = models.EmailField("till", help_text="Mottagarens adress.")
    subject = models.CharField("ämne", max_length=200, help_text="Ämnesraden.")
    text = models.TextField("text", help_text="Brevet som ren text.")
    html = models.TextField("html", blank=True, help_text="Samma brev med formatering.")
    calendar = models.TextField("kalender", blank=True, help_text="En kallelse som kalendrar förstår (iCalendar).")
    unsubscribe = models.URLField(
        "avsluta", max_length=300, blank=True, help_text="Länken som e-postprogrammets egen avsluta-knapp använder."
    )
    language = models.CharField("språk", max_length=2, default="sv", help_text="Brevets språk.")
    state = models.CharField(
        "läge", max_length=10, choices=State.choices, default=State.WAITING, help_text="Hur långt brevet kommit."
    )
    attempts = models.PositiveSmallIntegerField("försök", default=0, help_text="Hur många gånger vi försökt.")
    error = models.CharField("fel", max_length=240, blank=True, help_text="Vad som gick fel senast.")
    written_at = models.DateTimeField("skrivet", default=timezone.now, help_text="När brevet skrevs.")
    send_after = models.DateTimeField(
        "skickas tidigast", default=timezone.now, help_text="Efter ett misslyckat försök väntar vi en stund."
    )
    sent_at = models.DateTimeField("skickat", null=True, blank=True, help_text="När brevet skickades.")

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = "brev"
        verbose_name_plural = "brev"
        ordering = ["-written_at"]
        indexes = [models.Index(fields=["send_after"], condition=Q(state="waiting"), name="letters_waiting")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["waiting", "sent", "failed"]), name="letter_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent"), name="letter_sent_has_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} till {self.to}"

    @property
    def reader(self) -> str:
        """The recipient as the coordinator may see it: followers of issues are not shown to her."""
        return self.to if self.kind in KNOWN_READERS else "en följare"
