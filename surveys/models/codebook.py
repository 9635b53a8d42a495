"""The codebook: perspectives, themes and pairs of opposing perspectives."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from actors.models import Collaboration, User
from surveys.models.attachments import Attachment
from surveys.models.statements import Statement, StatementQuerySet
from surveys.rules.coverage import Breadth, compute_breadth
from surveys.rules.lineage import families, roots


class PerspectiveQuerySet(models.QuerySet["Perspective"]):
    """QuerySet of perspectives."""

    def coordinated_by(self, user: User) -> "PerspectiveQuerySet":
        """Perspectives this person may edit."""
        return self.filter(collaboration__in=Collaboration.objects.coordinated_by(user))

    def standing(self) -> "PerspectiveQuerySet":
        """Perspectives in use: neither merged into another nor retired."""
        return self.filter(merged_into__isnull=True, retired_at__isnull=True)

    def merges(self) -> dict[int, int | None]:
        """Return {key: key it was merged into or None}, the input of `rules.lineage`. One query."""
        return dict(self.values_list("pk", "merged_into"))


class Perspective(models.Model):
    """A viewpoint that many can share; one person can hold several. Perspectives are never ranked."""

    collaboration = models.ForeignKey(
        Collaboration, models.CASCADE, related_name="perspectives", help_text="Samverkan."
    )
    title = models.JSONField("perspektiv", default=dict, help_text="I vi-form per språk: «Vi som …».")
    description = models.TextField(
        "beskrivning", blank=True, help_text="Vad perspektivet rymmer, med samordnarens ord."
    )
    statements: models.ManyToManyField[Statement, Attachment] = models.ManyToManyField(
        Statement, through=Attachment, related_name="perspectives", help_text="Utsagorna det vilar på."
    )
    is_dissenting = models.BooleanField(
        "nej-röst", default=False, help_text="En minoritets röst som måste finnas kvar."
    )
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som formulerade det.")
    created_at = models.DateTimeField("skapat", default=timezone.now, help_text="När det formulerades.")
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_from",
        help_text="Perspektivet det gått upp i; historien finns kvar.",
    )
    split_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="split_into",
        help_text="Perspektivet det delades från.",
    )
    retired_at = models.DateTimeField("borttaget", null=True, blank=True, help_text="När det togs ur bruk.")

    objects = PerspectiveQuerySet.as_manager()

    class Meta:
        verbose_name = "perspektiv"
        verbose_name_plural = "perspektiv"
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(merged_into=models.F("pk")), name="perspective_not_merged_into_itself")
        ]

    def __str__(self) -> str:
        return str(self.title.get("sv", ""))

    def get_absolute_url(self) -> str:
        """Its page for the coordinator."""
        return reverse("coordinate:perspective", args=[self.collaboration.slug, self.pk])

    @property
    def is_standing(self) -> bool:
        """Whether it is in use: neither merged into another nor retired."""
        return self.merged_into_id is None and self.retired_at is None

    @property
    def edit_state(self) -> str:
        """What has become of it, for those who edit it."""
        if self.merged_into_id is not None:
            return f"perspektivet har gått upp i «{self.current}»"
        return "perspektivet är borttaget" if self.retired_at else ""

    @property
    def family(self) -> frozenset[int]:
        """The keys of itself and of everything merged into it, in any number of steps. One query."""
        return families(self._siblings().merges()).get(self.pk, frozenset({self.pk}))

    @property
    def current(self) -> "Perspective":
        """Itself, or the perspective it has ended up in after merges."""
        if self.merged_into_id is None:
            return self
        return Perspective.objects.get(pk=roots(self._siblings().merges())[self.pk])

    def lineage(self) -> PerspectiveQuerySet:
        """The perspectives merged into this one."""
        return Perspective.objects.filter(pk__in=self.family - {self.pk})

    def resting_statements(self) -> StatementQuerySet:
        """Statements attached to it or to any perspective merged into it."""
        return Statement.objects.attached_to(self.family)

    def quotes(self) -> StatementQuerySet:
        """Its statements that may be quoted now."""
        return self.resting_statements().publishable()

    def breadth(self) -> Breadth:
        """The groups it has been heard from, counting publishable statements only."""
        return compute_breadth(self.quotes().only("role"))

    def standing_themes(self) -> "ThemeQuerySet":
        """The themes in use that it, or what was merged into it, is placed in."""
        return Theme.objects.standing().filter(placements__perspective__in=self.family).distinct()

    def opposites(self) -> "list[tuple[Polarity, Perspective]]":
        """Its opposing perspectives, with merges resolved. Retired perspectives are left out."""
        family, current = self.family, roots(self._siblings().merges())
        polarities: dict[int, Polarity] = {}
        for polarity in Polarity.objects.filter(Q(one__in=family) | Q(other__in=family)).order_by("pk"):
            other = polarity.other_id if polarity.one_id in family else polarity.one_id
            polarities.setdefault(current[other], polarity)
        standing = Perspective.objects.standing().in_bulk(set(polarities) - {self.pk})
        return [(polarity, standing[key]) for key, polarity in polarities.items() if key in standing]

    def _siblings(self) -> PerspectiveQuerySet:
        return Perspective.objects.filter(collaboration_id=self.collaboration_id)


class ThemeQuerySet(models.QuerySet["Theme"]):
    """QuerySet of themes."""

    def coordinated_by(self, user: User) -> "ThemeQuerySet":
        """Themes this person may edit."""
        return self.filter(collaboration__in=Collaboration.objects.coordinated_by(user))

    def standing(self) -> "ThemeQuerySet":
        """Themes in use."""
        return self.filter(retired_at__isnull=True)


class Theme(models.Model):
    """A group of perspectives about the same subject."""

    collaboration = models.ForeignKey(Collaboration, models.CASCADE, related_name="themes", help_text="Samverkan.")
    title = models.JSONField("tema", default=dict, help_text="Kort namn per språk.")
    description = models.TextField("beskrivning", blank=True, help_text="Vad temat rymmer.")
    position = models.PositiveSmallIntegerField("ordning", default=0, help_text="Plats i listor; säger inget om vikt.")
    perspectives: "models.ManyToManyField[Perspective, ThemePerspective]" = models.ManyToManyField(
        Perspective, through="ThemePerspective", related_name="themes", help_text="Perspektiven i temat."
    )
    retired_at = models.DateTimeField("borttaget", null=True, blank=True, help_text="När temat togs ur bruk.")

    objects = ThemeQuerySet.as_manager()

    class Meta:
        verbose_name = "tema"
        verbose_name_plural = "teman"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.title.get("sv", ""))

    def get_absolute_url(self) -> str:
        """Its page for the coordinator."""
        return reverse("coordinate:theme", args=[self.collaboration.slug, self.pk])

    @property
    def edit_state(self) -> str:
        """What has become of it, for those who edit it."""
        return "temat är borttaget" if self.retired_at else ""

    def current_perspectives(self) -> list[Perspective]:
        """Its perspectives in the theme's order, with merges resolved."""
        placed = self.placements.values_list("perspective", flat=True)
        current = roots(Perspective.objects.filter(collaboration=self.collaboration_id).merges())
        keys = list(dict.fromkeys(current[key] for key in placed))
        standing = Perspective.objects.standing().in_bulk(keys)
        return [standing[key] for key in keys if key in standing]

    @property
    def family(self) -> frozenset[int]:
        """The keys of its perspectives and of everything merged into them."""
        merged = families(Perspective.objects.filter(collaboration=self.collaboration_id).merges())
        return frozenset(
            key for perspective in self.current_perspectives() for key in merged.get(perspective.pk, {perspective.pk})
        )


class ThemePerspective(models.Model):
    """The position of a perspective in a theme."""

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="placements", help_text="Temat.")
    perspective = models.ForeignKey(Perspective, models.CASCADE, related_name="placements", help_text="Perspektivet.")
    position = models.PositiveSmallIntegerField("ordning", default=0, help_text="Plats i temat; säger inget om vikt.")

    class Meta:
        verbose_name = "perspektiv i tema"
        verbose_name_plural = "perspektiv i teman"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["theme", "perspective"], name="placed_once_in_theme")]

    def __str__(self) -> str:
        return f"{self.perspective} i {self.theme}"


class Polarity(models.Model):
    """A pair of opposing perspectives, shown side by side with equal size."""

    one = models.ForeignKey(Perspective, models.CASCADE, related_name="polarities_as_one", help_text="Den ena sidan.")
    other = models.ForeignKey(
        Perspective, models.CASCADE, related_name="polarities_as_other", help_text="Den andra sidan."
    )
    about = models.JSONField("om", default=dict, blank=True, help_text="Vad som står på spel, per språk.")

    class Meta:
        verbose_name = "polaritet"
        verbose_name_plural = "polariteter"
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="polarity_once"),
            models.CheckConstraint(condition=Q(one__lt=models.F("other")), name="polarity_sides_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one} ↔ {self.other}"

    def opposite_of(self, perspective: Perspective) -> Perspective:
        """The other side."""
        return self.other if perspective == self.one else self.one
