"""Reviewing one statement: its masked words, what may stay in them, who said it, and a translation."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from actors.models import User
from ostberga.lib.action_form import ActionForm
from ostberga.lib.plain_text import plain_text
from ostberga.lib.translations.languages import SOURCE
from surveys.coding.forms.coding import GetStatement
from surveys.models import Statement
from surveys.redaction.detection import Finding, FindingCertainty, find_identifiers, mask_text
from surveys.redaction.review import NEVER_KEPT, blocking_findings, explain_findings
from surveys.rules.languages import LANGUAGE_CHOICES, OTHER_LANGUAGE
from surveys.rules.questions import MAX_LENGTH
from surveys.rules.roles import AgeBand, Role
from surveys.statements import reviewing
from surveys.statements.reviewing import Review
from surveys.statements.sources import Source

ME, MACHINE = "jag", "maskin"


class ReviewForm(ActionForm):
    """The masked words of one statement, as a person leaves them."""

    text = forms.CharField(label="Text som andra får läsa", max_length=MAX_LENGTH, widget=forms.Textarea({"rows": 5}))
    keep = forms.MultipleChoiceField(label="Får stå kvar", required=False, widget=forms.CheckboxSelectMultiple)
    language = forms.ChoiceField(label="Språk", choices=LANGUAGE_CHOICES)
    translation = forms.CharField(
        label="På svenska", max_length=MAX_LENGTH, required=False, widget=forms.Textarea({"rows": 4, "lang": "sv"})
    )
    translated = forms.ChoiceField(
        label="Översättningen",
        required=False,
        widget=forms.RadioSelect,
        choices=[(ME, "Översatt av mig"), (MACHINE, "Maskinöversatt utkast som jag har granskat")],
    )
    role = forms.ChoiceField(label="Vem sa det?", choices=Role.choices)
    age_band = forms.ChoiceField(label="Ålder", choices=AgeBand.choices, required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, source: Source, statement: Statement | None, data: Any = None) -> None:
        self.raw = statement.raw_text or statement.text if statement else source.text
        super().__init__(data, initial=_as_it_stands(source, statement, self.raw))
        self.fields["keep"] = forms.MultipleChoiceField(
            label="Får stå kvar",
            required=False,
            choices=[(found.text, _told(found)) for found in self.findings if not _must_go(found)],
            widget=forms.CheckboxSelectMultiple,
        )
        spoken = self.data.get("language") or self.initial["language"]
        foreign = spoken != SOURCE
        self.fields["translation"].required = self.fields["translated"].required = foreign
        self.fields["translation"].error_messages["required"] = "Skriv en svensk översättning innan du bekräftar."
        self.fields["translated"].error_messages["required"] = "Välj hur översättningen gjordes."
        direction = {"dir": "auto", "lang": source.language if source.language != OTHER_LANGUAGE else ""}
        self.fields["text"].widget.attrs.update(direction)

    @property
    def findings(self) -> list[Finding]:
        """What may point somebody out: in the raw words, and in what was typed since. Each passage once."""
        typed = " \n ".join(self.data.get(name, "") for name in ("text", "translation")) if self.is_bound else ""
        return list({found.text: found for found in [*find_identifiers(self.raw), *find_identifiers(typed)]}.values())

    @classmethod
    def with_new_proposal(cls, source: Source, statement: Statement | None, data: QueryDict) -> "ReviewForm":
        """As it was typed, but with the text proposed again after what was said may stay. Nothing is judged yet."""
        form = cls(source, statement)
        keep = data.getlist("keep")
        typed = {name: data[name] for name in form.fields if name in data}
        text = mask_text(
            form.raw, [found for found in find_identifiers(form.raw) if found.text not in keep or _must_go(found)]
        )
        form.initial = {**form.initial, **typed, "keep": keep, "text": text}
        return form

    def confirm(self, subject: GetStatement, by: User) -> Statement | None:
        """Say that others may read it."""
        return self.run(
            lambda: reviewing.confirm(
                statement=subject(), review=self.review, by=by, seen=self.cleaned_data["seen"] or None
            )
        )

    @property
    def must_go(self) -> list[Finding]:
        """The findings nobody can decide to keep that still stand in the text, as it would be read by others."""
        words = " \n ".join(str(self[name].value() or "") for name in ("text", "translation"))
        return [found for found in find_identifiers(words) if _must_go(found)]

    @property
    def masked(self) -> list[Finding]:
        """What was said that nobody can decide to keep, and that the text no longer says."""
        left = {found.text for found in self.must_go}
        return [found for found in self.findings if _must_go(found) and found.text not in left]

    def clean_text(self) -> str:
        """Plain words in which nothing certain is left that points somebody out."""
        return self._masked("text")

    def clean(self) -> dict[str, Any]:
        """The translation too, where one is needed."""
        typed = self.cleaned_data
        if typed.get("language") == SOURCE:
            typed["translation"], typed["translated"] = "", ""
        elif typed.get("translation"):
            typed["translation"] = self._translation()
        return typed

    @property
    def review(self) -> Review:
        """What was decided, as the verb takes it."""
        typed = self.cleaned_data
        return Review(
            text=typed["text"],
            translation=typed["translation"],
            translation_is_machine=typed["translated"] == MACHINE,
            language=typed["language"],
            role=typed["role"],
            age_band=typed["age_band"],
            kept=frozenset(typed.get("keep", ())),
        )

    def _translation(self) -> str:
        try:
            return self._masked("translation")
        except ValidationError as error:
            self.add_error("translation", error)
            return ""

    def _masked(self, name: str) -> str:
        words = plain_text(self.cleaned_data[name])
        keep = self.data.getlist("keep") if hasattr(self.data, "getlist") else self.data.get("keep", ())
        why = explain_findings(blocking_findings(words, keep))
        if why:
            raise ValidationError(why)
        return words


def _as_it_stands(source: Source, statement: Statement | None, raw: str) -> dict[str, Any]:
    if statement is None:
        return {
            "text": mask_text(raw, find_identifiers(raw)),
            "language": source.language,
            "role": source.likely_role,
            "age_band": source.likely_age_band,
            "seen": f"{Statement.State.RAW}:",
        }
    translated = (MACHINE if statement.translation_is_machine else ME) if statement.translation else ""
    return {
        "text": statement.text or mask_text(raw, find_identifiers(raw)),
        # What was once allowed to stay is not asked about again.
        "keep": [found.text for found in find_identifiers(statement.text) if not _must_go(found)],
        "language": statement.language,
        "translation": statement.translation,
        "translated": translated,
        "role": statement.role,
        "age_band": statement.age_band,
        "seen": statement.version,
    }


def _must_go(found: Finding) -> bool:
    return found.kind in NEVER_KEPT and found.certainty == FindingCertainty.CERTAIN


def _told(found: Finding) -> str:
    return f"{found.text} – {found.kind.label}, {found.certainty.label}"
