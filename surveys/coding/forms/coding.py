"""Forms of the workbench: queue filter, cutting, splitting, keeping back and attaching."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from actors.models import Collaboration, User
from ostberga.lib.action_form import ActionForm
from ostberga.lib.form_choices import limit_choices
from ostberga.lib.plain_text import plain_text
from ostberga.lib.refusal import Refusal
from surveys.codebook import perspectives
from surveys.coding.reading_queue import ALL, READ, UNREAD, QueueFilter, waves_to_read
from surveys.fielding.forms.wave_choice import WaveChoice
from surveys.models import Perspective, Statement, Wave
from surveys.rules.languages import LANGUAGE_CHOICES
from surveys.rules.questions import MAX_LENGTH
from surveys.statements import cutting, reviewing
from surveys.statements.sources import KINDS, Source

GetStatement = Callable[[], Statement]  # returns the statement, creating it first for an untouched answer


class QueueFilterForm(forms.Form):
    """Filter of the reading queue: wave, state, kind of source, language."""

    omgang = WaveChoice(Wave.objects.none(), label="Omgång", required=False, empty_label=None)
    lage = forms.ChoiceField(
        label="Visa", required=False, choices=[(UNREAD, "Kvar att läsa"), (READ, "Lästa"), (ALL, "Alla")]
    )
    slag = forms.ChoiceField(
        label="Slag", required=False, choices=[("", "Svar och samtal"), *((key, KINDS[key]) for key in KINDS)]
    )
    sprak = forms.ChoiceField(label="Språk", required=False, choices=[("", "Alla språk"), *LANGUAGE_CHOICES])

    def __init__(self, collaboration: Collaboration, data: Any = None, coder: User | None = None) -> None:
        super().__init__(data)
        self.coder = coder
        self.waves = list(waves_to_read(collaboration, coder))
        limit_choices(self, "omgang", waves_to_read(collaboration, coder))

    @property
    def queue_filter(self) -> QueueFilter | None:
        """The selection; by default the unread texts of the latest wave. None when there is nothing to read."""
        chosen = self.cleaned_data if self.is_valid() else {}
        wave = chosen.get("omgang") or next(iter(self.waves), None)
        if wave is None:
            return None
        state, source, language = chosen.get("lage") or UNREAD, chosen.get("slag") or "", chosen.get("sprak") or ""
        return QueueFilter(wave, state, source, language, self.coder)


class CutTextForm(ActionForm):
    """The marked part of the text."""

    start = forms.IntegerField(min_value=0, widget=forms.HiddenInput, required=False)
    end = forms.IntegerField(min_value=0, widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """Check that something was marked."""
        if not self.cleaned_data.get("end"):
            raise ValidationError("Markera först den text som ska bli en utsaga.")
        return self.cleaned_data

    def cut(self, source: Source, by: User) -> Statement | None:
        """Make a statement of the marked part. Returns None on errors."""
        return self.run(
            lambda: cutting.cut_statement(
                source=source, start=self.cleaned_data["start"] or 0, end=self.cleaned_data["end"], by=by
            )
        )


class SplitTextForm(ActionForm):
    """The text with its parts separated by hand."""

    delar = forms.CharField(
        label="Dela upp texten",
        max_length=MAX_LENGTH * 2,
        widget=forms.Textarea({"rows": 10}),
        help_text="Sätt en tom rad eller tre streck (---) mellan tankarna. Varje del blir en utsaga.",
    )

    def split(self, source: Source, by: User) -> list[Statement] | None:
        """Make a statement of each part. Returns None on errors."""
        return self.run(lambda: cutting.split_source(source=source, written=self.cleaned_data["delar"], by=by))


class KeepBackForm(ActionForm):
    """Note about why a statement is quarantined or set aside."""

    note = forms.CharField(label="Varför?", max_length=1000, required=False, widget=forms.Textarea({"rows": 3}))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def quarantine(self, subject: GetStatement, by: User) -> Statement | None:
        """Quarantine the statement. Returns None on errors."""
        return self.run(lambda: reviewing.quarantine(statement=subject(), by=by, **self._values))

    def set_aside(self, subject: GetStatement, by: User) -> Statement | None:
        """Set the statement aside. Returns None on errors."""
        return self.run(lambda: reviewing.set_aside(statement=subject(), by=by, **self._values))

    @property
    def _values(self) -> dict[str, Any]:
        return {"note": self.cleaned_data["note"], "seen": self.cleaned_data["seen"] or None}


class AttachForm(ActionForm):
    """An existing perspective, or the title of a new one."""

    perspektiv = forms.IntegerField(required=False, widget=forms.HiddenInput)
    nytt = forms.CharField(label="Nytt perspektiv", max_length=200, required=False)

    def clean_nytt(self) -> str:
        """Clean to one line, without trailing space after the prefix."""
        return " ".join(plain_text(self.cleaned_data["nytt"]).split())

    def clean(self) -> dict[str, Any]:
        """Require an existing perspective or a title."""
        typed = self.cleaned_data
        if not typed.get("perspektiv") and typed.get("nytt", "") in {"", "Vi som"}:
            self.add_error("nytt", "Skriv vad de som delar tanken har gemensamt: «Vi som …».")
        return typed

    def attach(self, collaboration: Collaboration, subject: GetStatement, by: User) -> Statement | None:
        """Attach the statement to the perspective, created first if new. Returns None on errors."""
        return self.run(lambda: self._attach(collaboration, subject(), by))

    def _attach(self, collaboration: Collaboration, statement: Statement, by: User) -> Statement:
        key, words = self.cleaned_data.get("perspektiv"), self.cleaned_data["nytt"]
        existing = Perspective.objects.filter(collaboration=collaboration, pk=key).first() if key else None
        if key and existing is None:
            raise Refusal("Perspektivet finns inte längre.", code="gone")
        target = existing or perspectives.create_perspective(collaboration=collaboration, title={"sv": words}, by=by)
        perspectives.attach(statement=statement, perspective=target, by=by)
        return statement
