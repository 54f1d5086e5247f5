"""All 169 targets, and the words by which marks are found. What staff corrected stays."""

from django.db import migrations

from sdgs import vocabulary


def load_marks(apps, schema_editor):
    vocabulary.load(apps.get_model("sdgs", "Mark"), apps.get_model("sdgs", "MarkLabel"))


class Migration(migrations.Migration):
    dependencies = [("sdgs", "0003_pictures_search_words_and_artwork")]
    operations = [migrations.RunPython(load_marks, migrations.RunPython.noop)]
