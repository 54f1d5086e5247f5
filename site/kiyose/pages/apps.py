from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "kiyose.pages"
    label = "pages"
    verbose_name = _("Pages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from . import checks  # noqa: F401  (registers the check of facts and words)
        from .metadata import save_without_metadata
        from .pictures import prepare_on_publishing

        save_without_metadata()
        prepare_on_publishing()
