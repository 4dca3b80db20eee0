"""Words inside the folded columns are found by an index; does nothing on SQLite."""

from django.db import migrations

from core.trigrams import trigram_index


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_search_keys")]

    operations = [
        trigram_index("accounts_user"),
    ]
