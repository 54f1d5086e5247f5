"""Pages about a programme are rows of their own, so that editors get Wagtail's page chooser."""

import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models

import kiyose.pages.facts


class Migration(migrations.Migration):
    dependencies = [
        ("sdgs", "0005_plans_and_programmes"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.RemoveField(model_name="programme", name="pages"),
        migrations.CreateModel(
            name="ProgrammePage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        limit_choices_to=kiyose.pages.facts.source_rows,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.page",
                        verbose_name="page",
                    ),
                ),
                (
                    "programme",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="page_links",
                        to="sdgs.programme",
                    ),
                ),
            ],
            options={
                "verbose_name": "page about a programme",
                "verbose_name_plural": "pages about programmes",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "page"),
                        name="one_link_per_programme_and_page",
                        violation_error_message="This page is linked already.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="programme",
            name="pages",
            field=models.ManyToManyField(
                blank=True,
                related_name="programmes",
                through="sdgs.ProgrammePage",
                to="wagtailcore.page",
                verbose_name="pages about it",
            ),
        ),
    ]
