"""Signing out at the provider too, where it has an address for that (OpenID Connect RP-Initiated Logout)."""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from ostberga.lib.privacy.encrypted import UnreadableText, decrypt, encrypt

# In the session: where to sign out, and the ID token that says who does, encrypted as second factors are.
SIGNED_IN_AT_PROVIDER = "city_login"


class WayOut(NamedTuple):
    """The provider's name, and the address that ends its session."""

    name: str
    address: str


def remember(request: HttpRequest, login: Any) -> None:
    """Keep in the session what signing out at the provider takes. Nothing if it offers no such thing."""
    request.session.pop(SIGNED_IN_AT_PROVIDER, None)
    if login.end_session:
        request.session[SIGNED_IN_AT_PROVIDER] = {
            "name": login.provider.name,
            "address": login.end_session,
            "client": login.provider.app.client_id,
            "hint": encrypt(login.id_token, "SECOND_FACTOR_KEYS"),
        }


def forget(request: HttpRequest) -> None:
    """Forget it, when somebody signs in otherwise."""
    request.session.pop(SIGNED_IN_AT_PROVIDER, None)


def way_out(request: HttpRequest) -> WayOut | None:
    """Return where the person signs out at her provider, or None if she came otherwise or it has no such address."""
    kept = request.session.get(SIGNED_IN_AT_PROVIDER)
    if kept is None:
        return None
    try:
        hint = decrypt(kept["hint"])
    except UnreadableText:  # its key has been taken away; signing out here must go all the same
        return None
    told = {
        "id_token_hint": hint,
        "client_id": kept["client"],
        "post_logout_redirect_uri": request.build_absolute_uri(reverse("signed-out")),
    }
    sign = "&" if "?" in kept["address"] else "?"
    return WayOut(kept["name"], f"{kept['address']}{sign}{urlencode(told)}")
