"""The joint plan: focus areas, goals and indicators."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class JointPlanQuerySet(models.QuerySet["JointPlan"]):
    """Plans by state."""

    def adopted(self) -> "JointPlanQuerySet":
        """Adopted plans, which everyone may read."""
        return self.filter(is_draft=False)


class JointPlan(models.Model):
    """A version of the plan that all partners share."""

    collaboration = models.ForeignKey(
        "actors.Collaboration", models.CASCADE, related_name="plans", help_text="Samverkan."
    )
    title = models.CharField("titel", max_length=120, help_text="Till exempel Gemensam plan 2017–2019.")
    introduction = models.TextField("inledning", blank=True, help_text="Vad planen är och hur den används.")
    version = models.PositiveSmallIntegerField("version", default=1, help_text="Ökar när planen antas på nytt.")
    starts_on = models.DateField("gäller från", help_text="Första dagen.")
    ends_on = models.DateField(
        "gäller till", null=True, blank=True, help_text="Sista dagen; tomt om den gäller tills vidare."
    )

    is_draft = models.BooleanField(
        "utkast", default=False, help_text="Ett utkast visas inte för boende; en antagen version ändras inte mer."
    )
    adopted_at = models.DateTimeField("antagen", null=True, blank=True, help_text="När versionen blev den gällande.")
    adopted_by = models.ForeignKey(
        "actors.User", models.PROTECT, null=True, blank=True, related_name="+", help_text="Vem som noterade det."
    )

    objects = JointPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "gemensam plan"
        verbose_name_plural = "gemensamma planer"
        ordering = ["-starts_on", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["collaboration", "title", "version"], name="one_plan_version_each"),
            models.UniqueConstraint(
                fields=["collaboration"],
                condition=Q(is_draft=True),
                name="one_draft_plan_each",
                violation_error_message="Det finns redan ett utkast. Gör klart eller ta bort det först.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class FocusArea(models.Model):
    """A focus area of the plan."""

    plan = models.ForeignKey(JointPlan, models.CASCADE, related_name="focus_areas", help_text="Planen.")
    position = models.PositiveSmallIntegerField("ordning", default=0, help_text="Plats i planen.")
    name = models.CharField("fokusområde", max_length=120, help_text="Kort namn.")
    description = models.TextField("beskrivning", blank=True, help_text="Vad området rymmer.")

    class Meta:
        verbose_name = "fokusområde"
        verbose_name_plural = "fokusområden"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class Goal(models.Model):
    """A goal: what should become true."""

    focus_area = models.ForeignKey(FocusArea, models.CASCADE, related_name="goals", help_text="Fokusområdet.")
    position = models.PositiveSmallIntegerField("ordning", default=0, help_text="Plats bland områdets mål.")
    text = models.CharField("mål", max_length=240, help_text="Det som ska ha blivit sant.")

    class Meta:
        verbose_name = "mål"
        verbose_name_plural = "mål"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class Indicator(models.Model):
    """A measure of progress towards a goal."""

    class Direction(models.TextChoices):
        """The direction that is an improvement."""

        UP = "up", _("uppåt är bättre")
        DOWN = "down", _("nedåt är bättre")
        TARGET = "target", _("mot ett målvärde")

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="indicators", help_text="Målet.")
    position = models.PositiveSmallIntegerField("ordning", default=0, help_text="Plats bland målets indikatorer.")
    text = models.CharField("indikator", max_length=240, help_text="Det som mäts, med enhet.")
    direction = models.CharField(
        "riktning", max_length=10, choices=Direction.choices, help_text="Vilken väg som är bättre."
    )
    source = models.CharField(
        "källa", max_length=160, blank=True, help_text="Varifrån värdet hämtas och vem som äger det."
    )

    class Meta:
        verbose_name = "indikator"
        verbose_name_plural = "indikatorer"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(direction__in=["up", "down", "target"]), name="indicator_direction_is_known"
            )
        ]

    def __str__(self) -> str:
        return self.text
