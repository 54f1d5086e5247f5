from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class JapaneseConfig(AppConfig):
    name = "kiyose.japanese"
    label = "japanese"
    verbose_name = _("Japanese")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from .furigana.city import forget

        reading = self.get_model("Reading")
        for signal in (post_save, post_delete):
            signal.connect(forget, sender=reading, dispatch_uid="japanese.forget_readings")
