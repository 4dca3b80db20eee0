import pytest

from units import demonstration


@pytest.fixture
def media(settings, tmp_path):
    """Files go to a place of their own."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def phuong_liet(db, media):
    """The demonstration ward, with the names that Plan 85 uses."""
    return demonstration.load()
