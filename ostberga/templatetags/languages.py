"""Text that exists in several languages, shown in the reader's."""

from collections.abc import Mapping

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from ostberga.lib.translations.languages import in_language, is_rtl, language_shown

register = template.Library()


@register.filter
def here(texts: Mapping[str, str] | None) -> str:
    """The text in the page's language, else in Swedish."""
    return in_language(texts, get_language() or "sv")


@register.filter
def language_used(texts: Mapping[str, str] | None) -> str:
    """Which language `here` shows, for the lang attribute; empty when it is the page's own."""
    wanted = get_language() or "sv"
    shown = language_shown(texts, wanted)
    return shown if in_language(texts, wanted) and shown != wanted else ""


@register.filter
def direction(language: str) -> str:
    """How a language is written, for the dir attribute."""
    return "rtl" if is_rtl(language) else "ltr"


@register.filter
def spoken(texts: Mapping[str, str] | None) -> SafeString:
    """The attributes that say in which language `here` answered; nothing when it is the page's own."""
    code = language_used(texts)
    return format_html(' lang="{}" dir="{}"', code, direction(code)) if code else mark_safe("")


@register.simple_tag
def in_swedish() -> SafeString:
    """The attributes of a text that exists in Swedish only; nothing on a Swedish page."""
    return mark_safe("" if (get_language() or "sv") == "sv" else ' lang="sv" dir="ltr"')
