"""An e-mail address as people paste it: understood where it can be, else refused with the true reason."""

import re
import unicodedata
from typing import Any
from urllib.parse import unquote

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.encoding import punycode
from django.utils.translation import gettext_lazy as _

from ostberga.lib.invisible_text import without_invisible

_AROUND = " \t\r\n\"'<>()[]{}«»“”„’`,;:"
_BETWEEN = re.compile(r"[\s,;]+")
REASONS: dict[str, Any] = {
    # All texts are translated here: Django has no Somali, and would answer in Swedish.
    "required": _("Skriv din e-postadress."),
    "max_length": _("Adressen är för lång. Kontrollera att du skrev den rätt."),
    "invalid": _("Det ser inte ut som en e-postadress. Den ska ha ett @ och en punkt, som namn@example.se."),
    "several": _("Skriv en enda e-postadress."),
    "spaces": _("Det får inte vara mellanslag i en e-postadress."),
    "before_at": _("Före @ går det inte att skicka till å, ä och ö: skriv a–z, siffror och punkt. Efter @ går de bra."),
    "after_at": _("Det som står efter @ är ingen adress på nätet. Det ska se ut som example.se."),
}


class PastedEmailField(forms.EmailField):
    """The field for every e-mail address that somebody types. Reads «Anna <anna@example.se>», mailto: and a final dot.

    The domain may have other letters than a–z; it is kept as it is read, in one Unicode form. Before the @ such letters
    are another kind of address, which our mail server cannot write to.
    """

    default_validators = []  # `clean_address` says what is wrong
    default_error_messages = REASONS

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 254)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """Return the address that was meant. Raises ValidationError with the reason."""
        text = super().to_python(value) or ""
        if not text:
            return text
        try:
            return clean_address(text)
        except ValidationError as problem:
            code = str(problem.code)
            raise ValidationError(str(self.error_messages[code]), code=code) from None


def clean_address(pasted: str) -> str:
    """Return the address in a pasted text, or an empty string. Raises ValidationError whose code is one of REASONS."""
    text = _unwrapped(without_invisible(unicodedata.normalize("NFKC", pasted)))
    if not text:
        return ""
    if text.count("@") > 1:
        raise _refused("several")
    name, at, domain = (part.strip() for part in text.partition("@"))
    if not at or not name:
        raise _refused("invalid")
    if _BETWEEN.search(name + domain):
        raise _refused("spaces")
    _check(name, domain)
    return f"{name}@{domain}"


def _refused(code: str) -> ValidationError:
    return ValidationError(str(REASONS[code]), code=code)


def _unwrapped(text: str) -> str:
    if (inner := re.search(r"<([^<>]*@[^<>]*)>", text)) and text.count("@") == 1:
        text = inner.group(1)
    text = text.strip(_AROUND)
    if text.lower().startswith("mailto:"):
        text = unquote(text[len("mailto:") :].partition("?")[0])
    return text.strip(_AROUND).rstrip("." + _AROUND)


def _check(name: str, domain: str) -> None:
    if not EmailValidator.user_regex.match(name):
        raise _refused("before_at")
    try:
        reachable = punycode(domain)
    except UnicodeError:
        reachable = ""
    if not reachable or not EmailValidator.domain_regex.match(reachable):
        raise _refused("after_at")
