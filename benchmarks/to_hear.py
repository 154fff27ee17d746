"""Sentences as the studio speaks them, to be heard by a speech recognizer against what was meant.

    python benchmarks/to_hear.py VOICE LANG FOLDER [--file SENTENCES] [--pace X]

Writes `meant.txt`, a sentence a line, and `heard.mp3`, the sentences as a chapter of a narration has them.
They are those of articles/stem-cell-transplantation.txt in the language, or of a file with a sentence a line
(tests/voices/sentences/*.txt). How many words a recognizer has wrong, and what the bare engine gets on the
same sentences, is in docs/voices.md.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from reader import studio
from reader.assets import cache_dir
from reader.casting import Casting
from reader.settings import Settings
from reader.speech import Chapter, Part, Utterance
from reader.studio import Made, Sound, Store

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = ROOT / "articles" / "stem-cell-transplantation.txt"


def sentences(language: str) -> list[Utterance]:
    """The article's own utterances in a language, frames left out."""
    from reader.narration import prepare, read

    script = prepare(read(ARTICLE), language).script
    return [each for chapter in script.chapters for each in chapter.utterances if each.source]


def main() -> None:
    """Speak and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("voice")
    parser.add_argument("language")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--pace", type=float, default=1.0)
    given = parser.parse_args()
    if given.file:
        lines = [line.strip() for line in given.file.read_text(encoding="utf-8").splitlines() if line.strip()]
        said = [
            Utterance(f"b.{number}", "paragraph", (Part(line, line, given.language),), 400)
            for number, line in enumerate(lines)
        ]
    else:
        said = sentences(given.language)
    casting = Casting(given.language, Settings(voice=(given.voice,)))
    chapter = Chapter("b", "b", tuple(said), head_ms=100)
    plan = studio.plan_chapter(chapter, casting.of, given.pace, Sound())
    store = Store(cache_dir())
    (event,) = studio.produce([plan], store)
    entry = store.get(studio.CHAPTERS, plan.key)
    if not isinstance(event, Made) or entry is None:
        raise SystemExit(f"not made: {event}")
    given.folder.mkdir(parents=True, exist_ok=True)
    (given.folder / "heard.mp3").write_bytes(entry.payload)
    (given.folder / "meant.txt").write_text("\n".join(each.text for each in said) + "\n", encoding="utf-8")
    print(f"{casting.main.id}: {event.samples / 24_000:.1f} s in {given.folder / 'heard.mp3'}")


if __name__ == "__main__":
    main()
