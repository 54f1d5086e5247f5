"""Draw the demonstration's pictures: one SVG and one PNG per key, 1600 by 900.

    python home/demonstration/pictures/draw.py [--svg] [key ...]

Needs what developers install (Playwright, a Chromium) for the PNGs.
"""

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from scenes import PICTURES

HERE = Path(__file__).parent
WIDTH, HEIGHT = 1600, 900


def svg(content):
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">{content}</svg>\n'


def rasters(drawings):
    """Each drawing as Chromium shows it: pairs of a key and a Pillow image."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        for key, drawing in drawings.items():
            page.set_content(f"<style>body{{margin:0}}svg{{display:block}}</style>{drawing}")
            yield key, Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        browser.close()


def flat(image):
    """The image in 256 colours: the 144 commonest, which were painted, and a choice of the edges between."""
    counted = sorted(image.getcolors(WIDTH * HEIGHT), reverse=True)
    painted, between = [[colour for _, colour in part] for part in (counted[:144], counted[144:])]
    edges = Image.new("RGB", (len(between), 1))
    edges.putdata(between)
    palette = Image.new("P", (1, 1))
    palette.putpalette([channel for colour in painted for channel in colour] + edges.quantize(112).getpalette())
    return image.quantize(palette=palette, dither=Image.Dither.NONE)


def main(arguments):
    keys = [word for word in arguments if not word.startswith("--")] or list(PICTURES)
    drawings = {key: svg(PICTURES[key]()) for key in keys}
    for key, drawing in drawings.items():
        (HERE / f"{key}.svg").write_text(drawing, encoding="utf-8")
    if "--svg" in arguments:
        return
    for key, image in rasters(drawings):
        flat(image).save(HERE / f"{key}.png", optimize=True)


if __name__ == "__main__":
    main(sys.argv[1:])
