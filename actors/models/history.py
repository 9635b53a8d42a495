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
        PROPOSED = "proposed", "föreslog"
        UNPROPOSED = "unproposed", "tog tillbaka förslaget om"
        TURNED_DOWN = "turned_down", "sa nej till"
        APPOINTED = "appointed", "utsåg"
        STEPPED_DOWN = "stepped_down", "avslutade uppdraget som ersättare för"
        PARTED = "parted", "noterade att någon lämnar organisationen"
        HELP_GIVEN = "help_given", "gav uppdraget som medhjälpare:"
        HELP_CHANGED = "help_changed", "ändrade tiden för uppdraget:"
        HELP_ENDED = "help_ended", "avslutade uppdraget som medhjälpare:"
        NAME_CORRECTED = "name_corrected", "rättade namnet:"
        TITLE_CHANGED = "title_changed", "ändrade titeln:"
        PLACE_ENDED = "place_ended", "avslutade personens plats i samverkan:"
        MANDATE_ASKED = "mandate_asked", "bad organisationen bekräfta mandatet:"
        MANDATE_GIVEN = "mandate_given", "bekräftade mandatet:"
        MANDATE_REFUSED = "mandate_refused", "sa nej till mandatet:"
        MANDATE_ENDED = "mandate_ended", "avslutade mandatet:"
        REGISTRY_ASKED = "registry_asked", "skrev in en registratorsadress som väntar på bekräftelse:"
        REGISTRY_SET = "registry_set", "satte registratorsadressen:"
        REGISTRY_REFUSED = "registry_refused", "sa nej till registratorsadressen:"
        SUCCESSION_YES = "succession_yes", "bekräftade övertagandet:"
        SUCCESSION_NO = "succession_no", "sa nej till övertagandet:"
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
    by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Vem; tomt när det kom med en länk."
    )
    by_address = models.EmailField(
        "från adressen", blank=True, help_text="Organisationens adress, när det gjordes med länken i ett brev dit."
    )
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
                        *("help_given", "help_changed", "help_ended", "name_corrected", "title_changed", "place_ended"),
                        *("proposed", "unproposed", "turned_down"),
                        *("mandate_asked", "mandate_given", "mandate_refused", "mandate_ended"),
                        *("registry_asked", "registry_set", "registry_refused"),
                        *("succession_yes", "succession_no"),
                        *("drafted", "copied", "retitled", "wrote", "moved", "took_away", "adopted", "threw_away"),
                    ]
                ),
                name="collaboration_event_kind_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(by__isnull=False, by_address="")
                | models.Q(by__isnull=True) & ~models.Q(by_address=""),
                name="collaboration_event_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by_whom} {self.get_kind_display()} {self.what}".strip()

    @property
    def by_whom(self) -> str:
        """The person, or the address whose link was used."""
        return str(self.by) if self.by else self.by_address


Kind = CollaborationEvent.Kind
# Kinds of events, by the page that shows them.
PARTNERS = frozenset(
    [
        *(Kind.JOINED, Kind.LEFT, Kind.TURNED_TO, Kind.TURNED_FROM),
        *(Kind.PRESENTED, Kind.ANSWERS_FOR, Kind.ANSWERS_NO_MORE),
        *(Kind.SUCCESSION_YES, Kind.SUCCESSION_NO),
    ]
)
PEOPLE = frozenset(
    [
        *(Kind.PROPOSED, Kind.UNPROPOSED, Kind.TURNED_DOWN),
        *(Kind.SENT_AGAIN, Kind.WITHDREW, Kind.APPOINTED, Kind.STEPPED_DOWN, Kind.PARTED),
        *(Kind.HELP_GIVEN, Kind.HELP_CHANGED, Kind.HELP_ENDED),
        *(Kind.NAME_CORRECTED, Kind.TITLE_CHANGED, Kind.PLACE_ENDED),
        *(Kind.MANDATE_ASKED, Kind.MANDATE_GIVEN, Kind.MANDATE_REFUSED, Kind.MANDATE_ENDED),
        *(Kind.REGISTRY_ASKED, Kind.REGISTRY_SET, Kind.REGISTRY_REFUSED),
    ]
)
PLAN = frozenset(Kind) - PARTNERS - PEOPLE


def record_event(
    collaboration: Collaboration, kind: Kind, *, by: User | str, what: object = "", reason: str = ""
) -> None:
    """Log a change, in the caller's transaction. `by` is the person, or the address whose link was used."""
    user, address = (None, by) if isinstance(by, str) else (by, "")
    words = {"what": str(what)[:240], "reason": reason[:240]}
    CollaborationEvent.objects.create(collaboration=collaboration, kind=kind, by=user, by_address=address, **words)


def list_events(collaboration: Collaboration, kinds: frozenset[Kind]) -> "models.QuerySet[CollaborationEvent]":
    """The latest 50 events of these kinds, newest first."""
    return collaboration.events.filter(kind__in=kinds).select_related("by")[:50]
