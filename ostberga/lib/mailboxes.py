"""The mailbox that an address reaches, however the address is spelt. Pure."""

from django.core.exceptions import ValidationError
from django.utils.encoding import punycode

from ostberga.lib.email_field import clean_address


def mailbox_of(address: str) -> str:
    """Return the mailbox that an address reaches: many servers overlook dots and what follows a plus sign."""
    local, _, domain = address.strip().lower().rpartition("@")
    return f"{local.partition('+')[0].replace('.', '')}@{domain}"


def mailbox_typed(text: str) -> str:
    """Return the mailbox that is meant by what somebody typed, as our fields read it: for counting.

    What is no address is returned in lower case. A domain is written as mail servers have it.
    """
    try:
        local, _, domain = mailbox_of(clean_address(text)).rpartition("@")
        return f"{local}@{punycode(domain)}"
    except (ValidationError, UnicodeError):
        return text.strip().lower()
