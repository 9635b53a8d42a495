"""Base of the filters of staff lists: words, choices and order, all in the address, by django-filter."""

from functools import reduce
from operator import or_
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from ostberga.lib.plain_text import plain_text

LONGEST = 100  # characters of a query that are used


class ListFilter(django_filters.FilterSet):  # type: ignore[misc]
    """A list with a search box. `searched` names the text lookups that each word is sought in."""

    searched: tuple[str, ...] = ()
    q = django_filters.CharFilter(
        label="Sök", method="with_words", widget=forms.TextInput({"type": "search", "maxlength": LONGEST})
    )

    def with_words(self, queryset: "QuerySet[Any]", name: str, value: str) -> "QuerySet[Any]":  # noqa: ARG002
        """Keep the rows that have all the words, each in any of the texts."""
        for word in plain_text(value[:LONGEST]).split():
            queryset = queryset.filter(reduce(or_, (Q(**{f"{text}__icontains": word}) for text in self.searched)))
        return queryset

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
