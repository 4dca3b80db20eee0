"""Words inside the folded columns are found by an index; does nothing on SQLite."""

from django.db import migrations

from core.trigrams import trigram_index


class Migration(migrations.Migration):
    dependencies = [("units", "0008_wards_of_exports")]

    operations = [
        trigram_index("units_unit"),
        trigram_index("units_unitname"),
    ]
