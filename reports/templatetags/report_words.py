"""Template filters for a report's texts, dates and text alternatives."""

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
    """Plain text as HTML paragraphs and lists, escaped."""
    return format_html_join(
        "\n", "{}", ((_passage_html(passage.is_list, passage.lines),) for passage in split_passages(text))
    )


def _passage_html(is_list: bool, lines: tuple[str, ...]) -> SafeString:
    if is_list:
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((line,) for line in lines)))
    return format_html("<p>{}</p>", format_html_join(SafeString("<br>"), "{}", ((line,) for line in lines)))


@register.filter
def day(iso: str) -> str:
    """«16 juni 2016» from «2016-06-16»."""
    return date(dt.date.fromisoformat(iso), "j F Y")


@register.filter
def in_words(table: HeardTable) -> str:
    """Text alternative of a table's chart."""
    return charts.describe_bars(table)


@register.filter
def links_in_words(links: tuple[ThemeLink, ...]) -> str:
    """Text alternative of the picture of themes."""
    return charts.describe_theme_links(links)
