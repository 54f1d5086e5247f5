from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertifiedOrgsConfig(AppConfig):
    name = "certified_orgs"
    verbose_name = _("Certified organisations")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from .attachments import delete_files_with_their_rows

        delete_files_with_their_rows()
