"""What one worker of a run clears is not another one's."""

import pytest
from django.conf import settings
from django.core.cache import cache

from .redis_cache import OwnKeysOnly


@pytest.mark.skipif(not settings.REDIS_URL, reason="No Redis: each worker has a memory of its own")
def test_clearing_leaves_the_keys_of_other_workers():
    mine, other = (
        OwnKeysOnly(settings.REDIS_URL, {"KEY_PREFIX": f"{cache.key_prefix}-{name}"})
        for name in ("mine", "other")
    )
    mine.set("sample", 1)
    other.set("sample", 2)
    mine.clear()
    assert (mine.get("sample"), other.get("sample")) == (None, 2)
    other.clear()
    assert other.get("sample") is None
