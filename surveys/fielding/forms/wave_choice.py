"""Choosing a wave among those of all forms."""

from django import forms

from surveys.models import Wave


class WaveChoice(forms.ModelChoiceField[Wave]):
    """A wave among those of all forms: its own name is not enough."""

    def label_from_instance(self, obj: Wave) -> str:
        """The wave and its form."""
        return f"{obj} – {obj.survey}"
