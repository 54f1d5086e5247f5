from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SdgsConfig(AppConfig):
    name = "sdgs"
    verbose_name = _("SDGs")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from . import vocabulary

        vocabulary.forget_labels_on_change()
