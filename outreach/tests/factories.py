"""Forms of a content for tests, with declared values."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from outreach.models import Airing, Article, Bulletin, Event, Poster, ShortText, Slot
from plans.tests.factories import ContentItemFactory, PlanFactory
from units.tests.factories import UserFactory, WardFactory

WENT_OUT = dt.datetime(2026, 3, 15, 7, 30, tzinfo=dt.timezone(dt.timedelta(hours=7)))


class PieceFactory(DjangoModelFactory):
    """A draft of a ward, of a content of a plan that is in force in 2026."""

    class Meta:
        abstract = True

    owner = factory.SubFactory(WardFactory)
    content_item = factory.LazyAttribute(
        lambda o: ContentItemFactory(plan=PlanFactory(owner=o.owner))
    )
    title = factory.Sequence(lambda n: f"Hàng Việt về phường {n + 1}")

    @factory.lazy_attribute
    def published_at(self):
        return WENT_OUT if getattr(self, "status", "") == "published" else None

    @factory.lazy_attribute
    def due_at(self):
        return WENT_OUT if getattr(self, "status", "") == "scheduled" else None


class ArticleFactory(PieceFactory):
    class Meta:
        model = Article

    summary = "Phường giới thiệu hàng Việt."
    body = "<p>Xem nhãn trước khi mua.</p>"


class ShortTextFactory(PieceFactory):
    class Meta:
        model = ShortText

    text = "Mời bà con xem nhãn trước khi mua."


class PosterFactory(PieceFactory):
    class Meta:
        model = Poster

    text = "Xem nhãn\nHỏi nguồn gốc"


class BulletinFactory(PieceFactory):
    """Sixty seconds long, as if it had been measured."""

    class Meta:
        model = Bulletin

    text = "Mời bà con mua hàng Việt."
    syllables = 6
    seconds = 60


class SlotFactory(DjangoModelFactory):
    class Meta:
        model = Slot

    owner = factory.SubFactory(WardFactory)
    name = "Chiều"
    starts_at = dt.time(16, 30)
    minutes = 5


class AiringFactory(DjangoModelFactory):
    class Meta:
        model = Airing

    owner = factory.SelfAttribute("bulletin.owner")
    bulletin = factory.SubFactory(BulletinFactory)
    slot = factory.LazyAttribute(lambda o: SlotFactory(owner=o.bulletin.owner))
    day = dt.date(2026, 3, 18)


class EventFactory(DjangoModelFactory):
    class Meta:
        model = Event

    owner = factory.SubFactory(WardFactory)
    title = "Lễ phát động tuần lễ hàng Việt"
    held_on = dt.date(2026, 3, 20)
    place = "Nhà văn hóa"
    created_by = factory.SubFactory(UserFactory)
