"""Form for reviewing a statement: masked text, findings to keep, translation, role and age band."""

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
MOST_CHOICES = 100  # findings that are asked about; what is found beyond them is masked


class ReviewForm(ActionForm):
    """The review of one statement."""

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
        super().__init__(data, initial=_initial_values(source, statement, self.raw))
        optional = [finding for finding in self.findings if not _never_kept(finding)]
        self.fields["keep"] = forms.MultipleChoiceField(
            label="Får stå kvar",
            required=False,
            choices=[(finding.text, _keep_label(finding)) for finding in optional[:MOST_CHOICES]],
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
        """The findings in the raw text and in the submitted texts, each passage once."""
        typed = " \n ".join(self.data.get(name, "") for name in ("text", "translation")) if self.is_bound else ""
        return list(
            {finding.text: finding for finding in [*find_identifiers(self.raw), *find_identifiers(typed)]}.values()
        )

    @classmethod
    def with_new_proposal(cls, source: Source, statement: Statement | None, data: QueryDict) -> "ReviewForm":
        """Return the form with the submitted values, but with the text masked anew except for what may be kept."""
        form = cls(source, statement)
        keep = data.getlist("keep")
        typed = {name: data[name] for name in form.fields if name in data}
        text = mask_text(
            form.raw,
            [finding for finding in find_identifiers(form.raw) if finding.text not in keep or _never_kept(finding)],
        )
        form.initial = {**form.initial, **typed, "keep": keep, "text": text}
        return form

    def confirm(self, subject: GetStatement, by: User) -> Statement | None:
        """Confirm the statement. Returns None on errors."""
        return self.run(
            lambda: reviewing.confirm(
                statement=subject(), review=self.review, by=by, seen=self.cleaned_data["seen"] or None
            )
        )

    @property
    def must_go(self) -> list[Finding]:
        """Findings left in the text that may never be kept."""
        words = " \n ".join(str(self[name].value() or "") for name in ("text", "translation"))
        return [finding for finding in find_identifiers(words) if _never_kept(finding)]

    @property
    def masked(self) -> list[Finding]:
        """Findings that may never be kept and that have been masked."""
        left = {finding.text for finding in self.must_go}
        return [finding for finding in self.findings if _never_kept(finding) and finding.text not in left]

    def clean_text(self) -> str:
        """Clean to plain text without blocking findings."""
        return self._masked("text")

    def clean(self) -> dict[str, Any]:
        """Check the translation too, for other languages than Swedish."""
        typed = self.cleaned_data
        if typed.get("language") == SOURCE:
            typed["translation"], typed["translated"] = "", ""
        elif typed.get("translation"):
            typed["translation"] = self._translation()
        return typed

    @property
    def review(self) -> Review:
        """The cleaned values as a Review."""
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


def _initial_values(source: Source, statement: Statement | None, raw: str) -> dict[str, Any]:
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
        # Findings in the confirmed text were allowed to stay, so they are preselected.
        "keep": [finding.text for finding in find_identifiers(statement.text) if not _never_kept(finding)],
        "language": statement.language,
        "translation": statement.translation,
        "translated": translated,
        "role": statement.role,
        "age_band": statement.age_band,
        "seen": statement.version,
    }


def _never_kept(finding: Finding) -> bool:
    return finding.kind in NEVER_KEPT and finding.certainty == FindingCertainty.CERTAIN


def _keep_label(finding: Finding) -> str:
    return f"{finding.text} – {finding.kind.label}, {finding.certainty.label}"
