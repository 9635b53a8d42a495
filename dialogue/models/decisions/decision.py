"""Decisions and agreements as a whole; each body answers its own part (`part_decision`)."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.models import Collaboration, User
from dialogue.models.dialogue import Dialogue
from dialogue.models.issue import Issue
from dialogue.models.proposal import Proposal
from dialogue.models.round import Round
from dialogue.rules.decisions import DecisionKind, DecisionOutcome, PartState


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions by whether they are in force, and by who sees them."""

    def in_force(self, day: dt.date | None = None) -> "DecisionQuerySet":
        """Those in force on a day: all bodies have approved, and the day is within their validity."""
        day = day or timezone.localdate()
        begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
        return self.filter(
            begun, Q(valid_until__isnull=True) | Q(valid_until__gte=day), outcome=DecisionOutcome.IN_FORCE
        )

    def coordinated_by(self, user: User) -> "DecisionQuerySet":
        """Those of dialogues that this person coordinates."""
        return self.filter(dialogue__collaboration__in=Collaboration.objects.coordinated_by(user))

    def read_by(self, user: User) -> "DecisionQuerySet":
        """Those of dialogues that this person may read about as the coordinator does."""
        return self.filter(dialogue__in=Dialogue.objects.read_by(user))


class Decision(models.Model):
    """What one or several bodies are asked to decide. `outcome` follows from the parts.

    It is set by the modules `answering`, `withdrawing` and `expiring` of decisions.

    It may answer a proposal, or be about something else, such as the joint plan.
    """

    dialogue = models.ForeignKey(Dialogue, models.PROTECT, related_name="decisions", help_text="Dialogen.")
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, null=True, blank=True, related_name="decisions", help_text="Förslaget det svarar på."
    )
    issues: "models.ManyToManyField[Issue, DecidedIssue]" = models.ManyToManyField(
        Issue, through="DecidedIssue", related_name="decisions", help_text="Sakfrågorna det gäller, i sin omgång."
    )
    kind = models.CharField(
        "slag", max_length=10, choices=DecisionKind.choices, help_text="Beslut eller överenskommelse."
    )
    title = models.JSONField("rubrik", default=dict, help_text="Vad det gäller, i några ord per språk.")
    public_text = models.JSONField(
        "med enkla ord", default=dict, blank=True, help_text="Vad det betyder för den som bor här, per språk."
    )
    ask = models.TextField("frågan", blank=True, help_text="Det som organisationerna ombeds ta ställning till.")
    if_yes = models.TextField("om ja", blank=True, help_text="Vad som följer av ett ja.")
    if_no = models.TextField("om nej", blank=True, help_text="Vad som följer av ett nej.")
    outcome = models.CharField(
        "läge",
        max_length=12,
        choices=DecisionOutcome.choices,
        default=DecisionOutcome.PENDING,
        help_text="Följer av delarnas svar.",
    )
    valid_from = models.DateField("gäller från", null=True, blank=True, help_text="Tomt: från det att alla sagt ja.")
    valid_until = models.DateField("gäller till", null=True, blank=True, help_text="Sista dagen; tomt: tills vidare.")
    settled_on = models.DateField("avgjort", null=True, blank=True, help_text="Dagen då helheten blev klar.")
    supersedes = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reconsiderations",
        help_text="Det tidigare beslut som omprövas.",
    )
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som bad om beslutet.")
    requested_at = models.DateTimeField("begärt", default=timezone.now, help_text="När det begärdes.")
    withdrawn_reason = models.TextField(
        "varför frågan togs tillbaka", blank=True, help_text="Samordnarens skäl. Visas för boende."
    )
    told_at = models.DateTimeField("berättat", null=True, blank=True, help_text="När de som följer frågan fick brev.")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "beslut"
        verbose_name_plural = "beslut"
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DecisionKind.values), name="decision_kind_is_known"),
            models.CheckConstraint(condition=Q(outcome__in=DecisionOutcome.values), name="decision_outcome_is_known"),
            models.CheckConstraint(
                condition=Q(outcome=DecisionOutcome.PENDING) | Q(settled_on__isnull=False),
                name="decision_settled_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=models.F("valid_from")),
                name="decision_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=DecisionOutcome.WITHDRAWN) | ~Q(withdrawn_reason=""),
                name="decision_withdrawn_with_reason",
            ),
            models.UniqueConstraint(
                fields=["supersedes"],
                condition=~Q(outcome=DecisionOutcome.WITHDRAWN),
                name="reconsidered_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title.get("sv", ""))

    @property
    def conditions(self) -> list[str]:
        """The conditions on which bodies said yes, in the order of the bodies."""
        return [part.conditions for part in self.parts.all() if part.answer == PartState.CONDITIONS]

    @property
    def agreed_in_words(self) -> str:
        """That it is decided, in the language of the page, before its title. Only for a decision in force."""
        return _("Det är beslutat, med villkor:") if self.conditions else _("Det är beslutat:")

    @property
    def answer_in_words(self) -> str:
        """The answer to those who asked, in the language of the page, before its title. Only for a settled decision."""
        if any(part.answer == PartState.REFUSED for part in self.parts.all()):
            return _("Svaret blev nej:")
        return _("Svaret blev ja, med villkor:") if self.conditions else _("Svaret blev ja:")

    @property
    def reconsidered_by(self) -> "Decision | None":
        """The decision that reconsiders this one, unless it was withdrawn."""
        later = self.reconsiderations.all()
        return next((decision for decision in later if decision.outcome != DecisionOutcome.WITHDRAWN), None)


class DecidedIssue(models.Model):
    """Links a decision to an issue, in one of its rounds."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="about", help_text="Beslutet.")
    issue = models.ForeignKey(Issue, models.PROTECT, related_name="+", help_text="Sakfrågan.")
    round = models.ForeignKey(Round, models.PROTECT, related_name="decided", help_text="Omgången.")

    class Meta:
        verbose_name = "fråga i beslut"
        verbose_name_plural = "frågor i beslut"
        constraints = [models.UniqueConstraint(fields=["decision", "issue"], name="decided_issue_once")]

    def __str__(self) -> str:
        return f"{self.decision} om {self.issue}"
