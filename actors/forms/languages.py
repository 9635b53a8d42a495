"""A text in four languages in one form: one field per language, Swedish first."""

from collections.abc import Mapping

from django import forms

from ostberga.lib.languages import LANGUAGES, SOURCE, SWEDISH_NAMES, is_rtl


def add_texts(
    form: forms.Form, name: str, label: str, help_text: str = "", texts: Mapping[str, str] | None = None
) -> None:
    """Add the fields name_sv, name_en and so on, filled with what is written already. Only Swedish is required."""
    for code in LANGUAGES:
        is_source = code == SOURCE
        attributes = {"rows": 2, "lang": code, "dir": "rtl" if is_rtl(code) else "ltr"}
        form.fields[f"{name}_{code}"] = forms.CharField(
            label=label if is_source else f"{label} på {SWEDISH_NAMES[code]}",
            help_text=help_text if is_source else "",
            required=is_source,
            max_length=1000,
            initial=(texts or {}).get(code, ""),
            widget=forms.Textarea(attrs=attributes),
        )


def texts_of(form: forms.Form, name: str) -> dict[str, str]:
    """What was typed, by language, without the empty ones."""
    typed = {code: form.cleaned_data[f"{name}_{code}"].strip() for code in LANGUAGES}
    return {code: text for code, text in typed.items() if text}
