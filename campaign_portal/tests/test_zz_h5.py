import pytest
from campaign_portal.tests import test_access_matrix as m
m.ROUTES = {r: v for r, v in m.ROUTES.items() if "tuyen-truyen" in r or "outreach/" in r or "tin-tuc" in r or "lich-su/bai-viet" in r or "lich-su/ap-phich" in r or "lich-su/tin-zalo" in r}
@pytest.mark.django_db
@pytest.mark.parametrize("role", ["office", "editor", "secretary", "anonymous"])
def test_mine(client, role):
    m.test_answers_follow_the_table(client, role)
def test_count():
    assert len(m.ROUTES) > 20
