"""Activities, and the commitments of bodies to take part in them."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from actors.models import Collaboration, FocusArea, Mandate, Organisation, RegistryAddressChange, User
from actors.models.membership import belongs_there
from actors.rules.mandates import MandateScope
from dialogue.models.decisions.decision import Decision
from dialogue.models.dialogue import Dialogue
from dialogue.models.issue import Issue
from dialogue.models.round import Round
from dialogue.rules.activities import ENDS, EVER_ACCEPTED, NEVER_STARTED, REPLIED, ActivityState, Part, Reply
from ostberga.lib.periods import Period, Precision

# The path from a commitment to its collaboration.
COLLABORATION = "activity__dialogue__collaboration"


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Activities as different people see them."""

    def public(self) -> "ActivityQuerySet":
        """Those that residents may read: in public issues, and begun or once with an accepted lead.

        An activity whose lead has left is still shown.
        """
        led = Q(commitments__part=Part.LEAD, commitments__reply__in=EVER_ACCEPTED)
        return self.filter(led | ~Q(state=ActivityState.PLANNED), issue__in=Issue.objects.public()).distinct()

    def coordinated_by(self, user: User) -> "ActivityQuerySet":
        """Those of dialogues that this person coordinates."""
        return self.filter(dialogue__collaboration__in=Collaboration.objects.coordinated_by(user))

    def read_by(self, user: User) -> "ActivityQuerySet":
        """Those of dialogues that this person may read about as the coordinator does."""
        return self.filter(dialogue__in=Dialogue.objects.read_by(user))

    def led_on_mandate_of(self, user: User) -> "ActivityQuerySet":
        """Those that a body has accepted to lead, where this person's mandate in force covers its commitments."""
        leads = Commitment.objects.answerable_by(user).filter(part=Part.LEAD, reply=Reply.ACCEPTED)
        return self.filter(pk__in=leads.values("activity"))

    def run_by(self, user: User) -> "ActivityQuerySet":
        """Those that this person may start, report on and end: for a body that leads them, or as coordinator."""
        return self.filter(Q(pk__in=self.led_on_mandate_of(user)) | Q(pk__in=self.coordinated_by(user)))

    def told_of_by(self, user: User) -> "ActivityQuerySet":
        """Those whose news this person may tell: whoever runs them, and communicators there."""
        told = Dialogue.objects.texts_written_by(user)
        return self.filter(Q(pk__in=self.run_by(user)) | Q(dialogue__in=told))


class Activity(models.Model):
    """Dated work under a decision. Nobody is assigned: a body leads it because it accepted when asked."""

    dialogue = models.ForeignKey(Dialogue, models.PROTECT, related_name="activities", help_text="Dialogen.")
    issue = models.ForeignKey(Issue, models.PROTECT, related_name="activities", help_text="Sakfrågan den svarar på.")
    round = models.ForeignKey(Round, models.PROTECT, related_name="activities", help_text="Omgången.")
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="activities", help_text="Beslutet den vilar på."
    )
    focus_area = models.ForeignKey(
        FocusArea, models.PROTECT, null=True, blank=True, related_name="activities", help_text="Fokusområdet i planen."
    )
    title = models.JSONField("rubrik", default=dict, help_text="Vad som görs, i några ord per språk.")
    description = models.JSONField("beskrivning", default=dict, blank=True, help_text="Vad det innebär, per språk.")
    place = models.CharField("plats", max_length=160, blank=True, help_text="Var i området.")
    start = models.DateField("början", help_text="Första dagen, så exakt som den är känd.")
    end = models.DateField("slut", null=True, blank=True, help_text="Sista dagen; tomt: tills vidare.")
    precision = models.CharField(
        "noggrannhet",
        max_length=10,
        choices=Precision.choices,
        default=Precision.MONTH,
        help_text="Hur exakt tiden är.",
    )
    state = models.CharField(
        "läge", max_length=12, choices=ActivityState.choices, default=ActivityState.PLANNED, help_text="Hur det går."
    )
    started_under = models.ForeignKey(
        Decision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="started",
        help_text="Beslutet som gällde när den började; utan det kan den inte börja.",
    )
    outcome = models.JSONField(
        "hur det gick", default=dict, blank=True, help_text="Resultatet eller lärdomen, per språk. Krävs vid slutet."
    )
    carried_on_by = models.CharField(
        "förvaltas av", max_length=160, blank=True, help_text="Den ordinarie verksamhet som tagit över."
    )
    ended_on = models.DateField("slutade", null=True, blank=True, help_text="Dagen den avslutades.")
    concern = models.TextField(
        "att se över",
        blank=True,
        help_text="Varför tiden eller grunden behöver ses över, till exempel ett sent beslut.",
    )
    planned_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som lade in aktiviteten.")
    planned_at = models.DateTimeField("inlagd", default=timezone.now, help_text="När den lades in.")
    alarmed_at = models.DateTimeField("tystnad", null=True, blank=True, help_text="När vi frågade varför det är tyst.")

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = "aktivitet"
        verbose_name_plural = "aktiviteter"
        ordering = ["start", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ActivityState.values), name="activity_state_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=NEVER_STARTED) | Q(started_under__isnull=False),
                name="activity_started_under_a_decision",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=ENDS) | (Q(ended_on__isnull=False) & ~Q(outcome={})),
                name="activity_ended_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(state=ActivityState.HANDED_OVER) | ~Q(carried_on_by=""),
                name="activity_handed_over_to_someone",
            ),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=models.F("start")), name="activity_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(precision__in=Precision.values), name="activity_precision_is_known"),
        ]

    def __str__(self) -> str:
        return str(self.title.get("sv", ""))

    @property
    def period(self) -> Period:
        """Its period, as exactly as it is known."""
        return Period(self.start, self.end, Precision(self.precision))

    @property
    def latest_pause(self) -> models.Model | None:
        """The event that told of its pause, while it pauses. No query when its events are prefetched."""
        paused = [event for event in self.events.all() if event.state == ActivityState.PAUSED]
        return paused[-1] if paused and self.state == ActivityState.PAUSED else None

    @property
    def has_ended(self) -> bool:
        """Whether it is in an end state."""
        return self.state in ENDS


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    """Commitments by reply and by body."""

    def open(self) -> "CommitmentQuerySet":
        """Those that await a reply, in activities that have not ended."""
        return self.filter(reply=Reply.ASKED).exclude(activity__state__in=ENDS)

    def accepted(self) -> "CommitmentQuerySet":
        """Those that the body has accepted and not left."""
        return self.filter(reply=Reply.ACCEPTED)

    def promised(self) -> "CommitmentQuerySet":
        """Those that the body has accepted, even if it has left since."""
        return self.filter(reply__in=EVER_ACCEPTED)

    def of_bodies_of(self, user: User) -> "CommitmentQuerySet":
        """Those asked of a body that this person belongs to in that collaboration (`belongs_there`)."""
        return self.filter(belongs_there(user, organisation="organisation", collaboration=COLLABORATION))

    def answerable_by(self, user: User) -> "CommitmentQuerySet":
        """Those that this person may answer or leave for a body: her mandate in force there covers commitments."""
        mandates = Mandate.objects.in_force().covering(MandateScope.COMMITMENTS)
        there = {"organisation": OuterRef("organisation"), "collaboration": OuterRef(COLLABORATION)}
        return self.filter(Exists(mandates.filter(person=user, **there)))

    def leavable_by(self, user: User) -> "CommitmentQuerySet":
        """Those that this person may leave for a body, or note as left: she may answer for it, or coordinates."""
        mine = Activity.objects.coordinated_by(user)
        return self.filter(Q(pk__in=self.answerable_by(user).values("pk")) | Q(activity__in=mine))


# By what right a body replied: exactly one of these.
_UNDER_A_MANDATE = Q(mandate__isnull=False, registry_change__isnull=True, from_before_mandates=False)
_BY_THE_LINK = Q(mandate__isnull=True, replied_by__isnull=True, from_before_mandates=False) & ~Q(sent_to="")
_BEFORE_MANDATES = Q(mandate__isnull=True, registry_change__isnull=True, from_before_mandates=True)


class Commitment(models.Model):
    """A request to a body to lead or take part in an activity. It commits the body only when it has accepted."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="commitments", help_text="Aktiviteten.")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="commitments", help_text="Den som tillfrågas."
    )
    part = models.CharField("del", max_length=8, choices=Part.choices, help_text="Ansvarig eller medverkar.")
    what = models.TextField("vad", blank=True, help_text="Vad organisationen ombeds göra.")
    reply = models.CharField(
        "svar", max_length=10, choices=Reply.choices, default=Reply.ASKED, help_text="Vad organisationen svarat."
    )
    due_on = models.DateField("svar senast", null=True, blank=True, help_text="När svaret behövs.")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som frågade.")
    asked_at = models.DateTimeField("frågad", default=timezone.now, help_text="När frågan ställdes.")
    answer = models.TextField("svarets ord", blank=True, help_text="Skälet till ett nej, eller motbudet.")
    countered_start = models.DateField("hellre från", null=True, blank=True, help_text="Motbudets första dag.")
    replied_at = models.DateTimeField("besvarad", null=True, blank=True, help_text="När svaret kom.")
    replied_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Vem; tomt när svaret kom med länken."
    )
    replied_as = models.CharField(
        "svarade som", max_length=120, blank=True, help_text="Funktion hos den som svarade med länken. Inget namn."
    )
    replied_as_body = models.CharField(
        "svarade i namnet", max_length=120, blank=True, help_text="Organisationens namn när den svarade."
    )
    token_hash = models.CharField(
        max_length=64, blank=True, help_text="Hash av länken; tom när den är använd eller aldrig skickades."
    )
    sent_to = models.EmailField(
        "länken gick till", blank=True, help_text="Adressen som organisationen har bekräftat; tomt utan länk."
    )
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, null=True, blank=True, related_name="+", help_text="Mandatet som svaret gavs under."
    )
    registry_change = models.ForeignKey(
        RegistryAddressChange, models.PROTECT, null=True, blank=True, related_name="+", help_text="Adressens ursprung."
    )
    from_before_mandates = models.BooleanField(
        "från före mandaten", default=False, help_text="Svaret gavs innan organisationer bekräftade mandat här."
    )
    expires_at = models.DateTimeField(
        "länken gäller till", null=True, blank=True, help_text="Därefter öppnar den inget."
    )
    left_at = models.DateTimeField("lämnat", null=True, blank=True, help_text="När ett givet löfte lämnades.")
    left_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Vem som skrev in att det lämnades."
    )
    left_reason = models.TextField("varför det lämnades", blank=True, help_text="Skälet. Visas för boende.")

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = "åtagande"
        verbose_name_plural = "åtaganden"
        ordering = ["part", "organisation__name", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(part__in=Part.values), name="commitment_part_is_known"),
            models.CheckConstraint(condition=Q(reply__in=Reply.values), name="commitment_reply_is_known"),
            models.UniqueConstraint(
                fields=["activity"], condition=Q(part=Part.LEAD, reply=Reply.ACCEPTED), name="one_lead_per_activity"
            ),
            models.UniqueConstraint(
                fields=["activity", "organisation"],
                condition=Q(reply__in=[Reply.ASKED, Reply.ACCEPTED]),
                name="asked_once_at_a_time",
            ),
            models.UniqueConstraint(fields=["token_hash"], condition=~Q(token_hash=""), name="commitment_links_differ"),
            models.CheckConstraint(
                condition=Q(reply__in=[Reply.ASKED, Reply.WITHDRAWN]) | Q(replied_at__isnull=False),
                name="commitment_replied_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(reply=Reply.ASKED, mandate__isnull=True, from_before_mandates=False)
                | Q(reply=Reply.WITHDRAWN)
                | Q(reply__in=REPLIED) & (_UNDER_A_MANDATE | _BY_THE_LINK | _BEFORE_MANDATES),
                name="commitment_replied_with_a_right",
            ),
            models.CheckConstraint(
                condition=~Q(reply__in=REPLIED) | ~Q(replied_as_body=""), name="commitment_replied_under_a_name"
            ),
            models.CheckConstraint(
                condition=~Q(reply__in=[Reply.DECLINED, Reply.COUNTERED]) | ~Q(answer=""),
                name="commitment_declined_with_words",
            ),
            models.CheckConstraint(
                condition=Q(reply=Reply.LEFT, left_at__isnull=False, left_by__isnull=False) & ~Q(left_reason="")
                | ~Q(reply=Reply.LEFT) & Q(left_at__isnull=True, left_by__isnull=True, left_reason=""),
                name="commitment_left_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.activity}"

    @property
    def body(self) -> str:
        """The body's name: of the day it replied, or today's."""
        return self.replied_as_body or self.organisation.name

    @property
    def body_now(self) -> str:
        """What the body is called today, if it has another name since it replied; else empty."""
        return "" if self.organisation.name == self.body else self.organisation.name
