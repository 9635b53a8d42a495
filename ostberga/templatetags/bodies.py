"""The name of a body beside what it has answered."""

from typing import Protocol

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ostberga.templatetags.languages import as_swedish, in_swedish

register = template.Library()


class AnswerOfBody(Protocol):
    """What a body has answered: a `PartDecision` or a `Commitment`."""

    @property
    def body(self) -> str:
        """Its name on the day of the answer."""

    @property
    def body_now(self) -> str:
        """Its name today, if it is another."""


@register.simple_tag
def body_then(answer: AnswerOfBody) -> SafeString:
    """Return the name under which a body answered, and the one that it has now: «Trafikkontoret (heter nu Gatan)»."""
    then = format_html("<span{}>{}</span>", in_swedish(), answer.body)
    if not answer.body_now:
        return then
    return format_html("{} ({} <span{}>{}</span>)", then, _("heter nu"), in_swedish(), answer.body_now)


class MovedQuestion(Protocol):
    """A question that went from one body to another: a `QuestionTransfer`."""

    sender_name: str
    receiver_name: str
    returned_as: str

    @property
    def sentence(self) -> str:
        """Whose word it is, with %(sender)s and %(receiver)s."""

    @property
    def return_sentence(self) -> str:
        """By whose word it went back, with %(refuser)s too."""


@register.simple_tag
def transfer_told(transfer: MovedQuestion) -> SafeString:
    """Return whose word it is that a question went to another body, with the names marked as Swedish."""
    return _with_names(transfer.sentence, transfer)


@register.simple_tag
def return_told(transfer: MovedQuestion) -> SafeString:
    """Return by whose word a question went back, with the names marked as Swedish."""
    return _with_names(transfer.return_sentence, transfer)


def _with_names(sentence: str, transfer: MovedQuestion) -> SafeString:
    names = {
        "sender": as_swedish(transfer.sender_name),
        "receiver": as_swedish(transfer.receiver_name),
        "refuser": as_swedish(transfer.returned_as),
    }
    # The sentence is escaped, and so are the names.
    return mark_safe(escape(sentence) % names)
