"""What is written to stderr, for whoever keeps the site running."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"without keys": {"()": "kiyose.security.WithoutKeys"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["without keys"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Django's own handlers would mail administrators and stay silent otherwise.
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "kiyose": {"level": "INFO"},
    },
}
