"""The configuration of htmx on staff pages."""

import json

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

CONFIG = {
    "allowEval": False,
    "includeIndicatorStyles": False,
    "historyCacheSize": 0,
    "attributesToSettle": ["class"],
    "selfRequestsOnly": True,
    "responseHandling": [
        {"code": "204", "swap": False},
        {"code": "[23]..", "swap": True},
        # A refusal is shown among the messages, and the form keeps what was typed.
        {
            "code": "409",
            "swap": True,
            "target": "#messages",
            "select": "#refusal",
            "ignoreTitle": True,
            "swapOverride": "innerHTML show:#messages:top",
        },
        {"code": "422", "swap": True},
        {"code": "[45]..", "swap": False, "error": True},
    ],
}


@register.simple_tag
def htmx_config() -> SafeString:
    """CONFIG as JSON, for an attribute in single quotes."""
    return mark_safe(json.dumps(CONFIG, separators=(",", ":")))
