"""What every test shares: files in a folder of its own, an empty cache."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


def pytest_make_parametrize_id(val, argname):
    """Bytes by their argument: a zip carries the second of its making, and workers must agree."""
    return argname if isinstance(val, bytes) else None
