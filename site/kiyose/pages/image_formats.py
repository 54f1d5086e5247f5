"""How a picture stands in running text: at the width of the text, and in no other way.

Wagtail offers left and right, too; on a phone both are the same, and words beside a picture
break badly in Japanese. (Wagtail looks for modules of this name.)
"""

from __future__ import annotations

from wagtail.images.formats import unregister_image_format

for name in ("left", "right"):
    unregister_image_format(name)
