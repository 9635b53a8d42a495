"""An issue (sakfråga): what it rests on, whom it concerns, and where on the staircase it stands."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from actors.models import Collaboration, Organisation, User
from dialogue.models.dialogue import Dialogue
from dialogue.staircase import IssueFacts, Requirement, Step, in_words, may_move, missing_for, starts_round
from ostberga.lib.refusal import Refusal
from surveys.lineage import roots
from surveys.models import Perspective


class IssueQuerySet(models.QuerySet["Issue"]):
    """Issues as different people see them."""

    def coordinated_by(self, user: User) -> "IssueQuerySet":
        """Those that this person may edit."""
        return self.filter(dialogue__collaboration__in=Collaboration.objects.coordinated_by(user))

    def public(self) -> "IssueQuerySet":
        """Those that residents see."""
        return self.filter(published_at__isnull=False)

    def facts(self) -> dict[int, IssueFacts]:
        """What the staircase's rule needs to know about each. The number of queries does not depend on how many."""
        return known_about([one.pk for one in self])


class Issue(models.Model):
    """A matter the dialogue deals with. It stands at one step of the staircase."""

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
        """The public page with the whole story."""
        slug = self.dialogue.collaboration.slug
        if self.dialogue.ended_on is not None:
            return reverse("dialogue:earlier-issue", args=[slug, self.dialogue_id, self.slug])
        return reverse("dialogue:issue", args=[slug, self.slug])

    @property
    def current_round(self) -> "Round":
        """The pass through the staircase that is going on."""
        return self.rounds.latest("number")

    def facts(self) -> IssueFacts:
        """What the staircase's rule needs to know."""
        return known_about([self.pk])[self.pk]

    def missing(self) -> list[Requirement]:
        """What stands in the way of the next step."""
        return missing_for(Step(self.step), self.facts())

    @transaction.atomic
    def move(
        self,
        target: Step,
        *,
        by: User,
        reason: str = "",
        despite: Sequence[Requirement] = (),
        at: dt.datetime | None = None,
    ) -> "StepChange":
        """Move the issue one step, or ⇌ from the last step to the first of a new round.

        Raises Refusal naming what is missing. Going back, or up `despite` something missing, needs a written reason
        that is shown publicly. `at` is when it happened, if that was not now.
        """
        self.refresh_from_db(from_queryset=Issue.objects.select_for_update())
        current, at = Step(self.step), at or timezone.now()
        missing = self._refuse_unless(target, reason, despite)
        if starts_round(current, target):
            self._begin_round(timezone.localdate(at), reason.strip())
        self.step = target
        self.save(update_fields=["step"])
        change = StepChange.objects.create(
            round=self.current_round,
            from_step=current,
            to_step=target,
            by=by,
            at=at,
            reason=reason.strip(),
            missing=[one.text for one in missing],
        )
        self.dialogue.collaboration.bump_public_version()
        return change

    def _begin_round(self, on: dt.date, cause: str) -> None:
        number = self.current_round.number + 1
        Round.objects.create(issue=self, number=number, started_on=on, cause=cause)

    def _refuse_unless(self, target: Step, reason: str, despite: Sequence[Requirement]) -> list[Requirement]:
        """What is missing for the move, if it may be made all the same; else Refusal."""
        current = Step(self.step)
        if not may_move(current, target):
            raise Refusal(
                f"Frågan står på steget {current.label}. Den kan bara flytta ett steg i taget.", code="not_one_step"
            )
        missing = self.missing() if target > current else []
        if [one for one in missing if one not in despite]:
            who = "Samordnaren kan komplettera frågan, eller flytta den ändå med ett skrivet skäl."
            raise Refusal(in_words(missing), who=who, code="missing")
        if (missing or target < current) and not reason.strip():
            raise Refusal("Skriv varför frågan flyttas. Skälet visas på frågans sida.", code="reason")
        return missing

    @transaction.atomic
    def describe(
        self, *, by: User, slug: str, title: dict[str, str], description: dict[str, str], next_up: dict[str, str]
    ) -> None:
        """Say what the issue is about and what happens next."""
        self.refresh_from_db(from_queryset=Issue.objects.select_for_update())
        self.slug, self.title, self.description, self.next_up = slug, title, description, next_up
        self.save(update_fields=["slug", "title", "description", "next_up"])
        self._tell("edited", by)

    @transaction.atomic
    def publish(self, *, by: User, at: dt.datetime | None = None) -> None:
        """Show the issue to residents."""
        self.refresh_from_db(from_queryset=Issue.objects.select_for_update())
        self.published_at = self.published_at or at or timezone.now()
        self.save(update_fields=["published_at"])
        self._tell("published", by, at)

    @transaction.atomic
    def unpublish(self, *, by: User) -> None:
        """Hide the issue from residents. Nothing is lost."""
        self.refresh_from_db(from_queryset=Issue.objects.select_for_update())
        self.published_at = None
        self.save(update_fields=["published_at"])
        self._tell("hidden", by)

    def _tell(self, kind: str, by: User, at: dt.datetime | None = None) -> None:
        self.events.create(dialogue=self.dialogue, kind=kind, by=by, at=at or timezone.now())
        self.dialogue.collaboration.bump_public_version()


def known_about(issues: Collection[int]) -> dict[int, IssueFacts]:
    """The facts of these issues. A perspective that was merged counts as what it became; four queries."""
    links = IssuePerspective.objects.filter(issue__in=issues).values_list("issue", "perspective")
    within = Perspective.objects.filter(collaboration__dialogues__issues__in=issues).distinct()
    root, standing = roots(within.merges()), set(within.standing().values_list("pk", flat=True))
    tied = {(issue, root[one]) for issue, one in links if root[one] in standing}
    rests = Counter(issue for issue, _ in tied)
    concerned = Counter(ConcernedBody.objects.filter(issue__in=issues).values_list("issue", flat=True))
    reported = set(
        Issue.objects.filter(pk__in=issues, reports__withdrawn_at__isnull=True, reports__isnull=False).values_list(
            "pk", flat=True
        )
    )
    return {key: IssueFacts(rests[key], concerned[key], key in reported) for key in issues}


class IssuePerspective(models.Model):
    """That an issue rests on a perspective, since when and on whose judgement."""

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
    """That an issue concerns a body, and why."""

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


class Round(models.Model):
    """One pass of an issue through the staircase."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="rounds", help_text="Sakfrågan.")
    number = models.PositiveSmallIntegerField("nummer", default=1, help_text="Första varvet är 1.")
    started_on = models.DateField("började", default=timezone.localdate, help_text="Första dagen.")
    cause = models.TextField("anledning", blank=True, help_text="Varför ett nytt varv började.")

    class Meta:
        verbose_name = "omgång"
        verbose_name_plural = "omgångar"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["issue", "number"], name="round_numbers_differ")]

    def __str__(self) -> str:
        return f"omgång {self.number}"


class StepChange(models.Model):
    """That an issue moved: who, when, why, and what was missing. Never edited."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="changes", help_text="Omgången.")
    from_step = models.PositiveSmallIntegerField(
        "från steg", choices=Step.choices, null=True, blank=True, help_text="Steget före; tomt när frågan börjar."
    )
    to_step = models.PositiveSmallIntegerField("till steg", choices=Step.choices, help_text="Steget efter.")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som flyttade frågan.")
    at = models.DateTimeField("när", default=timezone.now, help_text="När frågan flyttades.")
    reason = models.TextField("varför", blank=True, help_text="Skälet, som det visas offentligt.")
    missing = models.JSONField(
        "saknades", default=list, blank=True, help_text="Det som saknades när frågan ändå flyttades."
    )
    told_at = models.DateTimeField("berättat", null=True, blank=True, help_text="När de som följer frågan fick brev.")

    class Meta:
        verbose_name = "stegbyte"
        verbose_name_plural = "stegbyten"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(to_step__in=Step.values), name="step_change_is_known"),
            models.CheckConstraint(condition=Q(missing=[]) | ~Q(reason=""), name="step_change_despite_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.round.issue}: {self.get_from_step_display()} → {self.get_to_step_display()}"
