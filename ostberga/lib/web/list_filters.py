"""Base of the filters of staff lists: words, choices and order, all in the address, by django-filter."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest

from ostberga.lib.folding import split_terms
from ostberga.lib.plain_text import plain_text
from ostberga.lib.searching.words import Words, matching

LONGEST = 100  # characters of a query that are used


class ListFilter(django_filters.FilterSet):  # type: ignore[misc]
    """A list with a search box. `searched` names the texts that each word is sought in, «title.sv» within languages."""

    searched: tuple[str, ...] = ()
    q = django_filters.CharFilter(
        label="Sök", method="with_words", widget=forms.TextInput({"type": "search", "maxlength": LONGEST})
    )

    def with_words(self, queryset: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":  # noqa: ARG002
        """Keep the rows that have all the words, each in any of the texts: folded, by its stem, or within another."""
        words = Words(split_terms(plain_text(value[:LONGEST])))
        if not words:
            return queryset
        # Apart, since a row stands there once for each of its former names.
        return queryset.filter(pk__in=matching(queryset.order_by(), words, *self.searched).values("pk"))

    @property
    def is_used(self) -> bool:
        """Whether anything is chosen or typed."""
        return any(self.data.get(name) for name in self.filters)


def ordering(*orders: tuple[str, str, str]) -> Any:
    """Return the filter that sorts: (lookup, its word in the address, its name for people), «-» before for falling."""
    fields = {lookup.removeprefix("-"): word.removeprefix("-") for lookup, word, _ in orders}
    choices = [(word, label) for _, word, label in orders]
    return django_filters.OrderingFilter(fields=fields, choices=choices, label="Ordning", empty_label="Som vanligt")


def query_without_page(request: HttpRequest) -> str:
    """Return the address's query to go before «page=» in links to other pages; empty, or ending in «&»."""
    query = request.GET.copy()
    query.pop("page", None)
    return f"{query.urlencode()}&" if query else ""
