"""The screenshots of the player in docs/images, from packs that are there.

    python scripts/make_screenshots.py audio/stem-cells-explained/{en,ar,ja}

Needs the extra "validators", Chromium, ffmpeg (which makes the pictures small), and fonts for the languages.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

IMAGES = Path(__file__).parent.parent / "docs" / "images"

_FEW_COLOURS = "split[a][b];[a]palettegen=max_colors=128[p];[b][p]paletteuse=dither=none"


def picture(browser: Browser, pack: Path) -> Path:
    """The second chapter of a pack, its first sentence marked."""
    page = browser.new_page(viewport={"width": 1280, "height": 860})
    page.goto((pack / "index.html").resolve().as_uri())
    for key in ("2", "Space", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
        page.wait_for_timeout(300)
    full, small = IMAGES / f"{pack.name}.full.png", IMAGES / f"player-{pack.name}.png"
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=full)
    page.close()
    ffmpeg = shutil.which("ffmpeg") or "ffmpeg"
    subprocess.run(
        [ffmpeg, "-v", "error", "-y", "-i", full, "-vf", _FEW_COLOURS, "-frames:v", "1", small], check=True
    )
    full.unlink()
    return small


def main() -> None:
    """Take them."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for each in sys.argv[1:]:
            made = picture(browser, Path(each))
            print(f"{made}: {made.stat().st_size} bytes")


if __name__ == "__main__":
    main()
