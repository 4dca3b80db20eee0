import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("core", "0001_files_and_outbox"),
        ("plans", "0004_register_and_progress"),
        ("units", "0001_tree"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PlanTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="tên mẫu")),
                ("checked_at", models.DateTimeField(verbose_name="kiểm tra lúc")),
                ("retired_at", models.DateTimeField(blank=True, null=True, verbose_name="thôi dùng từ")),
                ("created_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="người nạp")),
                ("file", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile", verbose_name="tệp")),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="plan_templates", to="units.unit", verbose_name="phường")),
            ],
            options={
                "verbose_name": "mẫu văn bản",
                "verbose_name_plural": "mẫu văn bản",
                "ordering": ["owner", "name", "pk"],
                "constraints": [models.UniqueConstraint(condition=models.Q(("retired_at__isnull", True)), fields=("owner", "name"), name="plantemplate_name_is_unique_in_use", violation_error_message="Phường đã có mẫu mang tên này.")],
            },
        ),
    ]
