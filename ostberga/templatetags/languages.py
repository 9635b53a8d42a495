"""Filters that show a text stored in several languages in the language of the page."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.template import Context
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from ostberga.lib.translations.languages import in_language, is_rtl, language_shown
from ostberga.lib.translations.texts_form import TextGroup

register = template.Library()


@register.filter
def here(texts: Mapping[str, str] | None) -> str:
    """Return the text in the page's language, else in Swedish."""
    return in_language(texts, get_language() or "sv")


@register.filter
def language_used(texts: Mapping[str, str] | None) -> str:
    """Return the language that `here` falls back on, for the lang attribute; empty when it is the page's own."""
    current = get_language() or "sv"
    used = language_shown(texts, current)
    return used if in_language(texts, current) and used != current else ""


@register.filter
def direction(language: str) -> str:
    """Return `rtl` or `ltr`, for the dir attribute."""
    return "rtl" if is_rtl(language) else "ltr"


@register.filter
def spoken(texts: Mapping[str, str] | None) -> SafeString:
    """Return the lang and dir attributes of the text that `here` shows; empty when it is in the page's language."""
    code = language_used(texts)
    return format_html(' lang="{}" dir="{}"', code, direction(code)) if code else mark_safe("")


@register.simple_tag(takes_context=True)
def group_asked(context: Context) -> TextGroup:
    """Return the `group` of the context with the languages of the survey of the page, else of its collaboration."""
    group: TextGroup = context["group"]
    place = context.get("survey") or context.get("collaboration")
    return group.asked_in(getattr(place, "languages", ()))


@register.simple_tag(takes_context=True)
def links_offered(context: Context) -> list[dict[str, Any]]:
    """Return the page's language links that its collaboration offers, and the page's own; all where it says none."""
    languages = getattr(context.get("collaboration"), "languages", ())
    links: list[dict[str, Any]] = context.get("language_links") or []
    return [link for link in links if not languages or link["code"] in languages or link["current"]]


@register.simple_tag
def comma() -> str:
    """Return the comma of the page's language, with the space after it: Arabic has one of its own."""
    return "، " if get_language() == "ar" else ", "


@register.simple_tag
def in_swedish() -> SafeString:
    """Return the lang and dir attributes of a text that is only in Swedish; empty on a Swedish page."""
    return mark_safe("" if (get_language() or "sv") == "sv" else ' lang="sv" dir="ltr"')


@register.filter
def as_swedish(text: object) -> SafeString:
    """Return a name that is only in Swedish, marked as Swedish, to put into a translated sentence."""
    return format_html("<span{}>{}</span>", in_swedish(), text) if in_swedish() else conditional_escape(str(text))
