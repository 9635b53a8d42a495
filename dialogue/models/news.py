"""News to followers of issues, and their answers to whether it got better."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogue.models.activities.activity import Activity
from dialogue.models.issue import Issue
from ostberga.lib.privacy.encrypted import EncryptedTextField


class News(models.Model):
    """Something that happened to an issue which its followers should hear. Keys are in the order of collection."""

    class Kind(models.TextChoices):
        """What happened."""

        STEP = "step", "flyttad"
        ANSWER = "answer", "besvarad"
        REPORT = "report", "rapport"
        DECISION = "decision", "beslut"
        ACTIVITY = "activity", "aktivitet"
        BETTER = "better", "frågan om det blivit bättre"

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="news", help_text="Sakfrågan.")
    kind = models.CharField("slag", max_length=8, choices=Kind.choices, help_text="Vad som hände.")
    key = models.PositiveBigIntegerField("nyckel", help_text="Raden det gäller, i slagets egen tabell.")
    on = models.DateField("den", help_text="Dagen det hände.")
    is_result = models.BooleanField(
        "resultat", default=False, help_text="Om det räknas som ett resultat, för dem som bara vill höra sådana."
    )
    gathered_at = models.DateTimeField("samlat", default=timezone.now, help_text="När det lades bland nyheterna.")

    class Meta:
        verbose_name = "nyhet"
        verbose_name_plural = "nyheter"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "kind", "key"], name="news_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["step", "answer", "report", "decision", "activity", "better"]),
                name="news_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue}: {self.get_kind_display()}"


class Better(models.TextChoices):
    """The answers to whether it got better."""

    YES = "yes", _("ja")
    SOME = "some", _("lite")
    NO = "no", _("nej")
    UNKNOWN = "unknown", _("vet inte")


class BetterQuestion(models.Model):
    """«Har det blivit bättre?», asked once to the followers of the issue of a completed activity."""

    activity = models.OneToOneField(Activity, models.CASCADE, related_name="better", help_text="Aktiviteten.")
    asked_on = models.DateField("ställd", default=timezone.localdate, help_text="Dagen frågan började skickas.")
    closes_on = models.DateField("stänger", help_text="Sista dagen att svara; siffror visas efter den.")

    class Meta:
        verbose_name = "fråga om det blivit bättre"
        verbose_name_plural = "frågor om det blivit bättre"

    def __str__(self) -> str:
        return f"Har det blivit bättre? {self.activity}"

    @property
    def is_closed(self) -> bool:
        """Whether answers are no longer accepted, so that the figures may be shown."""
        return timezone.localdate() > self.closes_on


class BetterInvite(models.Model):
    """A link that lets somebody answer once. Does not say to whom it was sent, and the answer does not refer to it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False, help_text="Slumpat.")
    question = models.ForeignKey(BetterQuestion, models.CASCADE, related_name="invites", help_text="Frågan.")
    token_hash = models.CharField(max_length=64, unique=True, help_text="Hash av länken.")
    is_used = models.BooleanField("använd", default=False, help_text="Om länken har använts. Inte när.")

    class Meta:
        verbose_name = "länk till frågan"
        verbose_name_plural = "länkar till frågan"

    def __str__(self) -> str:
        return "en länk"


class BetterAnswer(models.Model):
    """One answer. Nothing says whose it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False, help_text="Slumpat.")
    question = models.ForeignKey(BetterQuestion, models.CASCADE, related_name="answers", help_text="Frågan.")
    answer = models.CharField("svar", max_length=8, choices=Better.choices, help_text="Om det blivit bättre.")
    words = EncryptedTextField("med egna ord", blank=True, help_text="Låst; visas maskat för samordnaren.")

    class Meta:
        verbose_name = "svar om det blivit bättre"
        verbose_name_plural = "svar om det blivit bättre"
        constraints = [
            models.CheckConstraint(condition=Q(answer__in=["yes", "some", "no", "unknown"]), name="better_is_known")
        ]

    def __str__(self) -> str:
        return self.get_answer_display()
