"""Make locales/<lang>/emoji.toml: CLDR's short names of emoji, for a language that the emoji library lacks.

    npm pack cldr-annotations-full@48 cldr-annotations-derived-full@48
    python scripts/make_emoji.py FOLDER -l hi

FOLDER holds the two packages' .tgz files. Names with skin tones are left out where reader can compose
them from the names of the emoji and of the tones.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tarfile
from pathlib import Path
from typing import Any

from emoji import EMOJI_DATA

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from reader import languages  # noqa: E402

PACKAGES = {"cldr-annotations-full": "annotations", "cldr-annotations-derived-full": "annotationsDerived"}
TONES = re.compile("[\U0001f3fb-\U0001f3ff]")
TONED = re.compile(".[\U0001f3fb-\U0001f3ff]")
EMOJI = {emoji.replace("\ufe0f", "") for emoji in EMOJI_DATA}


def names_in(folder: Path, package: str, tag: str) -> tuple[str, dict[str, str]]:
    """(version of CLDR, names by emoji) of one package."""
    kind = PACKAGES[package]
    archive = next(path for path in sorted(folder.glob(f"{package}-[0-9]*.tgz")))
    with tarfile.open(archive) as tar:

        def read(name: str) -> Any:
            file = tar.extractfile(f"package/{name}")
            if file is None:
                raise SystemExit(f"{archive}: no {name}")
            return json.load(file)

        version = str(read("package.json")["version"])
        found = read(f"{kind}/{tag}/annotations.json")[kind]["annotations"]
    return version, {emoji: str(each["tts"][0]) for emoji, each in found.items() if "tts" in each}


def main() -> None:
    """Do what the module's docstring says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("-l", "--language", action="append", required=True, metavar="LANG")
    options = parser.parse_args()
    for tag in map(languages.standardize, options.language):
        names: dict[str, str] = {}
        version = ""
        for package in PACKAGES:
            version, found = names_in(options.folder, package, tag)
            names |= {emoji.replace("\ufe0f", ""): name for emoji, name in found.items()}
        lines = [
            f"# Emoji by their short names, from CLDR {version} (cldr-annotations-full and -derived-full).",
            "# Copyright Unicode, Inc.; license Unicode-3.0. Made by scripts/make_emoji.py.",
            "",
            "[names]",
        ]
        for emoji, name in sorted(names.items()):
            if emoji in EMOJI and (TONES.sub("", emoji) not in names or not TONED.search(emoji)):
                lines.append(" = ".join(json.dumps(each, ensure_ascii=False) for each in (emoji, name)))
        path = ROOT / "locales" / languages.to_posix(tag) / "emoji.toml"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
        print(f"{path.relative_to(ROOT)}: {len(lines) - 4} names")


if __name__ == "__main__":
    main()
