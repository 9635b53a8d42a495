"""Forms for the joint plan and its parts."""

from typing import Any, ClassVar

from django import forms

from actors.models import FocusArea, Goal, Indicator, JointPlan
from actors.people.forms.people import DateInput
from ostberga.lib.editing.edit_form import EditModelForm


class JointPlanForm(EditModelForm):
    """Title, introduction and period of the plan."""

    class Meta:
        model = JointPlan
        fields = ("title", "introduction", "starts_on", "ends_on")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "introduction": forms.Textarea(attrs={"rows": 4}),
            "starts_on": DateInput(),
            "ends_on": DateInput(),
        }

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first."""
        cleaned: dict[str, Any] = super().clean() or {}
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "Sista dagen ligger före den första.")
        return cleaned


class FocusAreaForm(EditModelForm):
    """A focus area."""

    class Meta:
        model = FocusArea
        fields = ("name", "description")
        widgets: ClassVar[dict[str, forms.Widget]] = {"description": forms.Textarea(attrs={"rows": 3})}


class GoalForm(EditModelForm):
    """A goal."""

    class Meta:
        model = Goal
        fields = ("text",)


class IndicatorForm(EditModelForm):
    """An indicator of a goal."""

    class Meta:
        model = Indicator
        fields = ("text", "direction", "source")
