"""Responses and their answers. Nothing is stored that tells who answered or at what time of day."""

import datetime as dt
import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from actors.models import User
from ostberga.lib.coarse_dates import week_of
from ostberga.lib.privacy.encrypted import EncryptedTextField
from ostberga.lib.translations.languages import SOURCE
from surveys.models.fielding import Wave
from surveys.models.imports import AnswerImport
from surveys.models.piles import PiledText
from surveys.models.survey import Channel, Question
from surveys.rules.languages import LANGUAGE_CHOICES


def this_week() -> dt.date:
    """Return the Monday of this week."""
    return week_of(timezone.localdate())


class ResponseQuerySet(models.QuerySet["Response"]):
    """QuerySet of responses."""

    def of_people(self) -> "ResponseQuerySet":
        """Those that are a person each. Imported statements are not: one person may have said several."""
        return self.filter(Q(imported_in__isnull=True) | Q(imported_in__people__isnull=True))


class Response(models.Model):
    """One person's filled-in form, with a random key and only its week, so that nothing tells who answered when."""

    class Entry(models.TextChoices):
        """How the response was received."""

        WEB = "web", "webben"
        PAPER = "paper", "papper"
        IMPORT = "import", "klistrat från kalkylblad"

    id = models.UUIDField(
        primary_key=True, default=uuid.uuid4, editable=False, help_text="Slumpat, så att ordningen inget säger."
    )
    wave = models.ForeignKey(
        Wave, models.PROTECT, related_name="responses", db_index=False, help_text="Omgången svaret hör till."
    )
    channel = models.ForeignKey(
        Channel,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="responses",
        help_text="Kanalen; tom när platsen är för liten, och på en slumpad andel av de andra.",
    )
    entry = models.CharField(
        "väg in", max_length=8, choices=Entry.choices, default=Entry.WEB, help_text="Hur svaret kom in."
    )
    language = models.CharField(
        "språk",
        max_length=2,
        choices=LANGUAGE_CHOICES,
        default=SOURCE,
        help_text="Språket formuläret visades på.",
    )
    received_on = models.DateField("mottaget", default=this_week, help_text="Måndagen i veckan, aldrig dagen.")
    is_late = models.BooleanField("sent", default=False, help_text="Kom efter att omgången stängt. Sparas ändå.")
    submission_hash = models.CharField(
        max_length=64, unique=True, help_text="HMAC av sändningens nyckel och innehåll: samma sändning lagras en gång."
    )
    receipt_hash = models.CharField(
        max_length=64, unique=True, help_text="HMAC av kvittokoden. Koden själv sparas inte."
    )
    imported_in = models.ForeignKey(
        AnswerImport,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="responses",
        help_text="Importen den kom med, så att den kan tas tillbaka; tom för alla andra svar.",
    )
    note = EncryptedTextField(
        "anteckning", blank=True, help_text="Samordnarens egen anteckning vid en importerad rad, krypterad."
    )

    objects = ResponseQuerySet.as_manager()

    class Meta:
        verbose_name = "svar"
        verbose_name_plural = "svar"
        constraints = [
            models.CheckConstraint(condition=Q(entry__in=["web", "paper", "import"]), name="response_entry_is_known"),
            models.CheckConstraint(condition=Q(received_on__iso_week_day=1), name="response_keeps_the_week"),
        ]
        # Every batch counts those of the open waves (`bursts`): from the index, without reading a row.
        indexes = [models.Index(fields=["wave", "entry", "channel"], name="responses_counted")]

    def __str__(self) -> str:
        return f"Svar vecka {self.received_on:%V %G}"


class AnswerQuerySet(models.QuerySet["Answer"]):
    """QuerySet of answers."""

    def in_piles_of(self, user: User) -> "AnswerQuerySet":
        """Answers that were dealt to this person to read, as long as she is a coder there."""
        return self.filter(pk__in=PiledText.objects.in_hands_of(user).filter(answer__isnull=False).values("answer"))

    def coded_by(self, user: User) -> "AnswerQuerySet":
        """Answers that this person may read and code: those she coordinates, and those in her piles."""
        coordinated = Q(response__wave__in=Wave.objects.coordinated_by(user))
        return self.filter(coordinated | Q(pk__in=self.in_piles_of(user).values("pk")))


class Answer(models.Model):
    """The answer to one question."""

    id = models.UUIDField(
        primary_key=True, default=uuid.uuid4, editable=False, help_text="Slumpat, så att ordningen inget säger."
    )
    response = models.ForeignKey(Response, models.CASCADE, related_name="answers", help_text="Formuläret det hör till.")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers", help_text="Frågan som besvarades.")
    text = EncryptedTextField(
        "text", blank=True, help_text="Fritext, krypterad. Visas aldrig förrän den är maskad och bekräftad."
    )
    choices = models.JSONField("val", default=list, blank=True, help_text="Valda svarsalternativ.")
    coded_at = models.DateTimeField("genomgånget", null=True, blank=True, help_text="När fritexten var genomgången.")

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "svar på en fråga"
        verbose_name_plural = "svar på frågor"
        constraints = [models.UniqueConstraint(fields=["response", "question"], name="one_answer_per_question")]

    def __str__(self) -> str:
        return f"Svar på «{self.question}»"
