"""
The pictures of the README, taken from the demonstration: python -m docs.screenshots
"""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.tools import chromium
from tests.tools.demonstration import running_demonstration

FOLDER = Path(__file__).with_name("screenshots")
COLOURS = 256

# name: (address, width, height, pixels of the picture for one of the page)
SCREENSHOTS = {
    "home-360": ("/ja/", 360, 780, 2),
    "home-1280": ("/ja/", 1280, 900, 1),
    "indicators": ("/ja/indicators/", 1280, 1000, 1),
    "indicator": ("/ja/indicators/green-area/", 1280, 1000, 1),
    "project": ("/ja/projects/sunflower-festival/", 1280, 900, 1),
    "goal": ("/ja/sdgs/8/", 1280, 1200, 1),
    "register": ("/ja/certified/", 1280, 1000, 1),
    "profile": ("/ja/certified/sample-bookshop/", 1280, 1000, 1),
    "events": ("/ja/events/", 1280, 1000, 1),
    "festival": ("/ja/events/sample-festival-3/", 1280, 1000, 1),
}


def main() -> None:
    """Writes every screenshot; what was there is replaced."""
    FOLDER.mkdir(exist_ok=True)
    with running_demonstration() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.program(), args=chromium.ARGUMENTS
        )
        for name, (address, width, height, scale) in SCREENSHOTS.items():
            picture = photograph(browser, site + address, width, height, scale)
            # Fewer colours make a file a third of the size, and nobody sees it.
            picture.quantize(COLOURS).save(FOLDER / f"{name}.png", optimize=True)
        browser.close()


def photograph(browser: Browser, address: str, width: int, height: int, scale: int) -> Image.Image:
    """What a screen of that size shows first."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=scale,
        locale="ja-JP",
        reduced_motion="reduce",
    )
    page = context.new_page()
    answer = page.goto(address, wait_until="networkidle")
    if not answer.ok:
        raise SystemExit(f"{address} answers {answer.status}")
    shot = page.screenshot()
    context.close()
    return Image.open(io.BytesIO(shot)).convert("RGB")


if __name__ == "__main__":
    main()
