"""A form for texts in all languages: Swedish first, the other languages in a closed `<details>`."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField

from ostberga.lib.plain_text import plain_text
from ostberga.lib.translations.languages import LANGUAGES, SOURCE, SWEDISH_NAMES, is_rtl


@dataclass(frozen=True)
class TextField:
    """A text stored per language. More than one row makes its fields text areas."""

    label: str
    help_text: str = ""
    required: bool = True
    rows: int = 1
    max_length: int = 400


@dataclass(frozen=True)
class TextGroup:
    """The fields of one text, for the template: Swedish, the other languages, and which of these lack a translation."""

    swedish: BoundField
    others: list[BoundField]
    missing: list[str]
    is_open: bool

    def asked_in(self, languages: Collection[str]) -> "TextGroup":
        """Return the group with the languages that are asked for, and those written already; none means all."""
        if not languages:
            return self
        asked = {SWEDISH_NAMES[code] for code in languages}
        others = [field for field in self.others if _code_of(field) in languages or field.value() or field.errors]
        return replace(self, others=others, missing=[name for name in self.missing if name in asked])


class TextsForm(forms.Form):
    """A form in which each of `texts` gets one field per language, named title_sv, title_en and so on."""

    texts: ClassVar[Mapping[str, TextField]] = {}

    def __init__(self, data: Any = None, *args: Any, initial: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        given = dict(initial or {})
        for name in self.texts:
            for code, text in (given.pop(name, None) or {}).items():
                given[f"{name}_{code}"] = text
        kwargs["initial"] = given
        super().__init__(data, *args, **kwargs)
        for name, text in self.texts.items():
            self.fields |= {f"{name}_{code}": _field(text, code) for code in LANGUAGES}

    def groups(self) -> Iterator[TextGroup]:
        """Yield the texts in the order of `texts`, for the template."""
        for name in self.texts:
            yield self.group(name)

    def plain_fields(self) -> list[BoundField]:
        """Return the fields that do not depend on language, for the template."""
        texts = {f"{name}_{code}" for name in self.texts for code in LANGUAGES}
        return [field for field in self if field.name not in texts]

    def group(self, name: str) -> TextGroup:
        """Return the fields of one text."""
        others = [self[f"{name}_{code}"] for code in LANGUAGES if code != SOURCE]
        swedish = self[f"{name}_{SOURCE}"]
        missing = [SWEDISH_NAMES[_code_of(field)] for field in others if swedish.value() and not field.value()]
        return TextGroup(swedish, others, missing, any(field.errors for field in others))

    def texts_of(self, name: str) -> dict[str, str]:
        """Return the text by language, as it is stored; languages left empty are left out."""
        written = {code: plain_text(self.cleaned_data.get(f"{name}_{code}") or "") for code in LANGUAGES}
        return {code: words for code, words in written.items() if words}


def _code_of(field: BoundField) -> str:
    return str(field.name)[-2:]


def _field(text: TextField, code: str) -> forms.CharField:
    attrs = {"lang": code, "dir": "rtl" if is_rtl(code) else "ltr"}
    widget = forms.Textarea({**attrs, "rows": text.rows}) if text.rows > 1 else forms.TextInput(attrs)
    is_source = code == SOURCE
    return forms.CharField(
        label=text.label if is_source else f"{text.label} på {SWEDISH_NAMES[code]}",
        help_text=text.help_text if is_source else "",
        required=text.required and is_source,
        max_length=text.max_length,
        widget=widget,
    )
