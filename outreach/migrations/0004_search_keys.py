"""The forms of a content are found by their names without marks."""

import core.search_keys
from django.db import migrations

from core.search_keys import fill_keys
from core.trigrams import trigram_index

MODELS = ("Article", "Bulletin", "Poster", "ShortText")


def fill(apps, schema_editor):
    for name in MODELS:
        fill_keys(apps, "outreach", name)


class Migration(migrations.Migration):

    dependencies = [
        ('outreach', '0003_loudspeaker_and_events'),
    ]

    operations = [
        migrations.AddField(
            model_name='article',
            name='search',
            field=core.search_keys.SearchKeyField(default='', editable=False, max_length=600, sources=('title',)),
        ),
        migrations.AddField(
            model_name='bulletin',
            name='search',
            field=core.search_keys.SearchKeyField(default='', editable=False, max_length=600, sources=('title',)),
        ),
        migrations.AddField(
            model_name='poster',
            name='search',
            field=core.search_keys.SearchKeyField(default='', editable=False, max_length=600, sources=('title',)),
        ),
        migrations.AddField(
            model_name='shorttext',
            name='search',
            field=core.search_keys.SearchKeyField(default='', editable=False, max_length=600, sources=('title',)),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        *(trigram_index(f"outreach_{name.lower()}") for name in MODELS),
    ]
