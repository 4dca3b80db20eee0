"""Words inside the shops' folded column are found by an index; does nothing on SQLite."""

from django.db import migrations

from core.trigrams import trigram_index


class Migration(migrations.Migration):
    dependencies = [("products", "0005_residents_voice")]

    operations = [trigram_index("products_outlet")]
