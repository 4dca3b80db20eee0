import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone


def retire_other_kinds(apps, schema_editor):
    """On the way back: what stood before knew templates of plans alone, a name of each once."""
    others = apps.get_model("plans", "WordTemplate").objects.exclude(kind="plan")
    others.filter(retired_at__isnull=True).update(retired_at=timezone.now())


class Migration(migrations.Migration):

    dependencies = [("plans", "0008_search_keys"), ("units", "0001_tree")]

    operations = [
        migrations.RemoveConstraint(model_name="plantemplate", name="plantemplate_name_is_unique_in_use"),
        migrations.RenameModel(old_name="PlanTemplate", new_name="WordTemplate"),
        migrations.AlterModelOptions(
            name="wordtemplate",
            options={"ordering": ["owner", "kind", "name", "pk"], "verbose_name": "mẫu văn bản", "verbose_name_plural": "mẫu văn bản"},
        ),
        migrations.AddField(
            model_name="wordtemplate",
            name="kind",
            field=models.CharField(choices=[("plan", "Kế hoạch"), ("official", "Báo cáo tổng hợp"), ("commendation", "Đề nghị biểu dương")], default="plan", max_length=12, verbose_name="loại văn bản"),
        ),
        migrations.AlterField(
            model_name="wordtemplate",
            name="owner",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="word_templates", to="units.unit", verbose_name="phường"),
        ),
        migrations.AddConstraint(
            model_name="wordtemplate",
            constraint=models.UniqueConstraint(condition=models.Q(("retired_at__isnull", True)), fields=("owner", "kind", "name"), name="wordtemplate_name_is_unique_in_use", violation_error_message="Phường đã có mẫu mang tên này."),
        ),
        migrations.AddConstraint(
            model_name="wordtemplate",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", ["plan", "official", "commendation"])), name="wordtemplate_kind_known"),
        ),
        migrations.RunPython(migrations.RunPython.noop, retire_other_kinds),
    ]
