"""Who sends a request, as a number that stands for the client's address today and tells nothing tomorrow."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

from ostberga.lib.privacy.rate_limit import keyed_hash

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
IPV6_PREFIX = 64  # what one household or phone is given


def client_key(request: HttpRequest) -> str:
    """Return the client's number of today."""
    return keyed_hash("client", _network_of(request))


def _network_of(request: HttpRequest) -> str:
    """Return the IPv4 address or the IPv6 network; «unknown», shared by all such, when there is none to read."""
    address = _address(request.META.get("REMOTE_ADDR", ""))
    if _is_trusted(address):
        # The nearest proxy writes last. What stands before the first stranger may be made up.
        for part in reversed(request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")):
            address = _address(part.strip())
            if not _is_trusted(address):
                break
    if address is None:
        return "unknown"
    if address.version == 6:
        return str(ipaddress.ip_network((address, IPV6_PREFIX), strict=False))
    return str(address)


def _address(text: str) -> Address | None:
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_trusted(address: Address | None) -> bool:
    if address is None:  # a Unix socket
        return "unix" in settings.TRUSTED_PROXIES
    networks = [ipaddress.ip_network(text, strict=False) for text in settings.TRUSTED_PROXIES if text != "unix"]
    return any(address in network for network in networks)
