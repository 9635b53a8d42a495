"""Form for the batch that paper forms or imported rows belong to: wave, channel and language."""

from collections.abc import Mapping
from typing import Any

from django import forms

from ostberga.lib.form_choices import has_choices, limit_choices
from ostberga.lib.translations.languages import SOURCE
from surveys.fielding.forms.wave_choice import WaveChoice
from surveys.models import Channel, Survey, Wave
from surveys.rules.languages import LANGUAGE_CHOICES


class BatchForm(forms.Form):
    """The batch that answers are entered into."""

    wave = WaveChoice(Wave.objects.none(), label="Omgång", empty_label=None)
    channel = forms.ModelChoiceField(
        Channel.objects.none(), label="Kanal", empty_label="Välj", help_text="Koden står på bladet."
    )
    language = forms.ChoiceField(
        label="Språk", choices=LANGUAGE_CHOICES, help_text="Språket svaren är skrivna på.", initial=SOURCE
    )

    def __init__(self, survey: Survey, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        limit_choices(self, "wave", survey.waves.to_write_in())
        limit_choices(self, "channel", survey.channels.order_by("is_web", "label"))

    @property
    def has_waves(self) -> bool:
        """Whether there is a wave to enter answers into."""
        return has_choices(self, "wave")

    @property
    def batch(self) -> Mapping[str, Any]:
        """The chosen wave, channel and language."""
        return {name: self.cleaned_data[name] for name in ("wave", "channel", "language")}
