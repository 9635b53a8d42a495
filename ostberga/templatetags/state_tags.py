"""The tag that shows a state, and the colour of every state."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# Colour by kind of state and state. States that are not listed are neutral. Residents and staff look for different
# things in an activity or a decision: what goes on, or what has to be done. Therefore some states have several colours.
_COLORS: dict[str, dict[str, str]] = {
    # An activity in the story of an issue and among the results.
    "activity": {
        "running": "info",
        "paused": "warning",
        "done": "success",
        "handed_over": "success",
        "no_effect": "ochre",
    },
    # An activity in the list of what goes on now.
    "activity_now": {"running": "info", "paused": "warning"},
    # An activity in the coordinator's pages.
    "activity_coordinated": {"planned": "info", "running": "success", "paused": "warning"},
    # An activity on the page of the body that leads it.
    "activity_led": {"running": "info", "paused": "warning", "done": "success"},
    # A body's reply to a request to take part in an activity.
    "reply": {"asked": "warning", "accepted": "success", "countered": "warning"},
    # A decision in the story of an activity.
    "decision": {"in_force": "success", "refused": "brick"},
    # A decision in the coordinator's pages.
    "decision_coordinated": {
        "pending": "warning",
        "in_force": "success",
        "refused": "danger",
        "sent_back": "warning",
    },
    # Whether an organisation has itself said that it is a partner.
    "partner": {"accepted": "success", "unconfirmed": "warning"},
    "meeting": {"open": "info", "waiting": "warning", "locked": "success"},
    "letter": {"waiting": "info", "sent": "success", "failed": "danger"},
    "statement": {"raw": "warning", "confirmed": "success", "quarantined": "danger"},
    "wave": {"waiting": "info", "open": "success", "over": "warning"},
}


def state_color(kind: str, state: str) -> str:
    """Return the colour of a state. Raises KeyError for an unknown kind."""
    return _COLORS[kind].get(state, "neutral")


@register.simple_tag
def state_tag(kind: str, state: str, label: str) -> SafeString:
    """Return the element that shows a state, without whitespace around it: it may stand close to other words."""
    context = {"color": state_color(kind, state), "label": label}
    return mark_safe(render_to_string("components/state_tag.html", context).strip())
