"""Which organisation took over from another in a collaboration, and what the two say of it themselves."""

from enum import Enum

from django.db import models
from django.db.models import Q
from django.utils import timezone

from actors.models.collaboration import Collaboration
from actors.models.organisations import Organisation
from actors.models.people import User


class SuccessionState(Enum):
    """Whose word it is that one organisation took over from another."""

    UNASKED = "unasked"  # the coordinator's, of the time before anybody was asked
    WAITING = "waiting"  # the coordinator's; one of the two has not answered
    CONFIRMED = "confirmed"  # both have said so
    REFUSED = "refused"  # one of the two says that it is not so


class BodySuccession(models.Model):
    """One organisation took over from another in a collaboration. The earlier one keeps what it did, by its name.

    It is the coordinator's word until both have confirmed it at their registries, each by a `SuccessionAnswer`.
    """

    collaboration = models.ForeignKey(
        Collaboration, models.CASCADE, related_name="successions", help_text="Samverkan där det gäller."
    )
    predecessor = models.ForeignKey(Organisation, models.PROTECT, related_name="+", help_text="Den som var före.")
    predecessor_name = models.CharField("namn då", max_length=120, help_text="Vad den som var före hette.")
    successor = models.ForeignKey(Organisation, models.PROTECT, related_name="+", help_text="Den som tog över.")
    on = models.DateField("den", default=timezone.localdate, help_text="Den förras sista dag.")
    reason = models.CharField("varför", max_length=240, help_text="Varför. Visas för boende.")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som skrev in det.")

    class Meta:
        verbose_name = "organisation som tog över"
        verbose_name_plural = "organisationer som tog över"
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.successor} efter {self.predecessor_name}"

    @property
    def has_happened(self) -> bool:
        """Whether the last day of the one before has passed."""
        return self.on < timezone.localdate()

    @property
    def state(self) -> SuccessionState:
        """Whose word it is, from the answers of the two."""
        answers = list(self.answers.all())
        if any(answer.refused_at for answer in answers):
            return SuccessionState.REFUSED
        if len(answers) == len(SuccessionAnswer.Side) and all(answer.confirmed_at for answer in answers):
            return SuccessionState.CONFIRMED
        return SuccessionState.WAITING if answers else SuccessionState.UNASKED

    @property
    def is_confirmed(self) -> bool:
        """Whether both have said so."""
        return self.state is SuccessionState.CONFIRMED

    @property
    def is_refused(self) -> bool:
        """Whether one of the two says that it is not so."""
        return self.state is SuccessionState.REFUSED

    @property
    def is_open(self) -> bool:
        """Whether somebody has still to answer, or to be asked."""
        return not (self.is_confirmed or self.is_refused)


class SuccessionAnswerQuerySet(models.QuerySet["SuccessionAnswer"]):
    """Answers by state."""

    def waiting(self) -> "SuccessionAnswerQuerySet":
        """Those of organisations that have a link and have not used it. It may be too old."""
        return self.exclude(token_hash="")

    def openable(self) -> "SuccessionAnswerQuerySet":
        """Those whose link can be used: not too old, and sent to what is still the registry's address."""
        return self.waiting().filter(expires_at__gt=timezone.now(), sent_to=models.F("organisation__registry_email"))


class SuccessionAnswer(models.Model):
    """What one of the two organisations says of a succession, by the link in the letter to its registry."""

    class Side(models.TextChoices):
        """Which of the two."""

        PREDECESSOR = "predecessor", "den som var före"
        SUCCESSOR = "successor", "den som tog över"

    succession = models.ForeignKey(
        BodySuccession, models.CASCADE, related_name="answers", help_text="Övertagandet det gäller."
    )
    side = models.CharField("sida", max_length=11, choices=Side.choices, help_text="Vilken av de två.")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", help_text="Organisationen.")
    sent_to = models.EmailField(
        "brevet gick till", blank=True, help_text="Registratorns adress; tom när ingen adress kan bekräfta."
    )
    token_hash = models.CharField(
        max_length=64, blank=True, help_text="Hash av länken; tom när den är använd eller inte har skickats."
    )
    expires_at = models.DateTimeField("gäller till", null=True, blank=True, help_text="Därefter öppnar länken inget.")
    confirmed_at = models.DateTimeField("bekräftat", null=True, blank=True, help_text="När den sa ja.")
    refused_at = models.DateTimeField("nekat", null=True, blank=True, help_text="När den sa nej.")
    reason = models.CharField(
        "varför nej", max_length=240, blank=True, help_text="Skälet till ett nej. Visas för boende."
    )

    objects = SuccessionAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "svar om övertagande"
        verbose_name_plural = "svar om övertaganden"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["succession", "side"], name="succession_asked_once_each"),
            models.UniqueConstraint(fields=["token_hash"], condition=~Q(token_hash=""), name="succession_links_differ"),
            models.CheckConstraint(condition=Q(side__in=["predecessor", "successor"]), name="succession_side_is_known"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(refused_at__isnull=True), name="succession_yes_or_no"
            ),
            models.CheckConstraint(
                condition=Q(token_hash="") | Q(confirmed_at__isnull=True, refused_at__isnull=True),
                name="succession_link_used_once",
            ),
            models.CheckConstraint(
                condition=Q(token_hash="") | ~Q(sent_to="") & Q(expires_at__isnull=False),
                name="succession_link_was_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.succession}"

    @property
    def may_still_object(self) -> bool:
        """Whether its link can be used today, so that nobody acts before it has had its say."""
        return bool(self.token_hash) and self.expires_at is not None and self.expires_at > timezone.now()

    @property
    def in_words(self) -> str:
        """What it has said, for the coordinator."""
        if self.confirmed_at:
            return f"bekräftade {timezone.localdate(self.confirmed_at)} ({self.sent_to})"
        if self.refused_at:
            return f"säger nej {timezone.localdate(self.refused_at)} ({self.sent_to}): {self.reason}"
        if self.expires_at is None:
            return "har ingen adress som kan bekräfta"
        until = timezone.localdate(self.expires_at)
        return f"har inte svarat. Brevet gick till {self.sent_to}, och länken gäller till {until}"
