"""Issues (sakfrågor): the perspectives they rest on, the bodies they concern, and their step on the staircase."""

import datetime as dt

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from actors.models import Collaboration, Organisation, User
from actors.models.former.names import keep_name
from actors.rules.rights import COORDINATE, WRITE_TEXTS
from dialogue.models.dialogue import Dialogue
from dialogue.rules.process_stages import StagePlace
from dialogue.rules.staircase import Step
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal
from surveys.models import Perspective


class IssueQuerySet(models.QuerySet["Issue"]):
    """Issues as different people see them."""

    def coordinated_by(self, user: User) -> "IssueQuerySet":
        """Those that this person may edit."""
        return self.filter(dialogue__collaboration__in=Collaboration.objects.coordinated_by(user))

    def read_by(self, user: User) -> "IssueQuerySet":
        """Those of dialogues that this person may read about as the coordinator does."""
        return self.filter(dialogue__in=Dialogue.objects.read_by(user))

    def texts_written_by(self, user: User) -> "IssueQuerySet":
        """Those whose texts this person may write."""
        return self.filter(dialogue__in=Dialogue.objects.texts_written_by(user))

    def answered(self) -> "IssueQuerySet":
        """Those whose current round is closed with an answer."""
        numbered = self.annotate(latest_round=models.Max("rounds__number"))
        return numbered.filter(rounds__number=models.F("latest_round"), rounds__closed_at__isnull=False)

    def public(self) -> "IssueQuerySet":
        """Those that residents see: they are published, and their collaboration has public pages."""
        there = Collaboration.objects.public()
        return self.filter(published_at__isnull=False, dialogue__collaboration__in=there)

    def addressed(self, slug: str) -> "IssueQuerySet":
        """Those that have this address, or have had it."""
        had = Issue.objects.filter(former_addresses__slug=slug).values("pk")
        return self.filter(Q(slug=slug) | Q(pk__in=had))


class Issue(models.Model):
    """A matter that the dialogue deals with, at one step of the staircase."""

    dialogue = models.ForeignKey(Dialogue, models.PROTECT, related_name="issues", help_text="Dialogen frågan hör till.")
    slug = models.SlugField("adress", max_length=80, help_text="Sista delen av webbadressen.")
    title = models.JSONField("rubrik", default=dict, help_text="Frågans namn per språk.")
    description = models.JSONField(
        "beskrivning", default=dict, blank=True, help_text="Vad frågan handlar om, per språk."
    )
    next_up = models.JSONField(
        "vad händer nu", default=dict, blank=True, help_text="Nästa händelse med enkla ord, per språk."
    )
    position = models.PositiveSmallIntegerField("ordning", default=0, help_text="Plats i listor; säger inget om vikt.")
    perspectives: "models.ManyToManyField[Perspective, IssuePerspective]" = models.ManyToManyField(
        Perspective, through="IssuePerspective", related_name="issues", help_text="Perspektiven frågan vilar på."
    )
    bodies: "models.ManyToManyField[Organisation, ConcernedBody]" = models.ManyToManyField(
        Organisation, through="ConcernedBody", related_name="issues", help_text="Organisationer som berörs."
    )
    step = models.PositiveSmallIntegerField(
        "steg", choices=Step.choices, default=Step.INTERVIEWS, help_text="Steget frågan står på."
    )
    published_at = models.DateTimeField(
        "offentlig", null=True, blank=True, help_text="När frågan började visas för boende."
    )

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = "sakfråga"
        verbose_name_plural = "sakfrågor"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "slug"], name="issue_addresses_differ"),
            models.CheckConstraint(condition=Q(step__in=Step.values), name="issue_step_is_known"),
        ]

    def __str__(self) -> str:
        return str(self.title.get("sv", ""))

    def get_absolute_url(self) -> str:
        """The public page."""
        return self.dialogue.address("issue", self.slug)

    def get_said_url(self, page: int = 1) -> str:
        """The page with all that was said about it, of several."""
        return self.dialogue.address("issue-said", self.slug, page)

    @property
    def stage(self) -> StagePlace:
        """The stage of its dialogue that it is shown at. In lists: prefetch `dialogue__stages`."""
        return self.dialogue.stage_at(self.step)

    @property
    def edit_state(self) -> str:
        """Whether it is closed, for those who edit it."""
        return "frågan är avslutad" if self.rounds.latest("number").closed_at else ""

    @transaction.atomic
    def describe(
        self, *, by: User, slug: str, title: dict[str, str], description: dict[str, str], next_up: dict[str, str]
    ) -> None:
        """Change the texts and the slug. The old address leads on. Raises Refusal if another issue has had the new."""
        require(by, WRITE_TEXTS, self)
        self.refresh_from_db(from_queryset=Issue.objects.select_for_update(no_key=True))
        if slug != self.slug:
            self._move_to(slug)
        self._leave_title(title)
        self.slug, self.title, self.description, self.next_up = slug, title, description, next_up
        self.save(update_fields=["slug", "title", "description", "next_up"])
        self._record_event("edited", by)

    @transaction.atomic
    def publish(self, *, by: User, at: dt.datetime | None = None) -> None:
        """Show the issue to residents."""
        require(by, COORDINATE, self)
        self.refresh_from_db(from_queryset=Issue.objects.select_for_update(no_key=True))
        self.published_at = self.published_at or at or timezone.now()
        self.save(update_fields=["published_at"])
        self._record_event("published", by, at)

    @transaction.atomic
    def unpublish(self, *, by: User) -> None:
        """Hide the issue from residents. Nothing is deleted."""
        require(by, COORDINATE, self)
        self.refresh_from_db(from_queryset=Issue.objects.select_for_update(no_key=True))
        self.published_at = None
        self.save(update_fields=["published_at"])
        self._record_event("hidden", by)

    def _leave_title(self, title: dict[str, str]) -> None:
        """Remember the present title, if residents have read it and the new one is not only in more languages."""
        has_changed = any(text != title.get(language) for language, text in self.title.items() if text)
        if has_changed and self._has_been_public():
            keep_name(self.former_titles, title=self.title)

    def _has_been_public(self) -> bool:
        return bool(self.published_at) or self.events.filter(kind="published").exists()

    def _move_to(self, slug: str) -> None:
        """Remember the present address, unless nobody but the coordinator has seen it."""
        others = Issue.objects.filter(dialogue__collaboration=self.dialogue.collaboration_id).exclude(pk=self.pk)
        if others.addressed(slug).exists():
            raise Refusal("En annan fråga har eller har haft den adressen. Välj en annan.", code="address_taken")
        self.former_addresses.filter(slug=slug).delete()  # it takes an address of its own back
        if self._has_been_public():
            self.former_addresses.create(slug=self.slug)

    def _record_event(self, kind: str, by: User, at: dt.datetime | None = None) -> None:
        self.events.create(dialogue=self.dialogue, kind=kind, by=by, at=at or timezone.now())
        self.dialogue.collaboration.bump_public_version()


class IssuePerspective(models.Model):
    """Links an issue to a perspective it rests on: who made the link, and when."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="links", help_text="Sakfrågan.")
    perspective = models.ForeignKey(Perspective, models.PROTECT, related_name="issue_links", help_text="Perspektivet.")
    linked_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som gjorde kopplingen.")
    linked_at = models.DateTimeField("kopplad", default=timezone.now, help_text="När kopplingen gjordes.")

    class Meta:
        verbose_name = "perspektiv i sakfråga"
        verbose_name_plural = "perspektiv i sakfrågor"
        constraints = [models.UniqueConstraint(fields=["issue", "perspective"], name="linked_once")]

    def __str__(self) -> str:
        return f"{self.issue} vilar på {self.perspective}"


class ConcernedBody(models.Model):
    """Links an issue to a body it concerns, and why."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="concerned", help_text="Sakfrågan.")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="concerned_by", help_text="Organisationen."
    )
    why = models.CharField("varför", max_length=240, blank=True, help_text="Vad organisationen råder över i frågan.")

    class Meta:
        verbose_name = "berörd organisation"
        verbose_name_plural = "berörda organisationer"
        ordering = ["organisation__name"]
        constraints = [models.UniqueConstraint(fields=["issue", "organisation"], name="concerned_once")]

    def __str__(self) -> str:
        return f"{self.issue} berör {self.organisation}"
