"""The setting of a ward for tests; notes go through the real workflow."""

import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from opinions.models import OpinionSetting
from units.tests.factories import UserFactory, WardFactory

MONTH = dt.date(2026, 3, 1)
STATEMENT = "Công văn số 12-CV/ĐU ngày 02/3/2026 của Đảng ủy phường: các ý kiến không mật."


class OpinionSettingFactory(DjangoModelFactory):
    """A ward that has switched opinions on."""

    class Meta:
        model = OpinionSetting

    ward = factory.SubFactory(WardFactory)
    is_open = True
    statement = STATEMENT
    by = factory.SubFactory(UserFactory)
    at = factory.LazyFunction(timezone.now)
