"""Form field for choosing a wave among those of all forms."""

from django import forms

from surveys.models import Wave


class WaveChoice(forms.ModelChoiceField[Wave]):
    """A choice of wave, labelled with its form too."""

    def label_from_instance(self, obj: Wave) -> str:
        """The titles of the wave and its form."""
        return f"{obj} – {obj.survey}"
