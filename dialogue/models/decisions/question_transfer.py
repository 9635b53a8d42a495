"""A question that went from one body to another: who moved it and why, and what the one who got it said."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.models import BodySuccession, Mandate, Organisation, User
from dialogue.models.decisions.part_decision import PartDecision
from dialogue.rules.decisions import OPEN, OPEN_OUTCOMES, FormOfDecision

_NOT_TAKEN = Q(taken_at__isnull=True, taken_by__isnull=True, taken_from="")
_NOT_RETURNED = Q(returned_at__isnull=True, returned_by__isnull=True, returned_from="", returned_reason="")


class QuestionTransferQuerySet(models.QuerySet["QuestionTransfer"]):
    """Transfers by state."""

    def not_returned(self) -> "QuestionTransferQuerySet":
        """Those that brought a question to where it stands, the last of them and all before it."""
        return self.filter(returned_at=None)

    def standing(self) -> "QuestionTransferQuerySet":
        """Those by which a question stands where it does: neither sent back nor followed by another."""
        return self.not_returned().filter(replaced_at=None)

    def waiting(self) -> "QuestionTransferQuerySet":
        """Standing ones that the receiver has not answered."""
        return self.standing().filter(taken_at=None)

    def openable(self) -> "QuestionTransferQuerySet":
        """Those whose link can be used: the question is open, and the address is still the receiver's registry."""
        live = self.waiting().exclude(token_hash="").filter(expires_at__gt=timezone.now())
        open_parts = {"part__answer__in": OPEN, "part__decision__outcome__in": OPEN_OUTCOMES}
        return live.filter(sent_to=models.F("receiver__registry_email"), **open_parts)

    def of_succession(self, succession: BodySuccession) -> "QuestionTransferQuerySet":
        """Those that rest on one organisation having taken over from another, and have not been sent back."""
        return self.not_returned().filter(succession=succession)

    def current(self) -> "QuestionTransfer | None":
        """Of one part: that by which the question stands with its body; None when it was asked first."""
        return next((moved for moved in self if moved.stands), None)

    def came_back(self) -> "QuestionTransfer | None":
        """Of one part: that which came back to its body, when it has not handed the question on again since."""
        moved = list(self)
        if not moved or moved[-1].returned_at is None:
            return None
        return next((last for last in reversed(moved) if last.sender_id == last.part.organisation_id), None)

    def with_words(self) -> "QuestionTransferQuerySet":
        """With what their words on a page need. A constant number of queries."""
        return self.select_related("sender", "receiver", "succession").prefetch_related("succession__answers")


class QuestionTransfer(models.Model):
    """A body's part of a decision went to another body. The receiver takes it or sends it back; nobody else does.

    The coordinator moves the questions of a body that leaves, by a `succession`; a body that stays hands over its own,
    under the `mandate` of one of its people.
    """

    part = models.ForeignKey(PartDecision, models.CASCADE, related_name="transfers", help_text="Delbeslutet.")
    sender = models.ForeignKey(Organisation, models.PROTECT, related_name="+", help_text="Den som hade frågan.")
    sender_name = models.CharField("från", max_length=120, help_text="Vad den hette då.")
    receiver = models.ForeignKey(Organisation, models.PROTECT, related_name="+", help_text="Den som fick frågan.")
    receiver_name = models.CharField("till", max_length=120, help_text="Vad den hette då.")
    reason = models.CharField("varför", max_length=400, help_text="Skälet. Visas för boende.")
    form_before = models.CharField(
        "form före", max_length=12, choices=FormOfDecision.choices, help_text="Formen den hade, om frågan går tillbaka."
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som lämnade över eller flyttade.")
    made_at = models.DateTimeField("överlämnad", default=timezone.now, help_text="När.")
    mandate = models.ForeignKey(
        Mandate,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Mandatet, när organisationen själv lämnade över; tomt när samordnaren flyttade.",
    )
    succession = models.ForeignKey(
        BodySuccession,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="transfers",
        help_text="Övertagandet, när samordnaren flyttade frågan därför.",
    )
    sent_to = models.EmailField("brevet gick till", blank=True, help_text="Mottagarens registrator, om den har en.")
    token_hash = models.CharField(max_length=64, blank=True, help_text="Hash av länken; tom när den är använd.")
    expires_at = models.DateTimeField("gäller till", null=True, blank=True, help_text="Därefter öppnar länken inget.")
    taken_at = models.DateTimeField("mottagen", null=True, blank=True, help_text="När mottagaren tog emot.")
    taken_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Mottagarens person, när det var en."
    )
    taken_from = models.EmailField("mottagen från", blank=True, help_text="Mottagarens adress, när det var med länken.")
    returned_at = models.DateTimeField("tillbaka", null=True, blank=True, help_text="När den gick tillbaka.")
    returned_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Personen som sa nej, när det var en."
    )
    returned_from = models.EmailField("tillbaka från", blank=True, help_text="Adressen vars länk sa nej.")
    returned_as = models.CharField("nej från", max_length=120, blank=True, help_text="Organisationen som sa nej.")
    returned_reason = models.CharField(
        "varför tillbaka", max_length=240, blank=True, help_text="Skälet till ett nej. Visas för boende."
    )
    replaced_at = models.DateTimeField(
        "flyttad igen", null=True, blank=True, help_text="När frågan gick vidare till en tredje."
    )

    objects = QuestionTransferQuerySet.as_manager()

    class Meta:
        verbose_name = "överlämnad fråga"
        verbose_name_plural = "överlämnade frågor"
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(form_before__in=FormOfDecision.values), name="transfer_form_is_known"),
            models.CheckConstraint(
                condition=Q(mandate__isnull=True) | Q(succession__isnull=True), name="transfer_by_body_or_coordinator"
            ),
            models.CheckConstraint(
                condition=_NOT_TAKEN
                | Q(taken_at__isnull=False, taken_by__isnull=False, taken_from="")
                | Q(taken_at__isnull=False, taken_by__isnull=True) & ~Q(taken_from=""),
                name="transfer_taken_by_someone",
            ),
            models.CheckConstraint(
                condition=_NOT_RETURNED & Q(returned_as="")
                | Q(returned_at__isnull=False) & ~Q(returned_as="") & ~Q(returned_reason=""),
                name="transfer_returned_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True) | Q(replaced_at__isnull=True), name="transfer_has_one_end"
            ),
            models.CheckConstraint(
                condition=Q(token_hash="")
                | Q(taken_at__isnull=True, returned_at__isnull=True, replaced_at__isnull=True),
                name="transfer_link_used_once",
            ),
            models.UniqueConstraint(fields=["token_hash"], condition=~Q(token_hash=""), name="transfer_links_differ"),
            models.UniqueConstraint(
                fields=["part"],
                condition=Q(returned_at__isnull=True, replaced_at__isnull=True),
                name="one_standing_transfer_each",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part.decision}: {self.sender_name} till {self.receiver_name}"

    @property
    def stands(self) -> bool:
        """Whether the question stands where it does by this one."""
        return self.returned_at is None and self.replaced_at is None

    @property
    def is_of_body(self) -> bool:
        """Whether the body that had the question handed it over itself."""
        return self.mandate_id is not None

    @property
    def is_waiting(self) -> bool:
        """Whether the receiver has not said anything, and may."""
        return self.stands and self.taken_at is None

    @property
    def is_confirmed(self) -> bool:
        """Whether nobody's word is missing: the receiver took it, and both say that one took over from the other."""
        if self.taken_at is None or self.succession is None:
            return self.taken_at is not None
        return self.succession.is_confirmed

    @property
    def sentence(self) -> str:
        """Whose word it is, in the language of the page, with %(sender)s and %(receiver)s for the names."""
        if self.returned_at is not None:
            return _("Frågan gick tillbaka från %(receiver)s till %(sender)s.")
        if self.is_of_body:
            if self.is_confirmed:
                return _("%(sender)s lämnade över frågan, och %(receiver)s har tagit emot den.")
            return _("%(sender)s lämnade över frågan. %(receiver)s har inte svarat om den tar emot den.")
        if self.is_confirmed:
            return _("Frågan flyttades från %(sender)s, och det är bekräftat.")
        if self.succession is not None and self.succession.is_refused:
            return _("Frågan flyttades från %(sender)s enligt samordnaren, men det har någon av dem sagt nej till.")
        return _("Frågan flyttades från %(sender)s enligt samordnaren, och det väntar på bekräftelse.")

    @property
    def in_words(self) -> str:
        """The sentence with the names, for letters and tables."""
        return self.sentence % {"sender": self.sender_name, "receiver": self.receiver_name}

    @property
    def return_sentence(self) -> str:
        """By whose word a returned question went back, with %(refuser)s too. It is no answer to the question itself."""
        if self.returned_as == self.receiver_name:
            return _("%(refuser)s svarade att frågan inte är deras, och %(sender)s har den igen.")
        return _("Frågan gick tillbaka från %(receiver)s till %(sender)s efter ett besked från %(refuser)s.")

    @property
    def return_in_words(self) -> str:
        """The sentence of a returned question with the names, for letters and logs."""
        names = {"sender": self.sender_name, "receiver": self.receiver_name, "refuser": self.returned_as}
        return self.return_sentence % names
