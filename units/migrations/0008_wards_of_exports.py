"""Of which wards the tables in the log were: until now it was those of whoever took them."""

from django.db import migrations

STEP = 4  # characters of the path of a ward
LONGEST = 600


def fill(apps, schema_editor):
    log = apps.get_model("core", "ExportLog")
    membership = apps.get_model("units", "Membership")
    for line in log.objects.filter(wards="").iterator():
        held = membership.objects.filter(user=line.user_id).exclude(role="secretary")
        paths = set(held.values_list("unit__path", flat=True))
        wards = sorted({path[:STEP] if path else "*" for path in paths})
        text = "".join(f"{path}," for path in ["", *wards])
        log.objects.filter(pk=line.pk).update(wards=text if len(text) <= LONGEST else ",*,")


class Migration(migrations.Migration):
    dependencies = [("units", "0007_saved_filters"), ("core", "0004_wards_of_exports")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
