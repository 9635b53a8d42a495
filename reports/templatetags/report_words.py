"""How a report's texts, dates and pictures are set on a page."""

import datetime as dt

from django import template
from django.template.defaultfilters import date
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from reports.rendering import charts
from reports.rules.findings import HeardTable, ThemeLink
from reports.rules.prose import split_passages

register = template.Library()


@register.filter
def prose(text: str) -> SafeString:
    """Paragraphs and lists; everything in them is text, never HTML."""
    return format_html_join("\n", "{}", ((_set(one.is_list, one.lines),) for one in split_passages(text)))


def _set(is_list: bool, lines: tuple[str, ...]) -> SafeString:
    if is_list:
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((line,) for line in lines)))
    return format_html("<p>{}</p>", format_html_join(SafeString("<br>"), "{}", ((line,) for line in lines)))


@register.filter
def day(iso: str) -> str:
    """«16 juni 2016» from «2016-06-16»."""
    return date(dt.date.fromisoformat(iso), "j F Y")


@register.filter
def in_words(table: HeardTable) -> str:
    """What a table's picture shows."""
    return charts.describe_bars(table)


@register.filter
def links_in_words(links: tuple[ThemeLink, ...]) -> str:
    """What the picture of themes shows."""
    return charts.describe_theme_links(links)
