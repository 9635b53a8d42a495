"""Log of changes to the collaboration: its partners, people and plan; who made them and when."""

from django.db import models
from django.utils import timezone

from actors.models.collaboration import Collaboration
from actors.models.people import User


class CollaborationEvent(models.Model):
    """A change made by a coordinator, kept for whoever takes over. Never edited."""

    class Kind(models.TextChoices):
        """What was done; the label follows a person's name."""

        JOINED = "joined", "tog med parten"
        LEFT = "left", "noterade att parten lämnar"
        TURNED_TO = "turned_to", "visade som utanför samverkan"
        TURNED_FROM = "turned_from", "slutade visa som utanför samverkan"
        PRESENTED = "presented", "ändrade beskrivningen av"
        ANSWERS_FOR = "answers_for", "skrev in ett ansvarsområde"
        ANSWERS_NO_MORE = "answers_no_more", "tog bort ett ansvarsområde"
        SENT_AGAIN = "sent_again", "skickade en ny inbjudan till"
        WITHDREW = "withdrew", "återkallade inbjudan till"
        APPOINTED = "appointed", "lämnade över ett uppdrag till"
        STEPPED_DOWN = "stepped_down", "avslutade uppdraget som ersättare för"
        PARTED = "parted", "noterade att någon lämnar organisationen"
        DRAFTED = "drafted", "började på planen"
        COPIED = "copied", "gjorde ett utkast till ny version av planen"
        RETITLED = "retitled", "ändrade titel, inledning eller tid för planen"
        WROTE = "wrote", "skrev i planen"
        MOVED = "moved", "ändrade ordningen i planen"
        TOOK_AWAY = "took_away", "tog bort ur planen"
        ADOPTED = "adopted", "noterade att planen är antagen"
        THREW_AWAY = "threw_away", "kastade utkastet till planen"

    collaboration = models.ForeignKey(Collaboration, models.CASCADE, related_name="events", help_text="Samverkan.")
    kind = models.CharField("vad", max_length=16, choices=Kind.choices, help_text="Vad som gjordes.")
    what = models.CharField("närmare", max_length=240, blank=True, help_text="Vem eller vad det gällde.")
    reason = models.CharField("varför", max_length=240, blank=True, help_text="Skälet, där ett sådant skrevs.")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som gjorde det.")
    at = models.DateTimeField("när", default=timezone.now, help_text="När det gjordes.")

    class Meta:
        verbose_name = "händelse i samverkan"
        verbose_name_plural = "händelser i samverkan"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=[
                        *("joined", "left", "turned_to", "turned_from", "presented", "answers_for", "answers_no_more"),
                        *("sent_again", "withdrew", "appointed", "stepped_down", "parted"),
                        *("drafted", "copied", "retitled", "wrote", "moved", "took_away", "adopted", "threw_away"),
                    ]
                ),
                name="collaboration_event_kind_is_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.by} {self.get_kind_display()} {self.what}".strip()


Kind = CollaborationEvent.Kind
# Kinds of events, by the page that shows them.
PARTNERS = frozenset(
    [
        *(Kind.JOINED, Kind.LEFT, Kind.TURNED_TO, Kind.TURNED_FROM),
        *(Kind.PRESENTED, Kind.ANSWERS_FOR, Kind.ANSWERS_NO_MORE),
    ]
)
PEOPLE = frozenset([Kind.SENT_AGAIN, Kind.WITHDREW, Kind.APPOINTED, Kind.STEPPED_DOWN, Kind.PARTED])
PLAN = frozenset(Kind) - PARTNERS - PEOPLE


def record_event(collaboration: Collaboration, kind: Kind, *, by: User, what: object = "", reason: str = "") -> None:
    """Log a change, in the caller's transaction."""
    CollaborationEvent.objects.create(
        collaboration=collaboration, kind=kind, by=by, what=str(what)[:240], reason=reason[:240]
    )


def list_events(collaboration: Collaboration, kinds: frozenset[Kind]) -> "models.QuerySet[CollaborationEvent]":
    """The latest 50 events of these kinds, newest first."""
    return collaboration.events.filter(kind__in=kinds).select_related("by")[:50]
