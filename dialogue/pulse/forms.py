"""Forms for recording an adjustment, opening a pulse, and answering one."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from actors.people.forms.people import DateInput
from dialogue.rules.pulse_questions import QUESTIONS, SCALE
from ostberga.lib.fields.day_field import DayField
from ostberga.lib.plain_text import plain_text

UNSURE = 0
PULSE_DAYS = 14
LONGEST = 60


class AdjustmentForm(forms.Form):
    """What was changed, why, and who decided it."""

    what = forms.CharField(
        label="Vad har ni ändrat?",
        help_text="I en mening. Visas för alla.",
        max_length=240,
        error_messages={"required": "Skriv vad ni har ändrat."},
    )
    why = forms.CharField(
        label="Varför?",
        help_text="Vad fungerade inte, eller vad ville någon prova?",
        max_length=1200,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Skriv varför."},
    )
    who = forms.CharField(
        label="Vilka bestämde det?",
        help_text="Möten och parter, inga namn. Till exempel styrgruppen.",
        max_length=160,
        error_messages={"required": "Skriv vilka som bestämde det."},
    )
    on = DayField(label="Gäller från", widget=DateInput(), initial=timezone.localdate)

    def clean_on(self) -> dt.date:
        """Today or earlier."""
        on: dt.date = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError("Skriv in ändringen när den har börjat gälla.")
        return on

    def clean(self) -> dict[str, Any]:
        """Plain words."""
        typed = super().clean() or self.cleaned_data
        return {name: plain_text(value) if isinstance(value, str) else value for name, value in typed.items()}


class OpenPulseForm(forms.Form):
    """The last day to answer a new pulse."""

    closes_on = DayField(
        label="Sista dag att svara", help_text="Siffrorna visas dagen efter, för alla samtidigt.", widget=DateInput()
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="puls-%s")
        self.initial["closes_on"] = timezone.localdate() + dt.timedelta(days=PULSE_DAYS)

    def clean_closes_on(self) -> dt.date:
        """After today, at most LONGEST days ahead."""
        day: dt.date = self.cleaned_data["closes_on"]
        today = timezone.localdate()
        if not today < day <= today + dt.timedelta(days=LONGEST):
            raise forms.ValidationError(f"Välj en dag efter i dag, högst {LONGEST} dagar bort.")
        return day


class PulseForm(forms.Form):
    """The answers to the four questions. «Vet inte» is one of the choices."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for key, text in QUESTIONS.items():
            self.fields[key] = forms.TypedChoiceField(
                label=str(text),
                coerce=int,
                choices=[*((str(value), words) for value, words in SCALE.items()), (str(UNSURE), "Vet inte")],
                widget=forms.RadioSelect,
                error_messages={"required": "Välj ett svar. «Vet inte» går också bra."},
            )

    @property
    def answers(self) -> dict[str, int]:
        """The answers on the scale, without «Vet inte»."""
        return {key: self.cleaned_data[key] for key in QUESTIONS if self.cleaned_data[key] != UNSURE}
