"""What is typed about the joint plan."""

from typing import Any, ClassVar

from django import forms

from actors.models import FocusArea, Goal, Indicator, JointPlan
from actors.people.forms.people import DateInput


class JointPlanForm(forms.ModelForm[JointPlan]):
    """Title, introduction and period."""

    class Meta:
        model = JointPlan
        fields = ("title", "introduction", "starts_on", "ends_on")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "introduction": forms.Textarea(attrs={"rows": 4}),
            "starts_on": DateInput(),
            "ends_on": DateInput(),
        }

    def clean(self) -> dict[str, Any]:
        """It ends after it begins."""
        cleaned: dict[str, Any] = super().clean() or {}
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "Sista dagen ligger före den första.")
        return cleaned


class FocusAreaForm(forms.ModelForm[FocusArea]):
    """Something the plan gathers its strength around."""

    class Meta:
        model = FocusArea
        fields = ("name", "description")
        widgets: ClassVar[dict[str, forms.Widget]] = {"description": forms.Textarea(attrs={"rows": 3})}


class GoalForm(forms.ModelForm[Goal]):
    """What should be true one day."""

    class Meta:
        model = Goal
        fields = ("text",)


class IndicatorForm(forms.ModelForm[Indicator]):
    """How we see whether it goes the right way."""

    class Meta:
        model = Indicator
        fields = ("text", "direction", "source")
