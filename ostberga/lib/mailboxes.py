"""The mailbox that an address reaches, however the address is spelt. Pure."""

from django.core.exceptions import ValidationError
from django.utils.encoding import punycode

from ostberga.lib.email_field import clean_address


def mailbox_of(address: str) -> str:
    """Return the mailbox that an address reaches: many servers overlook dots and what follows a plus sign.

    å.se and xn--5ca.se are one domain, and so one mailbox.
    """
    local, _, domain = address.strip().lower().rpartition("@")
    return f"{local.partition('+')[0].replace('.', '')}@{domain_in_letters(domain)}"


def domain_in_letters(domain: str) -> str:
    """Return a domain in lower case with its own letters, as they are compared: å.se also for xn--5ca.se."""
    try:
        return domain.lower().encode("idna").decode("idna").lower()
    except UnicodeError:  # no domain that can be reached: as it stands
        return domain.lower()


def spellings_of(address: str) -> list[str]:
    """Return the address, or domain, in lower case as it can be stored: with all letters in its domain, or a–z only."""
    name, at, domain = address.strip().lower().rpartition("@")
    with_letters = domain_in_letters(domain)
    try:
        written = [with_letters, punycode(with_letters)]
    except UnicodeError:
        written = [with_letters]
    return [f"{name}{at}{each}" for each in dict.fromkeys(written)]


def mailbox_typed(text: str) -> str:
    """Return the mailbox that is meant by what somebody typed, as our fields read it: for counting.

    What is no address is returned in lower case. A domain is written as mail servers have it.
    """
    try:
        local, _, domain = mailbox_of(clean_address(text)).rpartition("@")
        return f"{local}@{punycode(domain)}"
    except (ValidationError, UnicodeError):
        return text.strip().lower()
