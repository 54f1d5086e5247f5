"""Draw the provisional mark of the certificate: one SVG, and one PNG without a background.

    python home/demonstration/pictures/certification_mark.py

A sunflower and a zelkova of this project's own; nothing in it is the United Nations'.
"""

import io
import shutil
from pathlib import Path

from kit import nature
from kit.paint import BUTTER, GREEN, PAPER, PINE, SPROUT, at, circle, path, rect, stroke, tag
from PIL import Image
from playwright.sync_api import sync_playwright

FILES = Path(__file__).parents[3] / "static/img/certification-mark"
SIDE, RASTER_SIDE = 600, 1200


def mark():
    inside = (
        rect(0, 0, SIDE, SIDE, "#e8f3ea")
        + circle(446, 176, 44, BUTTER)
        + path("M0 452C150 408 450 408 600 452V600H0z", SPROUT)
        + nature.zelkova(300, 466, 0.9, detail=False)
        + stroke("M300 580V400", GREEN, 14)
        + nature.leaf(304, 522, 1.15, -22)
        + at(296, 532, nature.leaf(0, 0, 1.1, -22), mirror=True)
        + nature.sunflower_head(300, 410, 1.1)
    )
    return (
        circle(300, 300, 296, PINE)
        + circle(300, 300, 268, PAPER)
        + tag("defs", tag("clipPath", circle(300, 300, 256, "#000"), id="inside"))
        + tag("g", inside, clip_path="url(#inside)")
    )


def main():
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}" width="{SIDE}" height="{SIDE}">{mark()}</svg>\n'
    FILES.with_suffix(".svg").write_text(svg, encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": RASTER_SIDE, "height": RASTER_SIDE})
        page.set_content(f"<style>body{{margin:0;background:transparent}}svg{{display:block;width:{RASTER_SIDE}px;height:{RASTER_SIDE}px}}</style>{svg}")
        shot = Image.open(io.BytesIO(page.screenshot(omit_background=True))).convert("RGBA")
        browser.close()
    shot.quantize(256).save(FILES.with_suffix(".png"), optimize=True)


if __name__ == "__main__":
    main()
