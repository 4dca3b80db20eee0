"""Words inside the folded columns are found by an index; does nothing on SQLite."""

from django.db import migrations

from core.trigrams import trigram_index


class Migration(migrations.Migration):
    dependencies = [("plans", "0009_templates_of_kinds")]

    operations = [
        trigram_index("plans_plan"),
        trigram_index("plans_legalinstrument"),
        trigram_index("plans_contentitem"),
        trigram_index("plans_task"),
    ]
