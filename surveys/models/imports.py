"""Imports of answers: one act by which rows of a file were stored, and which can be taken back."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from actors.models import Collaboration, User
from surveys.models.fielding import Wave
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
    people = models.PositiveIntegerField(
        "människor",
        null=True,
        blank=True,
        help_text="När raderna är utsagor: hur många människor de kommer från, 0 när ingen vet. Tom: en för varje rad.",
    )
    wave = models.ForeignKey(
        Wave,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Omgången där de människorna räknas; tom när varje rad är en människa.",
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
            models.CheckConstraint(
                condition=Q(people__isnull=True, wave__isnull=True)
                | Q(people__isnull=False, wave__isnull=False, is_blank=True),
                name="import_of_statements_counts_no_places",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stored} svar {timezone.localtime(self.at):%Y-%m-%d %H:%M}"

    @property
    def are_people(self) -> bool:
        """Whether each row is a person; otherwise rows are statements, of which one person may have several."""
        return self.people is None

    @property
    def unit(self) -> str:
        """What its rows are, in words."""
        return "svar" if self.are_people else "utsagor"


class RememberedChoice(models.Model):
    """What somebody chose on the page of an import, so that the next file is read so: a column, a value or a place."""

    collaboration = models.ForeignKey(Collaboration, models.CASCADE, related_name="+", help_text="Samverkan.")
    name = models.CharField(
        "vad",
        max_length=60,
        help_text="Kontrollen på sidan, med en kontrollsumma av rubriken eller värdet, inte orden.",
    )
    choice = models.CharField("valt", max_length=40, help_text="Vad den som importerade valde.")

    class Meta:
        verbose_name = "ihågkommet val"
        verbose_name_plural = "ihågkomna val"
        constraints = [models.UniqueConstraint(fields=["collaboration", "name"], name="remembered_once")]

    def __str__(self) -> str:
        return f"{self.name}: {self.choice}"


class ListImport(models.Model):
    """Rows of a list other than answers, stored by one act: conversations, statements, a codebook, issues and so on."""

    id = models.UUIDField(
        primary_key=True,
        default=uuid.uuid4,
        editable=False,
        help_text="Sidans nyckel: samma sida sparar en gång, hur ofta den än skickas.",
    )
    collaboration = models.ForeignKey(
        Collaboration, models.CASCADE, related_name="list_imports", help_text="Samverkan."
    )
    kind = models.CharField(
        "slag", max_length=20, help_text="Vilket slags lista det är, till exempel samtal eller beslut."
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som sparade raderna.")
    at = models.DateTimeField("när", default=timezone.now, help_text="När raderna sparades.")
    rows = models.PositiveIntegerField("rader", help_text="Hur många rader som lästes.")
    stored = models.PositiveIntegerField("sparade", help_text="Hur många rader som blev något.")
    keys: "models.JSONField[list[str], list[str]]" = models.JSONField(
        "nycklar", default=list, help_text="Nycklarna till det som blev till, så att det kan tas tillbaka."
    )
    states: "models.JSONField[dict[str, dict[str, str]], dict[str, dict[str, str]]]" = models.JSONField(
        "lägen",
        default=dict,
        blank=True,
        help_text="Fingeravtryck av det som blev till, så att det syns vad någon har rört sedan dess.",
    )
    stayed: "models.JSONField[dict[str, str], dict[str, str]]" = models.JSONField(
        "varför kvar", default=dict, blank=True, help_text="Varför det som stod kvar gjorde det, efter nyckel."
    )
    taken_back_at = models.DateTimeField(
        "tillbakatagen", null=True, blank=True, help_text="När den togs tillbaka, så långt det gick."
    )
    taken_back_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Vem som tog tillbaka den."
    )
    kept = models.PositiveIntegerField(
        "kvar", default=0, help_text="Hur mycket som stod kvar, sedan någon byggt på det."
    )

    class Meta:
        verbose_name = "import av en lista"
        verbose_name_plural = "importer av listor"
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True, kept=0)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="list_import_taken_back_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["samtal", "utsagor", "kodbok", "fragor", "beslut", "aktiviteter", "kontakter"]),
                name="list_import_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stored} rader {timezone.localtime(self.at):%Y-%m-%d %H:%M}"
