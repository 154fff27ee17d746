"""Bring the catalogs of reader's own phrases up to date with the code.

python scripts/make_messages.py           locales/reader.pot and every locales/*/LC_MESSAGES/reader.po
python scripts/make_messages.py -l de     ... and begin German
python scripts/make_messages.py --check   change nothing; 1 if a catalog is not up to date

Click's own messages are among them. Which ones there are depends on the Click that is installed: a check
takes those that the template has.
"""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

import click
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from reader import languages  # noqa: E402
from reader.localize import catalog, po  # noqa: E402

LOCALES = ROOT / "locales"


def template(check: bool = False) -> po.PoCatalog:
    """Every phrase of the code, in the order of its files, then Click's; places without lines, which would
    churn.
    """
    pot = po.PoCatalog()
    pot.comment = ["Phrases of reader: its user interface, and what it says around an article."]
    pot.headers = {
        "Project-Id-Version": "reader",
        "POT-Creation-Date": _creation_date(),
        "PO-Revision-Date": "YEAR-MO-DA HO:MI+ZONE",
        "Last-Translator": "FULL NAME <EMAIL@ADDRESS>",
        "Language": "",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": "en",
    }
    for source in sorted((ROOT / "reader").rglob("*.py")):
        _take(pot, source, source.relative_to(ROOT).as_posix())
    if check:
        _take_known(pot)
    else:
        # Inside an f-string, where Babel sees it from Python 3.12 on only.
        pot.add("Usage:", locations=[("click/formatting.py", 0)])
        for source in sorted(Path(click.__file__).parent.glob("*.py")):
            _take(pot, source, f"click/{source.name}")
    return pot


_KEYWORDS = {**DEFAULT_KEYWORDS, "counted": (2, 3)}
"""`Frames.counted` makes an utterance of a message with a plural."""


def _take(pot: po.PoCatalog, source: Path, name: str) -> None:
    found = extract_from_file("python", source, _KEYWORDS, ("Translators:",), {}, True)
    for _line, message, comments, context in found:
        first = message if isinstance(message, str) else message[0]
        if known := pot.get(first, context):
            known.locations = list(dict.fromkeys([*known.locations, (name, 0)]))
        else:
            pot.add(message, locations=[(name, 0)], auto_comments=comments, context=context)


def _take_known(pot: po.PoCatalog) -> None:
    """Click's messages as the template on disk has them."""
    for message in po.read(LOCALES / "reader.pot").messages():
        places = [place for place in message.locations if place[0].startswith("click/")]
        first = message.id if isinstance(message.id, str) else message.id[0]
        if places and (known := pot.get(first, message.context)):
            known.locations += places
        elif places:
            pot.add(
                message.id, locations=places, auto_comments=message.auto_comments, context=message.context
            )


def _creation_date() -> str:
    """The template's own, else now: a date that moved with each run would be noise in every diff."""
    pot = LOCALES / "reader.pot"
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M+0000")
    return po.read(pot).headers["POT-Creation-Date"] if pot.is_file() else now


def main() -> int:
    """Do what the module's docstring says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("-l", "--language", action="append", default=[], metavar="LANG")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()

    pot = template(options.check)
    stale = 0
    folders = {path.parent.parent.name for path in LOCALES.glob("*/LC_MESSAGES/reader.po")}
    tags = {languages.from_posix(folder) for folder in folders}
    tags |= {languages.standardize(tag) for tag in options.language}
    files = {LOCALES / "reader.pot": po.render(pot)}
    for tag in sorted(tags):
        path = LOCALES / languages.to_posix(tag) / "LC_MESSAGES" / "reader.po"
        old = po.read(path) if path.exists() else catalog.create(pot, tag)
        updated, changes = catalog.update(old, pot)
        files[path] = po.render(updated)
        counts = f"{changes.new} new, {changes.changed} changed, {changes.obsolete} obsolete"
        print(f"{path.relative_to(ROOT)}: {changes.total} messages, {counts}")
    for path, text in files.items():
        if options.check:
            if not path.is_file() or path.read_text(encoding="utf-8") != text:
                print(f"{path.relative_to(ROOT)}: not up to date")
                stale = 1
        else:
            po.write(path, text)
    return stale


if __name__ == "__main__":
    sys.exit(main())
