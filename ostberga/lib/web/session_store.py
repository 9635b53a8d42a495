"""Django's cached_db sessions that only the cookie opens: what is stored is a hash of its key, and sealed data.

A copy of the database or the cache signs nobody in and, even with SECRET_KEY, reads nothing that a session holds, such
as the code of a receipt or of a letter.
"""

import base64
from collections.abc import Callable
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.cached_db import SessionStore as CachedStore
from django.core.cache import BaseCache
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

# Seconds that a session is read from the cache. So long may one live on that was ended while the cache was away.
SECONDS_CACHED = 60


def stored_key(session_key: str) -> str:
    """Return what the database and the cache call the session whose cookie holds this key."""
    return salted_hmac("ostberga.session", session_key, algorithm="sha256").hexdigest()[:40]


def _cipher(session_key: str) -> Fernet:
    mac = salted_hmac("ostberga.session.data", session_key, algorithm="sha256")
    return Fernet(base64.urlsafe_b64encode(mac.digest()))


class SpareableCache:
    """The sealed sessions in the cache. While its server is away they are read from the database."""

    def __init__(self, cache: BaseCache, seal: Callable[[Any], str], unseal: Callable[[str], Any]) -> None:
        self._cache, self._seal, self._unseal = cache, seal, unseal

    def get(self, key: str) -> Any:
        """Return the session, or None."""
        try:
            sealed = self._cache.get(key)
        except RedisError:
            return None
        return self._unseal(sealed) if isinstance(sealed, str) else None

    def set(self, key: str, value: Any, seconds: int) -> None:
        """Store the session for a short time."""
        try:
            self._cache.set(key, self._seal(value), min(seconds, SECONDS_CACHED))
        except RedisError:
            return

    def delete(self, key: str) -> None:
        """Forget the session."""
        try:
            self._cache.delete(key)
        except RedisError:
            return


class SessionStore(CachedStore):
    """The store that settings.SESSION_ENGINE names. `session_key` is the cookie's value and is never stored."""

    cache_key_prefix = "session:"

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self._cache: Any = SpareableCache(self._cache, self.encode, self.decode)

    @classmethod
    def end(cls, stored: str) -> None:
        """End the session that is stored under this hash."""
        cache, key = cls()._cache, cls.cache_key_prefix + stored
        cls.get_model_class().objects.filter(session_key=stored).delete()
        cache.delete(key)
        # Once more when others see that the row is gone: until then one of them may have read it into the cache.
        transaction.on_commit(lambda: cache.delete(key))

    @property
    def cache_key(self) -> str:
        """The session's key in the cache."""
        return self.cache_key_prefix + stored_key(self._get_or_create_session_key())  # type: ignore[attr-defined]

    def encode(self, session_dict: Any) -> str:
        """Return the session's data, sealed with a key made of SECRET_KEY and the cookie's."""
        sealed = _cipher(self._get_or_create_session_key()).encrypt(super().encode(session_dict).encode())  # type: ignore[attr-defined]
        return sealed.decode()

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """Return the data; nothing if another cookie's key sealed it."""
        try:
            return super().decode(_cipher(self.session_key or "").decrypt(session_data).decode())
        except InvalidToken:
            return {}

    def exists(self, session_key: str) -> bool:
        """Whether there is such a session."""
        return bool(session_key) and self.model.objects.filter(session_key=stored_key(session_key)).exists()

    def delete(self, session_key: str | None = None) -> None:
        """End the session of this cookie, else the own one."""
        if key := session_key or self.session_key:
            self.end(stored_key(key))

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """Return the row to store."""
        row = super().create_model_instance(data)
        row.session_key = stored_key(row.session_key)
        return row

    def _get_session_from_db(self) -> Any:
        if self.session_key is None:
            return None
        stored = stored_key(self.session_key)
        row = self.model.objects.filter(session_key=stored, expire_date__gt=timezone.now()).first()
        if row is None:
            self._session_key = None
        return row

    # The parents' own would store the key itself; these call the methods above in a thread.
    aload = SessionBase.aload
    aexists = SessionBase.aexists
    acreate = SessionBase.acreate
    asave = SessionBase.asave
    adelete = SessionBase.adelete
    aflush = SessionBase.aflush
