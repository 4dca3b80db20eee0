from django.db import migrations

from core.text import fold

FIELDS = ("document_type", "code", "issued_on", "issuer", "subject")


def fill(apps, schema_editor):
    """Plans confirmed before there was a register enter their legal bases in it."""
    basis_model = apps.get_model("plans", "LegalBasis")
    instrument_model = apps.get_model("plans", "LegalInstrument")
    rows = basis_model.objects.filter(instrument__isnull=True, is_left_out=False)
    rows = rows.exclude(plan__status="proposed").select_related("plan").defer("plan__reading")
    for row in rows.order_by("plan", "position"):
        known = instrument_model.objects.filter(owner=row.plan.owner_id)
        found = next((one for one in known if is_same(one, row)), None)
        if found is None:
            values = {name: getattr(row, name) for name in FIELDS}
            text = f"{row.document_type} {row.code} {row.issuer} {row.subject}"
            found = instrument_model.objects.create(
                owner_id=row.plan.owner_id, search=fold(text)[:600], **values
            )
        basis_model.objects.filter(pk=row.pk).update(instrument=found)


def is_same(instrument, row):
    """As :func:`plans.register.fill` tells it when a plan is confirmed."""
    if fold(instrument.document_type) != fold(row.document_type):
        return False
    if fold(instrument.code) != fold(row.code):
        return False
    if len({instrument.issued_on, row.issued_on} - {None}) > 1:
        return False
    return bool(row.code) or fold(instrument.subject) == fold(row.subject)


class Migration(migrations.Migration):
    dependencies = [("plans", "0005_document_templates")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
