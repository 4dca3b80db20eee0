"""Redis keeps JSON; while it does not answer, the database keeps the same."""

import pytest
from django.core.cache import CacheHandler

from core import caching

NOWHERE = "redis://127.0.0.1:1/0"


@pytest.fixture
def cache(settings, monkeypatch):
    monkeypatch.setattr(caching._Rest, "until", 0.0)
    kept = {"default": {"BACKEND": "core.caching.SturdyRedisCache", "LOCATION": NOWHERE}}
    settings.CACHES = kept | {
        "database": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": "other",
        }
    }
    handler = CacheHandler()
    monkeypatch.setattr(caching, "caches", handler)
    yield handler["default"]
    handler["database"].clear()


def test_without_redis_everything_is_kept_elsewhere(cache):
    cache.set("a", ["x", 1.5], 60)

    assert cache.get("a") == ["x", 1.5]
    assert cache.add("a", 1) is False
    cache.set("n", 1)
    assert cache.incr("n") == 2
    assert cache.get_many(["a", "n"]) == {"a": ["x", 1.5], "n": 2}
    cache.delete("a")
    assert not cache.has_key("a")


@pytest.mark.parametrize("value", [0, 12, True, "đã gửi", [1.5, "a"], {"a": ["b", 2]}, None])
def test_what_is_kept_is_json_and_comes_back(value):
    serializer = caching.JsonSerializer()
    kept = serializer.dumps(value)

    assert serializer.loads(str(kept).encode() if isinstance(kept, int) else kept) == value


def test_what_is_no_json_is_not_run():
    with pytest.raises(ValueError, match="codec"):
        caching.JsonSerializer().loads(b"\x80\x04cos\nsystem\n")
