from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    name = "kiyose.translation"
    label = "translation"
    verbose_name = _("Translation")

    def ready(self):
        from . import comments, currency, facts, lifecycle, titles

        facts.connect()
        comments.connect()
        currency.connect()
        lifecycle.connect()
        titles.connect()
