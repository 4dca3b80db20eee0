import datetime as dt

import pytest

from units.demonstration import load
from units.matching import find_unit
from units.models import ReportingDuty, Unit

pytestmark = pytest.mark.django_db
IN_2023, IN_2027 = dt.date(2023, 3, 22), dt.date(2027, 2, 5)


@pytest.fixture
def ward():
    return load()


def _best(ward, name, day):
    found = find_unit(ward, name, day)
    if not found:
        return None
    best = found[0]
    return (str(best.unit or best.group), best.is_sure)


@pytest.mark.parametrize(
    ("name", "day", "means"),
    [
        ("UBND phường", IN_2023, ("Ủy ban nhân dân phường", True)),
        ("Tuyên giáo Đảng ủy", IN_2023, ("Ban Xây dựng Đảng", True)),
        ("Ban Xây dựng Đảng", IN_2027, ("Ban Xây dựng Đảng", True)),
        ("Các chi bộ trực thuộc", IN_2023, ("Các chi bộ trực thuộc", True)),
        ("CÁC CHI BỘ TRỰC THUỘC", IN_2023, ("Các chi bộ trực thuộc", True)),
        (
            "Ủy ban Mặt trận Tổ quốc và các tổ chức chính trị - xã hội phường",
            IN_2023,
            ("Ủy ban Mặt trận Tổ quốc Việt Nam phường", True),
        ),
        ("Đội Quản lý thị trường số 5", IN_2027, None),
    ],
)
def test_name_in_a_document_means_a_unit(ward, name, day, means):
    assert _best(ward, name, day) == means


def test_old_name_means_nothing_sure_after_its_time(ward):
    found = find_unit(ward, "Tuyên giáo Đảng ủy", IN_2027)

    assert [match for match in found if match.is_sure] == []


def test_demonstration_has_its_units(ward):
    kinds = Unit.objects.under(ward)

    assert kinds.filter(kind=Unit.Kind.RESIDENTIAL_GROUP).count() == 25
    assert ReportingDuty.objects.count() == 43
