"""One body's part of a decision, in its own form. Answers are never overwritten, and keep the names of their day."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from actors.models import Collaboration, Mandate, Organisation, User
from actors.models.mandates import MandateQuerySet
from actors.models.membership import belongs_there
from actors.rules.mandates import MandateScope
from dialogue.models.decisions.decision import Decision
from dialogue.rules.decisions import (
    AT_A_MEETING,
    GIVEN,
    OPEN,
    OPEN_OUTCOMES,
    SCOPES,
    FormOfDecision,
    PartState,
    forms_covered,
)

# The path from a part to its collaboration.
COLLABORATION = "decision__dialogue__collaboration"


class PartDecisionQuerySet(models.QuerySet["PartDecision"]):
    """Parts by whether they are answered, and by who may answer or read them."""

    def open(self) -> "PartDecisionQuerySet":
        """Those that are not answered and whose answer is still needed."""
        return self.filter(answer__in=OPEN, decision__outcome__in=OPEN_OUTCOMES)

    def of_bodies_of(self, user: User) -> "PartDecisionQuerySet":
        """Those asked of a body that this person belongs to in that collaboration (`belongs_there`)."""
        return self.filter(belongs_there(user, organisation="organisation", collaboration=COLLABORATION))

    def awaiting(self, user: User) -> "PartDecisionQuerySet":
        """Those that this person may answer now: her mandate is in force there, and covers the body's form."""
        return self.open().answerable_by(user)

    def answerable_by(self, user: User) -> "PartDecisionQuerySet":
        """Those that this person may answer for the body, answered or not; not what she moved to it herself."""
        return self.answerable_under(Mandate.objects.filter(person=user)).exclude(movers=user)

    def answerable_under(self, mandates: MandateQuerySet) -> "PartDecisionQuerySet":
        """Those that one of these mandates, in force today for the body and the collaboration, covers."""
        return self.filter(self.covered_by(mandates))

    @staticmethod
    def covered_by(mandates: MandateQuerySet) -> Q:
        """Whether one of these mandates covers the part, in force today for its body and its collaboration."""
        there = mandates.in_force().filter(organisation=OuterRef("organisation"), collaboration=OuterRef(COLLABORATION))
        covered = (Q(Exists(there.covering(scope)), form__in=forms_covered([scope])) for scope in MandateScope)
        return reduce(or_, covered)

    def shown_to(self, user: User) -> "PartDecisionQuerySet":
        """Those that this person may read: of her bodies, and of the collaborations she coordinates."""
        hers = belongs_there(user, organisation="organisation", collaboration=COLLABORATION)
        coordinated = Collaboration.objects.coordinated_by(user)
        return self.filter(hers | Q(decision__dialogue__collaboration__in=coordinated))


class PartDecision(models.Model):
    """One body's part of a decision, in its own form. An answer is not changed: a reconsideration is a new decision."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="parts", help_text="Helheten.")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="part_decisions", help_text="Den som ska svara."
    )
    form = models.CharField("form", max_length=12, choices=FormOfDecision.choices, help_text="Hur den fattar beslut.")
    answer = models.CharField(
        "svar", max_length=12, choices=PartState.choices, default=PartState.REQUESTED, help_text="Hur långt den kommit."
    )
    due_on = models.DateField("svar senast", null=True, blank=True, help_text="När svaret behövs.")
    held_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Den på organisationen som har frågan."
    )
    movers = models.ManyToManyField(
        User,
        blank=True,
        related_name="+",
        help_text="De som har flyttat frågan mellan organisationer. Ingen av dem svarar.",
    )
    meets_on = models.DateField("tas upp den", null=True, blank=True, help_text="Mötet där frågan ska tas upp.")
    instance = models.CharField("instans", max_length=160, blank=True, help_text="Nämnden, styrelsen eller chefen.")
    paragraph = models.CharField("paragraf", max_length=20, blank=True, help_text="§ i protokollet.")
    registry_number = models.CharField("diarienummer", max_length=60, blank=True, help_text="Dnr hos organisationen.")
    delegation_item = models.CharField("punkt i delegationsordningen", max_length=60, blank=True, help_text="Stödet.")
    decided_on = models.DateField("beslutsdag", null=True, blank=True, help_text="Dagen organisationen beslutade.")
    motivation = models.TextField("motivering", blank=True, help_text="Varför, så att en boende förstår.")
    conditions = models.TextField("villkor", blank=True, help_text="Vad som ska vara uppfyllt.")
    reservations = models.TextField("reservationer", blank=True, help_text="De som inte höll med i nämnden.")
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Vem som godkände eller registrerade."
    )
    answered_as = models.CharField("svarade som", max_length=120, blank=True, help_text="Organisationens namn då.")
    answered_as_short = models.CharField("svarade kort som", max_length=40, blank=True, help_text="Dess korta namn då.")
    answerer_name = models.CharField("den som svarade", max_length=254, blank=True, help_text="Personens namn då.")
    mandate_confirmed_by = models.CharField(
        "mandatet bekräftat av", max_length=254, blank=True, help_text="Adressen eller kollegans namn då."
    )
    answered_at = models.DateTimeField("besvarat", null=True, blank=True, help_text="När svaret skrevs in.")
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, null=True, blank=True, related_name="+", help_text="Mandatet som svaret gavs under."
    )
    from_before_mandates = models.BooleanField(
        "från före mandaten", default=False, help_text="Svaret gavs innan organisationer bekräftade mandat här."
    )
    reminded_at = models.DateTimeField("påmind", null=True, blank=True, help_text="När en påminnelse gick före dagen.")
    overdue_told_at = models.DateTimeField("försenad", null=True, blank=True, help_text="När vi sa att dagen passerat.")

    objects = PartDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "delbeslut"
        verbose_name_plural = "delbeslut"
        ordering = ["organisation__name"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "organisation"], name="one_part_per_body"),
            models.CheckConstraint(condition=Q(form__in=FormOfDecision.values), name="part_form_is_known"),
            models.CheckConstraint(condition=Q(answer__in=PartState.values), name="part_answer_is_known"),
            models.CheckConstraint(
                condition=Q(answer__in=OPEN, answered_by__isnull=True, answered_at__isnull=True)
                | Q(answer__in=GIVEN, answered_by__isnull=False, answered_at__isnull=False, decided_on__isnull=False),
                name="part_answered_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(answer__in=OPEN, mandate__isnull=True)
                | Q(answer__in=GIVEN, mandate__isnull=False, from_before_mandates=False)
                | Q(answer__in=GIVEN, mandate__isnull=True, from_before_mandates=True),
                name="part_answered_under_a_mandate",
            ),
            models.CheckConstraint(
                condition=Q(answer__in=OPEN, answered_as="", answered_as_short="", answerer_name="")
                | Q(answer__in=GIVEN) & ~Q(answered_as="") & ~Q(answered_as_short="") & ~Q(answerer_name=""),
                name="part_answered_under_names",
            ),
            models.CheckConstraint(
                condition=~Q(answer__in=[PartState.REFUSED, PartState.SENT_BACK]) | ~Q(motivation=""),
                name="part_refused_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}: {self.decision}"

    def get_absolute_url(self) -> str:
        """The page where the body answers."""
        return reverse("part-decision", args=[self.pk])

    @property
    def body(self) -> str:
        """The body's name: of the day it answered, or today's."""
        return self.answered_as or self.organisation.name

    @property
    def body_now(self) -> str:
        """What the body is called today, if it has another name since it answered; else empty."""
        return "" if self.organisation.name == self.body else self.organisation.name

    @property
    def body_short(self) -> str:
        """The body's short name: of the day it answered, or today's."""
        return self.answered_as_short or self.organisation.short_name

    def freeze_names(self, answerer: User) -> None:
        """Note what the body and the person who answers are called now. Does not save."""
        self.answered_as, self.answered_as_short = self.organisation.name, self.organisation.short_name
        self.answerer_name = str(answerer)
        self.mandate_confirmed_by = self.mandate.confirmed_by_whom if self.mandate else ""

    @property
    def scope(self) -> MandateScope:
        """What a mandate must cover to answer in the body's form."""
        return SCOPES[FormOfDecision(self.form)]

    @property
    def is_at_a_meeting(self) -> bool:
        """Whether it is decided at a meeting of politicians or a board, and an official registers it."""
        return self.form in AT_A_MEETING

    @property
    def is_open(self) -> bool:
        """Whether an answer is awaited."""
        return self.answer in OPEN and self.decision.outcome in OPEN_OUTCOMES

    @property
    def is_begun(self) -> bool:
        """Whether the body has said anything yet: that it prepares its answer, or the answer."""
        return self.answer != PartState.REQUESTED

    @property
    def is_overdue(self) -> bool:
        """Whether the due date has passed without an answer."""
        return self.is_open and self.due_on is not None and self.due_on < timezone.localdate()
