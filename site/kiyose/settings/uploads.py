"""Static files, and what editors upload: where it is kept and what is refused."""

from . import environment
from .paths import VAR

MEDIA_ROOT = environment.media_folder(VAR / "media")
MEDIA_URL = "/media/"

# What only the office may see lies beside it, and no web server serves it.
PRIVATE_ROOT = MEDIA_ROOT.with_name(f"{MEDIA_ROOT.name}-private")

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

MEGABYTE = 1024 * 1024

# Documents go through Wagtail's view, which asks who may see them.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ods", "odt", "pdf", "pptx", "txt", "xlsx"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * MEGABYTE

# No SVG: it can carry scripts. The pixels are limited because a small file can unfold
# into more memory than the server has.
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "heic", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * MEGABYTE
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000

# A password that is shared by everyone is known by everyone: private pages and documents
# are for people who sign in.
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
