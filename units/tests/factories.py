"""Wards, units and people for tests, with declared values."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from accounts.models import User
from units import links
from units.models import Membership, ReportingDuty, Role, Unit, WardProfile

OPENED = dt.date(2020, 1, 1)


class UnitFactory(DjangoModelFactory):
    """A cell below ``parent``; a ward of its own when there is none."""

    class Meta:
        model = Unit

    kind = Unit.Kind.RESIDENTIAL_CELL
    name = factory.Sequence(lambda n: f"Chi bộ Tổ dân phố số {n + 1}")
    opened_on = OPENED

    @classmethod
    def _create(cls, model_class, *args, parent=None, **kwargs):
        if parent is None:
            kwargs["kind"] = Unit.Kind.WARD
            return Unit.objects.add_root(kwargs)
        return Unit.objects.add_child(Unit.objects.get(pk=parent.pk), kwargs)


class WardFactory(UnitFactory):
    """A ward with its card."""

    class Meta:
        skip_postgeneration_save = True

    kind = Unit.Kind.WARD
    name = factory.Sequence(lambda n: f"Phường Số {n + 1}")

    @factory.post_generation
    def card(self, create, extracted, **kwargs):
        WardProfile.objects.create(
            ward=self,
            committee_name=f"Đảng ủy {self.name.lower()}",
            place_name=self.name,
            office_phone="+842438000000",
            **kwargs,
        )


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"nguoi{n + 1}")
    full_name = factory.Sequence(lambda n: f"Người thử {n + 1}")


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    unit = factory.SubFactory(WardFactory)
    role = Role.OFFICE
    starts_on = OPENED


class ReportingDutyFactory(DjangoModelFactory):
    class Meta:
        model = ReportingDuty

    unit = factory.SubFactory(UnitFactory)
    starts_on = OPENED


def member(role, unit, **kwargs):
    """A person with one membership: ``role`` in ``unit``."""
    return MembershipFactory(role=role, unit=unit, **kwargs).user


PIN = "840263"


def card(unit, pin=PIN):
    """The link of ``unit`` and its token; the PIN is declared."""
    link, _ = links.issue(unit, actor=None, pin=pin)
    return link, links.token_of(link)
