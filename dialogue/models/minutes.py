"""The agenda of a meeting and the items of its minutes, with every wording of each item."""

import uuid
from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.utils import timezone

from actors.models import User
from dialogue.models.activities.activity import Commitment
from dialogue.models.issue import Issue
from dialogue.models.meeting import Meeting
from dialogue.models.proposal import Proposal
from dialogue.models.working_group import Seat


class AgendaPoint(models.Model):
    """A point on the agenda, with the issue, proposal or commitment it is about, if any."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda", help_text="Mötet.")
    position = models.PositiveSmallIntegerField("ordning", default=0, help_text="Plats på dagordningen.")
    text = models.CharField("punkt", max_length=240, help_text="Vad punkten gäller. Inga namn.")
    issue = models.ForeignKey(
        Issue, models.PROTECT, null=True, blank=True, related_name="+", help_text="Sakfrågan, när det gäller en."
    )
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, null=True, blank=True, related_name="+", help_text="Förslaget, när det gäller ett."
    )
    commitment = models.ForeignKey(
        Commitment, models.PROTECT, null=True, blank=True, related_name="+", help_text="En parts åtagande."
    )
    promise = models.ForeignKey(
        "dialogue.MinuteItem",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Ett åtagande från ett tidigare möte.",
    )
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som skrev punkten.")

    class Meta:
        verbose_name = "punkt på dagordningen"
        verbose_name_plural = "punkter på dagordningen"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class MinuteItemQuerySet(models.QuerySet["MinuteItem"]):
    """Items by kind and state."""

    def standing(self) -> "MinuteItemQuerySet":
        """Those that are not struck out."""
        return self.filter(removed_at__isnull=True)

    def told_by(self, user: User) -> "MinuteItemQuerySet":
        """Those whose outcome this person may tell or read: what she took upon herself, and where she coordinates."""
        hers = self.held_by_seats(Seat.objects.held_by(user))
        return self.filter(Q(pk__in=hers.values("pk")) | Q(meeting__in=Meeting.objects.coordinated_by(user)))

    def held_by_seats(self, seats: "models.QuerySet[Seat] | Iterable[Seat]") -> "MinuteItemQuerySet":
        """Those that these seats have now: handed over to them, or made by them and kept."""
        return self.filter(Q(handover__seat__in=seats) | Q(handover__isnull=True, owner__in=seats))

    def open_promises(self) -> "MinuteItemQuerySet":
        """Promises made at a meeting whose outcome is not registered."""
        return self.standing().filter(kind=MinuteItem.Kind.PROMISE, outcome__isnull=True)


class MinuteItem(models.Model):
    """An item of the minutes: a note, a proposal, or a promise with owner and date. Struck out rather than deleted."""

    class Kind(models.TextChoices):
        """The kinds of items."""

        NOTE = "note", "anteckning"
        PROPOSAL = "proposal", "förslag"
        PROMISE = "promise", "åtagande"

    id = models.UUIDField(
        primary_key=True, default=uuid.uuid4, help_text="Given av den som skriver, så att samma rad sparas en gång."
    )
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items", help_text="Mötet.")
    point = models.ForeignKey(
        AgendaPoint, models.PROTECT, null=True, blank=True, related_name="items", help_text="Punkten på dagordningen."
    )
    position = models.PositiveIntegerField("ordning", default=0, help_text="Plats i protokollet.")
    kind = models.CharField("slag", max_length=8, choices=Kind.choices, default=Kind.NOTE, help_text="Vad raden är.")
    text = models.TextField("text", blank=True, help_text="Vad som sades. Inga namn.")
    is_inner = models.BooleanField(
        "bara för gruppen", default=False, help_text="Står i gruppens protokoll men inte i det som alla läser."
    )
    issue = models.ForeignKey(
        Issue, models.PROTECT, null=True, blank=True, related_name="+", help_text="Sakfrågan, när raden gäller en."
    )
    owner = models.ForeignKey(
        Seat, models.PROTECT, null=True, blank=True, related_name="promises", help_text="Vem som tog på sig det."
    )
    due_on = models.DateField("senast", null=True, blank=True, help_text="Dagen det ska vara gjort.")
    proposal = models.OneToOneField(
        Proposal, models.PROTECT, null=True, blank=True, related_name="born_in", help_text="Utkastet raden blev."
    )
    beside = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Raden som någon annan skrev i samtidigt; båda texterna finns kvar tills någon väljer.",
    )
    version = models.PositiveIntegerField("version", default=1, help_text="Räknas upp vid varje ändring.")
    edited_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som skrev senast.")
    edited_at = models.DateTimeField("ändrad", default=timezone.now, help_text="När den skrevs senast.")
    removed_at = models.DateTimeField("struken", null=True, blank=True, help_text="När raden ströks.")

    objects = MinuteItemQuerySet.as_manager()

    class Meta:
        verbose_name = "rad i protokoll"
        verbose_name_plural = "rader i protokoll"
        ordering = ["position", "edited_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["note", "proposal", "promise"]), name="minute_item_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def holder(self) -> Seat | None:
        """The seat that has the promise now. The minutes keep the one that made it (`owner`)."""
        handover: PromiseHandover | None = getattr(self, "handover", None)
        return handover.seat if handover else self.owner


class PromiseHandover(models.Model):
    """Who has a promise since the seat that made it was left. The group's events tell who had it in between."""

    item = models.OneToOneField(MinuteItem, models.CASCADE, related_name="handover", help_text="Åtagandet.")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+", help_text="Platsen som har det nu.")
    on = models.DateField("den", default=timezone.localdate, help_text="Dagen.")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som skrev in det.")

    class Meta:
        verbose_name = "överlämnat åtagande"
        verbose_name_plural = "överlämnade åtaganden"

    def __str__(self) -> str:
        return f"{self.item}: {self.seat}"


class ItemWording(models.Model):
    """A wording of an item at some time. Never edited, so that nothing that was written is lost."""

    item = models.ForeignKey(MinuteItem, models.CASCADE, related_name="wordings", help_text="Raden.")
    version = models.PositiveIntegerField("version", help_text="Vilken i ordningen.")
    text = models.TextField("text", blank=True, help_text="Så löd den.")
    kind = models.CharField("slag", max_length=8, choices=MinuteItem.Kind.choices, help_text="Vad raden var.")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som skrev.")
    at = models.DateTimeField("när", default=timezone.now, help_text="När.")

    class Meta:
        verbose_name = "lydelse"
        verbose_name_plural = "lydelser"
        ordering = ["version", "pk"]
        constraints = [models.UniqueConstraint(fields=["item", "version"], name="wording_versions_differ")]

    def __str__(self) -> str:
        return self.text[:80]


class PromiseOutcome(models.Model):
    """What became of a promise made at a meeting. Registered once, by its owner or the coordinator."""

    class Became(models.TextChoices):
        """Whether it was kept."""

        KEPT = "kept", "gjort"
        DROPPED = "dropped", "blev inte av"

    item = models.OneToOneField(MinuteItem, models.CASCADE, related_name="outcome", help_text="Åtagandet.")
    became = models.CharField("hur det gick", max_length=8, choices=Became.choices, help_text="Gjort eller inte.")
    words = models.TextField("kommentar", blank=True, help_text="Vad som hände. Inga namn.")
    on = models.DateField("den", default=timezone.localdate, help_text="Dagen.")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som skrev in det.")

    class Meta:
        verbose_name = "utfall av åtagande"
        verbose_name_plural = "utfall av åtaganden"
        constraints = [
            models.CheckConstraint(condition=Q(became__in=["kept", "dropped"]), name="promise_outcome_is_known"),
            models.CheckConstraint(condition=Q(became="kept") | ~Q(words=""), name="dropped_promise_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.get_became_display()}"
