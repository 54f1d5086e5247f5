from django.apps import AppConfig


class WordsConfig(AppConfig):
    name = "kiyose.words"
    label = "words"

    def ready(self):
        from .fallback import fall_back_to_english

        fall_back_to_english()
