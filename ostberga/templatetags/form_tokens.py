"""`{% csrf_token %}`, which in this project also writes the form's own token, and `{% once_token %}`.

In force in every template, also others'.

Built in (settings.TEMPLATES), so that no form can forget it: not ours, nor those of allauth and the admin site.
"""

from typing import Any

from django import template
from django.http import HttpRequest
from django.template.base import Parser, Token
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from ostberga.lib.web.form_tokens import FIELD, link_token_for, token_for

register = template.Library()


class FormTokenNode(CsrfTokenNode):
    """Writes both hidden fields."""

    def render(self, context: Any) -> SafeString:
        """Return the fields; nothing where Django writes no token."""
        written, request = mark_safe(super().render(context)), context.get("request")
        if not written or request is None:
            return written
        return written + format_html('<input type="hidden" name="{}" value="{}">', FIELD, token_for(request))


@register.tag
def csrf_token(_parser: Parser, _token: Token) -> FormTokenNode:
    """Write Django's token against forged requests, and ours (docs/adr/0041)."""
    return FormTokenNode()


@register.simple_tag(takes_context=True)
def once_token(context: Any) -> SafeString:
    """Write what makes a form behind a secret link be carried out once. It needs no cookie, as Django's token does."""
    request: HttpRequest = context["request"]
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, link_token_for(request))
