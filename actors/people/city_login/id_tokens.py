"""Reading an ID token: its signature, issuer, recipient and time are checked, whichever way it came."""

from collections.abc import Iterable
from typing import Any

import jwt

from actors.people.city_login.exceptions import LoginRefused
from actors.rules.city_login import LEEWAY, Reason

# Only those with a public key: with the others whoever knows the client's secret could write a token.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
REQUIRED = ["iss", "sub", "aud", "exp", "iat", "nonce"]
# The length that allauth's table has room for.
LONGEST_SUB = 191


def read_id_token(token: object, *, keys: dict[str, Any], issuer: str, client_id: str) -> dict[str, Any]:
    """Return the claims of a token that the issuer signed for us. Raises LoginRefused for any other.

    `keys` is the provider's JSON Web Key Set. The nonce is compared where it was made.
    """
    try:
        kid = jwt.get_unverified_header(str(token)).get("kid")
        claims: dict[str, Any] = jwt.decode(
            str(token),
            key=_key_named(kid, jwt.PyJWKSet.from_dict(keys)),
            algorithms=ALGORITHMS,
            issuer=issuer,
            audience=client_id,
            leeway=LEEWAY,
            options={"require": REQUIRED},
        )
    except jwt.PyJWTError as error:
        raise LoginRefused(Reason.UNTRUSTED) from error
    is_ours = claims.get("azp", client_id) == client_id
    if not (is_ours and isinstance(claims["sub"], str) and 0 < len(claims["sub"]) <= LONGEST_SUB):
        raise LoginRefused(Reason.UNTRUSTED)
    return claims


def _key_named(kid: object, keys: Iterable[jwt.PyJWK]) -> jwt.PyJWK:
    """Return the key that the token names, or the only one if it names none."""
    fitting = [key for key in keys if kid is None or key.key_id == kid]
    if len(fitting) != 1:
        raise jwt.InvalidKeyError("no such key, or several")
    return fitting[0]
