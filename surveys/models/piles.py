"""Piles: the texts that a coordinator has dealt to a coder, and what a second coder chose for each statement."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from actors.models import Collaboration, HelperRole, User
from actors.rules.helping import HelperTask


class PileQuerySet(models.QuerySet["Pile"]):
    """QuerySet of piles."""

    def coordinated_by(self, user: User) -> "PileQuerySet":
        """Piles that this person may take back."""
        return self.filter(collaboration__in=Collaboration.objects.coordinated_by(user))

    def coded_by(self, user: User) -> "PileQuerySet":
        """Piles in the hands of this person, as long as she has the task in which she was dealt them."""
        return self.filter(self._dealt_in(HelperRole.objects.in_force()), coder=user, taken_back_at=None)

    def held(self) -> "PileQuerySet":
        """Piles whose coder has the task in which she was dealt them, or has been given it from a later day."""
        able = Q(coder__is_active=True, coder__is_staff=False, coder__is_superuser=False)
        return self.filter(self._dealt_in(HelperRole.objects.not_over()), able, taken_back_at=None)

    def _dealt_in(self, roles: models.QuerySet[HelperRole]) -> Exists:
        """A task that is given anew opens no piles of one that was ended: they are dealt anew too."""
        hers = roles.filter(person=OuterRef("coder"), collaboration=OuterRef("collaboration"))
        return Exists(hers.filter(task=HelperTask.CODING, given_at__lte=OuterRef("dealt_at")))


class Pile(models.Model):
    """Texts that one coder got at one time."""

    class Kind(models.TextChoices):
        """What is done with the texts."""

        READING = "reading", "läsa och koda"
        SECOND = "second", "koda en andra gång"

    collaboration = models.ForeignKey(Collaboration, models.CASCADE, related_name="piles", help_text="Samverkan.")
    coder = models.ForeignKey(User, models.PROTECT, related_name="piles", help_text="Den som fick högen.")
    kind = models.CharField(
        "slag", max_length=8, choices=Kind.choices, help_text="Om texterna läses första gången eller kodas en andra."
    )
    dealt_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Samordnaren som delade ut den.")
    dealt_at = models.DateTimeField("utdelad", default=timezone.now, help_text="När högen delades ut.")
    taken_back_at = models.DateTimeField(
        "tagen tillbaka", null=True, blank=True, help_text="När högen togs tillbaka; tomt så länge kodaren har den."
    )
    taken_back_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Vem som tog tillbaka den."
    )

    shown_at = models.DateTimeField(
        "visad",
        null=True,
        blank=True,
        help_text="När båda kodningarna kunde ses, om utsagorna kodas en andra gång; tomt innan dess.",
    )

    objects = PileQuerySet.as_manager()

    class Meta:
        verbose_name = "hög att koda"
        verbose_name_plural = "högar att koda"
        ordering = ["-dealt_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["reading", "second"]), name="pile_kind_is_known"),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="pile_taken_back_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.coder}"


class PiledTextQuerySet(models.QuerySet["PiledText"]):
    """QuerySet of texts in piles."""

    def in_hands_of(self, user: User) -> "PiledTextQuerySet":
        """Texts of the piles that this person has, as long as she is a coder there."""
        return self.filter(is_out=True, pile__in=Pile.objects.coded_by(user))

    def coded_by(self, user: User) -> "PiledTextQuerySet":
        """Statements that this person, and nobody for her, codes a second time; she reads the masked text only."""
        return self.in_hands_of(user).filter(pile__kind=Pile.Kind.SECOND, statement__state="confirmed")

    def left(self) -> "PiledTextQuerySet":
        """Those that are not done: not gone through, or not coded the second time."""
        unread = Q(answer__isnull=False, answer__coded_at=None) | Q(interview__isnull=False, interview__coded_at=None)
        return self.filter(unread | Q(statement__state="confirmed", done_at=None))


class PiledText(models.Model):
    """One text of a pile: an answer or a conversation to go through, or a statement to code a second time."""

    pile = models.ForeignKey(Pile, models.CASCADE, related_name="texts", help_text="Högen.")
    answer = models.ForeignKey(
        "surveys.Answer", models.CASCADE, null=True, blank=True, related_name="piled", help_text="Svaret att läsa."
    )
    interview = models.ForeignKey(
        "surveys.Interview", models.CASCADE, null=True, blank=True, related_name="piled", help_text="Samtalet att läsa."
    )
    statement = models.ForeignKey(
        "surveys.Statement",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="piled",
        help_text="Utsagan att koda en andra gång.",
    )
    is_out = models.BooleanField("utdelad", default=True, help_text="Om kodaren har den; nej när högen togs tillbaka.")
    done_at = models.DateTimeField(
        "kodad", null=True, blank=True, help_text="När utsagan kodades en andra gång. Texter som läses noteras själva."
    )
    objects = PiledTextQuerySet.as_manager()

    class Meta:
        verbose_name = "text i en hög"
        verbose_name_plural = "texter i högar"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__isnull=False, interview=None, statement=None)
                | Q(answer=None, interview__isnull=False, statement=None)
                | Q(answer=None, interview=None, statement__isnull=False),
                name="piled_text_is_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(statement__isnull=False), name="only_statements_are_done_here"
            ),
            *(
                models.UniqueConstraint(fields=[field], condition=Q(is_out=True), name=f"{field}_in_one_pile")
                for field in ("answer", "interview", "statement")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pile_id}:{self.pk}"


class SecondChoice(models.Model):
    """A perspective that a second coder thought a statement expresses. It attaches nothing."""

    text = models.ForeignKey(PiledText, models.CASCADE, related_name="choices", help_text="Utsagan i högen.")
    perspective = models.ForeignKey(
        "surveys.Perspective", models.PROTECT, related_name="second_choices", help_text="Perspektivet hon valde."
    )

    class Meta:
        verbose_name = "andra kodarens val"
        verbose_name_plural = "andra kodarens val"
        constraints = [models.UniqueConstraint(fields=["text", "perspective"], name="chosen_once")]

    def __str__(self) -> str:
        return f"{self.text_id} → {self.perspective}"
