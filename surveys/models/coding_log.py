"""The coding log: who did what and when. Used by undo and by the second coder's sample."""

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from actors.models import Collaboration, User
from surveys.models.codebook import Perspective
from surveys.models.statements import Statement

# One working day.
HOURS_TO_UNDO = 12


class CodingEventQuerySet(models.QuerySet["CodingEvent"]):
    """QuerySet of coding events."""

    def undoable_by(self, user: User, collaboration: Collaboration) -> "CodingEventQuerySet":
        """Events this person may undo, latest first: only her own, from the last HOURS_TO_UNDO hours.

        Changes to themes are not included: they are reverted on the theme's own page.
        """
        about_words = Q(statement__isnull=False) | Q(perspective__isnull=False) | Q(verb=CodingEvent.Verb.FINISH)
        mine = self.filter(about_words, by=user, collaboration=collaboration, undone_at__isnull=True)
        mine = mine.filter(at__gte=timezone.now() - dt.timedelta(hours=HOURS_TO_UNDO))
        return mine.filter(verb__in=CodingEvent.UNDOABLE).order_by("-at", "-pk")


class CodingEvent(models.Model):
    """One coding event. Holds keys and states, never the text of a statement."""

    class Verb(models.TextChoices):
        """The kinds of event."""

        CUT = "cut", "klippte ut en utsaga"
        CONFIRM = "confirm", "bekräftade maskningen"
        QUARANTINE = "quarantine", "lade i karantän"
        SET_ASIDE = "set_aside", "lade åt sidan"
        REOPEN = "reopen", "öppnade för granskning igen"
        FINISH = "finish", "gick igenom hela texten"
        ATTACH = "attach", "kopplade"
        DETACH = "detach", "kopplade bort"
        CREATE = "create", "formulerade perspektivet"
        EDIT = "edit", "ändrade"
        MERGE = "merge", "slog ihop"
        SPLIT = "split", "delade"
        RETIRE = "retire", "tog bort"
        RESTORE = "restore", "tog tillbaka"
        OPPOSE = "oppose", "ställde mot"
        UNOPPOSE = "unoppose", "tog bort motsatsen"
        PLACE = "place", "lade i tema"
        UNPLACE = "unplace", "tog ut ur tema"
        AGREE = "agree", "höll med vid stickprov"
        DISAGREE = "disagree", "höll inte med vid stickprov"

    UNDOABLE = (
        Verb.CUT,
        Verb.CONFIRM,
        Verb.QUARANTINE,
        Verb.SET_ASIDE,
        Verb.REOPEN,
        Verb.FINISH,
        Verb.ATTACH,
        Verb.DETACH,
        Verb.CREATE,
        Verb.MERGE,
        Verb.SPLIT,
        Verb.RETIRE,
    )

    collaboration = models.ForeignKey(
        Collaboration, models.CASCADE, related_name="coding_events", help_text="Samverkan."
    )
    verb = models.CharField(
        "handling", max_length=24, choices=Verb.choices, help_text="Till exempel attach, confirm, merge."
    )
    statement = models.ForeignKey(
        Statement, models.SET_NULL, null=True, blank=True, related_name="events", help_text="Utsagan det gällde."
    )
    perspective = models.ForeignKey(
        Perspective, models.CASCADE, null=True, blank=True, related_name="events", help_text="Perspektivet det gällde."
    )
    details: "models.JSONField[Any, Any]" = models.JSONField(
        "detaljer", default=dict, blank=True, help_text="Nycklar och lägen som behövs för att ångra; aldrig någons ord."
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem.")
    at = models.DateTimeField("när", default=timezone.now, help_text="När.")
    undone_at = models.DateTimeField("ångrad", null=True, blank=True, help_text="När handlingen ångrades.")

    objects = CodingEventQuerySet.as_manager()

    class Meta:
        verbose_name = "kodningshändelse"
        verbose_name_plural = "kodningshändelser"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["by", "-at"], name="coding_events_by_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    verb__in=[
                        "cut",
                        "confirm",
                        "quarantine",
                        "set_aside",
                        "reopen",
                        "finish",
                        "attach",
                        "detach",
                        "create",
                        "edit",
                        "merge",
                        "split",
                        "retire",
                        "restore",
                        "oppose",
                        "unoppose",
                        "place",
                        "unplace",
                        "agree",
                        "disagree",
                    ]
                ),
                name="coding_verb_is_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} {self.at:%Y-%m-%d %H:%M}"

    @property
    def sentence(self) -> str:
        """The event in Swedish, with the perspective if any: «kopplade – Vi som vill se vägen».."""
        about = f" – {self.perspective}" if self.perspective_id else ""
        return f"{self.get_verb_display()}{about}"
