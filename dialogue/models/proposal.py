"""Proposals of working groups, the perspectives they answer or go against, who must decide, and positions on them."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from actors.models import Collaboration, Organisation, User
from dialogue.models.dialogue import Dialogue
from dialogue.models.issue import Issue
from dialogue.models.meeting import Meeting
from dialogue.models.round import Round
from dialogue.models.working_group import Seat, WorkingGroup
from dialogue.rules.activities import CostBand, Effect
from dialogue.rules.decisions import FormOfDecision
from dialogue.rules.shown_positions import Stance
from ostberga.lib.privacy.encrypted import EncryptedTextField
from surveys.models import Perspective


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Proposals by state, and by who sees them."""

    def standing(self) -> "ProposalQuerySet":
        """Those that a group stands behind and has not withdrawn."""
        return self.filter(stands_since__isnull=False, withdrawn_at__isnull=True)

    def with_open_positions(self) -> "ProposalQuerySet":
        """Those with positions that are not settled, and these with them."""
        return self.filter(open_positions__isnull=False).select_related("open_positions", "position_key")

    def coordinated_by(self, user: User) -> "ProposalQuerySet":
        """Those of dialogues that this person coordinates."""
        return self.filter(issue__dialogue__collaboration__in=Collaboration.objects.coordinated_by(user))

    def read_by(self, user: User) -> "ProposalQuerySet":
        """Those of dialogues that this person may read about as the coordinator does."""
        return self.filter(issue__dialogue__in=Dialogue.objects.read_by(user))


class Proposal(models.Model):
    """Something a group wants done about an issue. A draft until the group stands behind it."""

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="proposals", help_text="Sakfrågan.")
    round = models.ForeignKey(Round, models.PROTECT, related_name="proposals", help_text="Omgången.")
    group = models.ForeignKey(WorkingGroup, models.PROTECT, related_name="proposals", help_text="Gruppen som föreslår.")
    title = models.JSONField("rubrik", default=dict, help_text="Förslaget i några ord, per språk.")
    what = models.JSONField("vad som ska göras", default=dict, help_text="Vad som måste hända, per språk.")
    place = models.CharField("plats", max_length=160, blank=True, help_text="Var i området.")
    cost = models.CharField(
        "kostnad", max_length=10, choices=CostBand.choices, default=CostBand.UNKNOWN, help_text="Ungefär."
    )
    effect = models.CharField(
        "verkan",
        max_length=10,
        choices=Effect.choices,
        default=Effect.UNKNOWN,
        help_text="När det är tänkt att märkas.",
    )
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som skrev in förslaget.")
    written_at = models.DateTimeField("inskrivet", default=timezone.now, help_text="När det skrevs in.")
    stands_since = models.DateField(
        "gruppen står bakom", null=True, blank=True, help_text="Dagen gruppen ställde sig bakom förslaget."
    )
    agreed_at = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="proposals", help_text="Mötet där det skedde."
    )
    dissent = models.TextField(
        "nej-röster", blank=True, help_text="De som inte höll med, och varför. «Ingen» om ingen."
    )
    withdrawn_at = models.DateTimeField("återtaget", null=True, blank=True, help_text="När förslaget togs tillbaka.")
    withdrawn_reason = models.TextField("varför återtaget", blank=True, help_text="Skälet, som det visas offentligt.")
    perspectives: "models.ManyToManyField[Perspective, ProposalPerspective]" = models.ManyToManyField(
        Perspective, through="ProposalPerspective", related_name="proposals", help_text="Perspektiven det rör."
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "förslag"
        verbose_name_plural = "förslag"
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stands_since__isnull=True, agreed_at__isnull=True)
                | (Q(stands_since__isnull=False, agreed_at__isnull=False) & ~Q(dissent="")),
                name="proposal_stands_by_a_meeting_with_dissent_told",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""), name="proposal_withdrawn_with_reason"
            ),
            models.CheckConstraint(condition=Q(cost__in=CostBand.values), name="proposal_cost_is_known"),
            models.CheckConstraint(condition=Q(effect__in=Effect.values), name="proposal_effect_is_known"),
        ]

    def __str__(self) -> str:
        return str(self.title.get("sv", ""))

    @property
    def is_draft(self) -> bool:
        """Whether it may still be edited."""
        return self.stands_since is None and self.withdrawn_at is None

    @property
    def settled_in_words(self) -> str:
        """Why it is no draft any more, and since when; empty for a draft."""
        if self.withdrawn_at is not None:
            day = date_format(timezone.localtime(self.withdrawn_at), "j F Y")
            return f"Förslaget togs tillbaka {day}: «{self.withdrawn_reason.rstrip('.')}»."
        return f"Gruppen står bakom förslaget sedan {date_format(self.stands_since)}." if self.stands_since else ""

    @property
    def has_objections(self) -> bool:
        """Whether some settled position is an objection. One query, none when the positions are prefetched."""
        return any(position.stance == Stance.OBJECTION for position in self.positions.all())

    @property
    def has_positions(self) -> bool:
        """Whether somebody has taken a position, settled or not."""
        return hasattr(self, "open_positions") or self.positions.exists()


class ProposalPerspective(models.Model):
    """Links a proposal to a perspective that it answers or goes against."""

    class Side(models.TextChoices):
        """Whether the proposal answers the perspective or goes against it."""

        ANSWERS = "answers", _("svarar mot")
        AGAINST = "against", _("går emot")

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="sides", help_text="Förslaget.")
    perspective = models.ForeignKey(Perspective, models.PROTECT, related_name="+", help_text="Perspektivet.")
    side = models.CharField("sida", max_length=8, choices=Side.choices, help_text="Svarar mot eller går emot.")

    class Meta:
        verbose_name = "perspektiv i förslag"
        verbose_name_plural = "perspektiv i förslag"
        constraints = [
            models.UniqueConstraint(fields=["proposal", "perspective"], name="perspective_once_in_proposal"),
            models.CheckConstraint(condition=Q(side__in=["answers", "against"]), name="proposal_side_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} {self.get_side_display()} {self.perspective}"


class Decider(models.Model):
    """A body that must decide before the proposal can be carried out, and in which form."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="deciders", help_text="Förslaget.")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", help_text="Organisationen.")
    form = models.CharField("form", max_length=12, choices=FormOfDecision.choices, help_text="Hur den fattar beslut.")

    class Meta:
        verbose_name = "beslutar om förslag"
        verbose_name_plural = "beslutar om förslag"
        ordering = ["organisation__name"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "organisation"], name="decider_once"),
            models.CheckConstraint(condition=Q(form__in=FormOfDecision.values), name="decider_form_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_form_display()}"


class OpenPositions(models.Model):
    """The positions that seats have taken on a proposal so far, sealed. Gone when they are settled."""

    proposal = models.OneToOneField(
        Proposal, models.CASCADE, primary_key=True, related_name="open_positions", help_text="Förslaget."
    )
    sealed = models.BinaryField(
        "förseglat",
        help_text="Vilken plats som sagt vad, krypterat under förslagets nyckel; så långt att längden inget säger.",
    )

    class Meta:
        verbose_name = "öppna ställningstaganden"
        verbose_name_plural = "öppna ställningstaganden"

    def __str__(self) -> str:
        return f"{self.proposal}: ställningstaganden"


class PositionKey(models.Model):
    """The key of a proposal's open positions. It is thrown away when they are settled."""

    proposal = models.OneToOneField(
        Proposal, models.CASCADE, primary_key=True, related_name="position_key", help_text="Förslaget."
    )
    key = EncryptedTextField("nyckel", help_text="Låser ställningstagandena tills gruppen har behandlat förslaget.")

    class Meta:
        verbose_name = "nyckel till ställningstaganden"
        verbose_name_plural = "nycklar till ställningstaganden"

    def __str__(self) -> str:
        return "en nyckel"


class SettledPosition(models.Model):
    """What a seat of a role thought of a proposal that the group has treated. Not a vote. Which seat is not kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False, help_text="Slumpat.")
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="positions", help_text="Förslaget.")
    role = models.CharField("roll", max_length=10, choices=Seat.Role.choices, help_text="Platsens roll.")
    stance = models.CharField(
        "ställningstagande", max_length=10, choices=Stance.choices, help_text="Ja, ja om, eller nej."
    )
    reason = models.TextField("varför", blank=True, help_text="Skälet, som det följer med förslaget. Inga namn.")

    class Meta:
        verbose_name = "ställningstagande"
        verbose_name_plural = "ställningstaganden"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Seat.Role.values), name="settled_position_role_is_known"),
            models.CheckConstraint(condition=Q(stance__in=Stance.values), name="settled_position_stance_is_known"),
            models.CheckConstraint(
                condition=Q(stance=Stance.CONSENT) | ~Q(reason=""), name="settled_position_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.get_stance_display()}"


class MeetingReasons(models.Model):
    """The reasons that were given for and against a proposal at a meeting, as its minutes tell them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False, help_text="Slumpat.")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="reasons", help_text="Mötet.")
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="+", help_text="Förslaget.")
    reasons = models.JSONField(
        "skälen", default=list, help_text="Par av ställningstagande och skäl, i bokstavsordning, utan roll."
    )

    class Meta:
        verbose_name = "skäl vid ett möte"
        verbose_name_plural = "skäl vid ett möte"
        ordering = ["proposal__written_at", "proposal"]
        constraints = [models.UniqueConstraint(fields=["meeting", "proposal"], name="reasons_once_per_meeting")]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.proposal}"


class Prioritisation(models.Model):
    """The order in which a group put its proposals at a meeting, and why. Earlier orders are kept."""

    group = models.ForeignKey(WorkingGroup, models.CASCADE, related_name="orders", help_text="Gruppen.")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="orders", help_text="Mötet där det skedde.")
    reason = models.TextField("varför", help_text="Hur gruppen tänkte. Inga namn.")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som skrev in den.")
    made_at = models.DateTimeField("när", default=timezone.now, help_text="När.")

    class Meta:
        verbose_name = "prioritering"
        verbose_name_plural = "prioriteringar"
        ordering = ["-made_at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="prioritisation_has_reason")]

    def __str__(self) -> str:
        return f"{self.group} {self.made_at:%Y-%m-%d}"


class PrioritisedProposal(models.Model):
    """The place of a proposal in an order."""

    prioritisation = models.ForeignKey(Prioritisation, models.CASCADE, related_name="rows", help_text="Ordningen.")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="+", help_text="Förslaget.")
    position = models.PositiveSmallIntegerField("plats", help_text="Den första är 1.")

    class Meta:
        verbose_name = "prioriterat förslag"
        verbose_name_plural = "prioriterade förslag"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["prioritisation", "proposal"], name="prioritised_once"),
            models.UniqueConstraint(fields=["prioritisation", "position"], name="prioritised_places_differ"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.proposal}"
