"""No picture that the public sees carries what its camera wrote into it.

A photograph can tell where and when it was taken, and by whose telephone. Willow hands
EXIF data on, Pillow comments and XMP; whatever Willow saves is therefore relieved of them
first. The original keeps everything and is not public (``kiyose.security.serve_media``).
"""

from __future__ import annotations

from functools import wraps

from willow.plugins.pillow import PillowImage

SAVING = [
    "save_as_avif",
    "save_as_gif",
    "save_as_heic",
    "save_as_jpeg",
    "save_as_png",
    "save_as_webp",
]
# What the eye needs: true colours and transparency.
KEPT = {"icc_profile", "transparency"}


def save_without_metadata() -> None:
    """Put our saving in the place of Willow's.

    A picture's own methods come before Willow's registry, and Wagtail has no hook here
    short of an image model of one's own; so the methods themselves are wrapped.
    """
    for name in SAVING:
        setattr(PillowImage, name, relieved(getattr(PillowImage, name)))


def relieved(save):
    @wraps(save)
    def save_relieved(image: PillowImage, *args, **kwargs):
        bare = image.image.copy()
        bare.info = {key: value for key, value in bare.info.items() if key in KEPT}
        return save(PillowImage(bare), *args, **kwargs)

    return save_relieved
