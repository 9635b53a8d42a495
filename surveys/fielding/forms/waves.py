"""Forms for waves and channels."""

import re
from typing import Any

from django import forms

from ostberga.lib.editing.edit_form import EditForm
from ostberga.lib.fields.day_field import DayField
from surveys.models import Channel, Survey, Wave

_CODE = re.compile(r"[a-z0-9](?:[a-z0-9-]{1,18})[a-z0-9]")


class WaveForm(EditForm):
    """Title and dates of a wave."""

    title = forms.CharField(label="Namn", max_length=80, help_text="Till exempel Våren 2027.")
    opens_on = DayField(label="Första dagen", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    closes_on = DayField(
        label="Sista dagen",
        required=False,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        help_text="Står på affischen. Lämna tomt om den är öppen tills vidare.",
    )

    @classmethod
    def for_wave(cls, wave: Wave, data: Any = None) -> "WaveForm":
        """Return a form for an existing wave, bound if `data` is given."""
        names = ("title", "opens_on", "closes_on")
        return cls(data, edits=wave, initial=lambda: {name: getattr(wave, name) for name in names})

    def clean(self) -> dict[str, Any]:
        """Check that the last day is not before the first."""
        typed = self.cleaned_data
        first, last = typed.get("opens_on"), typed.get("closes_on")
        if first and last and last < first:
            self.add_error("closes_on", "Sista dagen kan inte komma före den första.")
        return typed


class ReopenForm(forms.Form):
    """Reason for reopening a wave."""

    reason = forms.CharField(
        label="Varför öppnas omgången igen?", max_length=240, help_text="Skälet sparas i formulärets historia."
    )


class ChannelForm(EditForm):
    """A channel."""

    label = forms.CharField(label="Namn", max_length=80, help_text="Var lappen sitter, till exempel Biblioteket.")
    is_small = forms.BooleanField(
        label="Liten plats",
        required=False,
        help_text="Kryssa för när så få använder platsen att den nästan pekar ut någon, till exempel en enda "
        "trappuppgång. Då räknas svaren här, men platsen skrivs aldrig på svaret.",
    )

    def __init__(self, survey: Survey, *args: Any, channel: Channel | None = None, **kwargs: Any) -> None:
        if channel is not None:
            kwargs |= {"edits": channel, "initial": lambda: {"label": channel.label, "is_small": channel.is_small}}
        super().__init__(*args, **kwargs)
        self.survey, self.channel = survey, channel

    def clean_label(self) -> str:
        """Check that the name is unique within the form."""
        label: str = self.cleaned_data["label"]
        others = self.survey.channels.all()
        if self.channel is not None:
            others = others.exclude(pk=self.channel.pk)
        if others.filter(label__iexact=label).exists():
            raise forms.ValidationError("Det finns redan en kanal med det namnet.")
        return label


class NewChannelForm(ChannelForm):
    """A new channel, with the code in its address."""

    code = forms.CharField(
        label="Kod i adressen",
        max_length=20,
        required=False,
        help_text="Små bokstäver a–z, siffror och bindestreck. Koden går inte att ändra sedan: den står på papper.",
    )
    field_order = ["label", "code", "is_small"]

    def clean_code(self) -> str:
        """Check that the code is easy to type and not in use."""
        code: str = self.cleaned_data["code"].strip().lower()
        if code and not _CODE.fullmatch(code):
            raise forms.ValidationError("Använd 3–20 tecken: a–z, 0–9 och bindestreck inuti.")
        if Channel.objects.filter(code=code).exists():
            raise forms.ValidationError("Koden används redan. Välj en annan.")
        return code
