"""Statements: one idea each, masked and confirmed by a person before anyone else may read it."""

import uuid
from collections.abc import Collection

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from actors.models import Collaboration, User
from ostberga.lib.folding import Folded
from ostberga.lib.privacy.encrypted import EncryptedTextField
from ostberga.lib.translations.languages import SOURCE
from surveys.models.answers import Answer
from surveys.models.attachments import Attachment
from surveys.models.fielding import Interview, Wave
from surveys.rules.languages import LANGUAGE_CHOICES
from surveys.rules.roles import AgeBand, Role


class StatementQuerySet(models.QuerySet["Statement"]):
    """QuerySet of statements."""

    def coordinated_by(self, user: User) -> "StatementQuerySet":
        """Statements this person may review."""
        return self.filter(wave__in=Wave.objects.coordinated_by(user))

    def coded_by(self, user: User) -> "StatementQuerySet":
        """Statements of the texts that this person may code."""
        hers = Q(answer__in=Answer.objects.in_piles_of(user)) | Q(interview__in=Interview.objects.in_piles_of(user))
        return self.filter(hers | Q(wave__in=Wave.objects.coordinated_by(user)))

    def publishable(self) -> "StatementQuerySet":
        """Statements that may be shown outside the coordinator's team now."""
        return self.filter(state=Statement.State.CONFIRMED)

    def awaiting_review(self) -> "StatementQuerySet":
        """Statements whose masking has not been confirmed."""
        return self.filter(state=Statement.State.RAW)

    def heard_in(self, collaboration: Collaboration) -> "StatementQuerySet":
        """Statements of one collaboration."""
        return self.filter(wave__survey__collaboration=collaboration)

    def attached_to(self, perspectives: Collection[int]) -> "StatementQuerySet":
        """Statements attached to any of these perspectives (primary keys), without duplicates."""
        return self.filter(
            Exists(Attachment.objects.current().filter(statement=OuterRef("pk"), perspective__in=perspectives))
        )

    def without_perspective(self) -> "StatementQuerySet":
        """Statements not attached to any perspective."""
        return self.filter(~Exists(Attachment.objects.current().filter(statement=OuterRef("pk"))))


class Statement(models.Model):
    """One idea that somebody expressed. Holds role and age band itself, since an interview can have several of each."""

    class State(models.TextChoices):
        """Review state."""

        RAW = "raw", "att granska"
        CONFIRMED = "confirmed", "bekräftad"
        QUARANTINED = "quarantined", "i karantän"
        SET_ASIDE = "set_aside", "lagd åt sidan"

    id = models.UUIDField(
        primary_key=True, default=uuid.uuid4, editable=False, help_text="Slumpat, så att ordningen inget säger."
    )
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="statements", help_text="När det sades.")
    answer = models.ForeignKey(
        Answer, models.PROTECT, null=True, blank=True, related_name="statements", help_text="Svaret det kommer från."
    )
    interview = models.ForeignKey(
        Interview,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="statements",
        help_text="Samtalet det kommer från.",
    )
    raw_text = EncryptedTextField("ordagrant", help_text="Som det sades, krypterat. Visas bara för samordnarens grupp.")
    language = models.CharField(
        "språk", max_length=2, choices=LANGUAGE_CHOICES, default=SOURCE, help_text="Språket det sades på."
    )
    role = models.CharField(
        "roll", max_length=12, choices=Role.choices, default=Role.UNKNOWN, help_text="Den hördas kategori."
    )
    age_band = models.CharField(
        "ålder",
        max_length=10,
        choices=AgeBand.choices,
        default=AgeBand.UNKNOWN,
        blank=True,
        help_text="Den hördas åldersgrupp.",
    )
    text = models.TextField("maskad text", blank=True, help_text="Texten utan det som kan peka ut någon.")
    translation = models.TextField(
        "på svenska", blank=True, help_text="Svensk översättning när ett annat språk användes, maskad."
    )
    translated_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Vem som översatte eller godkände översättningen.",
    )
    translation_is_machine = models.BooleanField(
        "maskinöversatt", default=False, help_text="Om en maskin gjorde första utkastet."
    )
    is_altered = models.BooleanField(
        "ändrad för anonymitet", default=False, help_text="Om något maskats eller skrivits om; märks vid citatet."
    )
    state = models.CharField(
        "läge", max_length=12, choices=State.choices, default=State.RAW, help_text="Vad som får göras med texten."
    )
    state_note = models.TextField("anteckning", blank=True, help_text="Varför den ligger i karantän eller åt sidan.")
    reviewed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Vem som granskade maskningen."
    )
    reviewed_at = models.DateTimeField("granskad", null=True, blank=True, help_text="När maskningen granskades.")
    created_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Vem som skar ut utsagan."
    )
    created_on = models.DateField("skapad", default=timezone.localdate, help_text="Dagen utsagan skapades.")
    span_start = models.PositiveIntegerField(
        "början", null=True, blank=True, help_text="Var i anteckningen utsagan börjar."
    )
    span_end = models.PositiveIntegerField(
        "slut", null=True, blank=True, help_text="Var i anteckningen utsagan slutar."
    )
    search = models.GeneratedField(
        expression=SearchVector("text", "translation", config="swedish"),
        output_field=SearchVectorField(),
        db_persist=True,
        help_text="Den maskade textens ord, för sökning. Den ordagranna texten går inte att söka i.",
    )

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = "utsaga"
        verbose_name_plural = "utsagor"
        indexes = [
            GinIndex(fields=["search"], name="statement_search"),
            GinIndex(OpClass(Folded("text"), name="gin_trgm_ops"), name="statement_text_folded"),
            GinIndex(OpClass(Folded("translation"), name="gin_trgm_ops"), name="statement_translation_folded"),
            models.Index(fields=["wave", "state"], name="statement_wave_state"),
            models.Index(fields=["-created_on", "id"], name="statement_newest_first"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__isnull=True) | Q(interview__isnull=True), name="statement_has_one_source"
            ),
            models.CheckConstraint(
                condition=Q(answer__isnull=False) | Q(interview__isnull=False), name="statement_has_a_source"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["raw", "confirmed", "quarantined", "set_aside"]), name="statement_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed")
                | (~Q(text="") & Q(reviewed_by__isnull=False, reviewed_at__isnull=False)),
                name="statement_confirmed_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(state="quarantined") | ~Q(state_note=""), name="statement_quarantined_with_note"
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="statement_role_is_known"),
        ]

    def __str__(self) -> str:
        return self.swedish if self.is_publishable else "Utsaga som inte är granskad"

    @property
    def is_publishable(self) -> bool:
        """Whether it may be shown outside the coordinator's team now."""
        return self.state == self.State.CONFIRMED

    @property
    def swedish(self) -> str:
        """The Swedish translation if there is one, otherwise the masked text."""
        return self.translation or self.text

    @property
    def version(self) -> str:
        """Changes with every review, for optimistic locking between coders."""
        return f"{self.state}:{self.reviewed_at.timestamp() if self.reviewed_at else ''}"
