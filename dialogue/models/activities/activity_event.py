"""What happened to an activity: its states and its news."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from actors.models import User
from dialogue.models.activities.activity import Activity
from dialogue.models.decisions.decision import Decision
from dialogue.rules.activities import ActivityState


class ActivityEvent(models.Model):
    """A new state of an activity, or news with or without a picture. Never edited or deleted."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="events", help_text="Aktiviteten.")
    state = models.CharField(
        "nytt läge", max_length=12, choices=ActivityState.choices, blank=True, help_text="Tomt när läget inte ändrades."
    )
    said = models.JSONField(
        "systemets mening", default=dict, blank=True, help_text="Vad systemet själv säger om det, per språk."
    )
    text = models.TextField("text", blank=True, help_text="Vad någon skrev om det, som det visas offentligt.")
    picture = models.ImageField(
        "bild", upload_to="aktiviteter", blank=True, help_text="Utan uppgifter om plats, kamera och tid."
    )
    picture_alt = models.CharField(
        "bildens innehåll", max_length=240, blank=True, help_text="För den som inte ser bilden."
    )
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="+", help_text="Beslutet, när ett var skälet."
    )
    by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Vem; tomt när tiden gjorde det."
    )
    at = models.DateTimeField("när", default=timezone.now, help_text="När det hände.")
    told_at = models.DateTimeField("berättat", null=True, blank=True, help_text="När de som följer frågan fick brev.")

    class Meta:
        verbose_name = "händelse i aktivitet"
        verbose_name_plural = "händelser i aktivitet"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(picture="") | ~Q(picture_alt=""), name="activity_picture_is_described")
        ]

    def __str__(self) -> str:
        return f"{self.activity} {self.at:%Y-%m-%d}"

    @property
    def in_swedish(self) -> str:
        """All that it tells, for those who read Swedish only."""
        return f"{self.said.get('sv', '')} {self.text}".strip()
