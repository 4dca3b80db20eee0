import pytest
from django.core.management import call_command

from units.tests.factories import WardFactory

pytestmark = pytest.mark.django_db


def page(capsys):
    call_command("maintenance_page")
    return capsys.readouterr().out


def test_page_names_the_office_of_the_only_ward(capsys):
    ward = WardFactory()
    ward.profile.office_phone = "0236 3777 888"
    ward.profile.save()

    assert 'href="tel:0236 3777 888"' in page(capsys)


def test_page_of_several_wards_names_no_number(capsys):
    WardFactory(), WardFactory()

    assert "tel:" not in page(capsys)
    assert "gọi văn phòng phường" in page(capsys)
