"""Brings the vocabulary of marks into a new database."""

from django.db import migrations

from sdgs import vocabulary


def load_marks(apps, schema_editor):
    vocabulary.load(apps.get_model("sdgs", "Mark"), apps.get_model("sdgs", "MarkLabel"))


class Migration(migrations.Migration):
    dependencies = [("sdgs", "0001_initial")]
    operations = [migrations.RunPython(load_marks, migrations.RunPython.noop)]
