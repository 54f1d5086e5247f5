"""The Redis of a run, which its workers share."""

from __future__ import annotations

from django.core.cache.backends.redis import RedisCache


class OwnKeysOnly(RedisCache):
    """
    Django's, but clear() takes away what has this worker's prefix, and not all there is:
    another worker may be counting its queries at that very moment.
    """

    def clear(self) -> None:
        redis = self._cache.get_client(write=True)
        for key in redis.scan_iter(f"{self.key_prefix}:*"):
            redis.delete(key)
