"""allauth's adapter for OpenID Connect, made to check every ID token and to keep nothing that the provider told."""

from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest

from actors.people.city_login.discovery import configuration_at, fetch
from actors.people.city_login.exceptions import LoginRefused
from actors.people.city_login.id_tokens import read_id_token
from actors.people.city_login.providers import Provider
from actors.rules.city_login import Reason

# What may be taken from the userinfo endpoint when the ID token lacks it. Its answer is not signed.
FROM_USERINFO = ("email", "email_verified")


class CityLoginOAuth2Adapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """Reads what a provider answers. The claims stand on the SocialLogin during this request, and nowhere after it."""

    def get_provider(self) -> Provider:
        """Return the provider."""
        return provider_named(self.request, self.provider_id)

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself."""
        return configuration_at(self.get_provider().server_url)

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """Return the SocialLogin, with `claims` and the raw `id_token`. Raises LoginRefused."""
        answer = kwargs["response"]
        config = self.openid_config
        claims = read_id_token(
            answer.get("id_token"), keys=fetch(config["jwks_uri"]), issuer=config["issuer"], client_id=app.client_id
        )
        claims |= self._addresses(claims, token.token)
        login = self.get_provider().sociallogin_from_response(request, {"id_token": claims})
        login.claims, login.id_token = claims, answer["id_token"]
        login.end_session = config.get("end_session_endpoint", "")
        login.account.extra_data = _kept_of(login.account, claims)
        return login

    def _addresses(self, claims: dict[str, Any], access_token: str) -> dict[str, Any]:
        address = self.openid_config.get("userinfo_endpoint")
        if "email" in claims or not address:
            return {}
        told = fetch(address, headers={"Authorization": f"Bearer {access_token}"})
        if told.get("sub") != claims["sub"]:  # OpenID Connect Core 5.3.2
            raise LoginRefused(Reason.UNTRUSTED)
        return {name: told[name] for name in FROM_USERINFO if name in told}


def _kept_of(account: SocialAccount, claims: dict[str, Any]) -> dict[str, Any]:
    """Return what is stored of a login, which allauth does at each sign-in: who had issued it when it was connected."""
    stored = SocialAccount.objects.filter(provider=account.provider, uid=account.uid).first()
    told = stored.extra_data if stored else {}
    earlier = told.get("iss") or told.get("id_token", {}).get("iss")  # rows of earlier versions hold all claims
    return {"iss": earlier or claims["iss"]}


def provider_named(request: HttpRequest, provider_id: str) -> Provider:
    """Return the provider, made to read tokens as we do. Raises Http404 if there is none of this name."""
    try:
        provider = get_adapter(request).get_provider(request, provider=provider_id)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    if not hasattr(provider, "server_url"):
        raise Http404
    provider.oauth2_adapter_class = CityLoginOAuth2Adapter
    return provider
