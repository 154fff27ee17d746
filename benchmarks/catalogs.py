"""How long `reader catalog status` and `update` take over many articles and languages.

    python benchmarks/catalogs.py [--articles N] [--words N] [--languages N]

Makes articles of random words with numbers and a glossary, and catalogs for each in every language,
translated, a tenth of them fuzzy; then times each verb as a whole process: unchanged and, for `update`, once
after a word of every article changed.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

LANGUAGES = ("es", "fr", "de", "it", "pt-BR", "hi", "ja", "zh-Hans", "ar", "ru", "pl")
SENTENCE = 15


def article(chance: random.Random, words: int) -> str:
    """Markdown of about so many words."""
    vocabulary = [
        "".join(chance.choice("abcdefghijklmnoprstuvw") for _ in range(chance.randint(2, 10)))
        for _ in range(400)
    ]
    lines = ["---", "language: en", "---", "", f"# {' '.join(vocabulary[:4])}", ""]
    count = 0
    while count < words:
        sentences = []
        for _ in range(4):
            said = chance.choices(vocabulary, k=SENTENCE)
            said[3] = str(chance.randint(1, 500))
            sentences.append(" ".join(said).capitalize() + ".")
            count += SENTENCE
        lines += [" ".join(sentences), ""]
        if count % 300 < 60:
            lines += [f"## {' '.join(chance.choices(vocabulary, k=4))}", ""]
    lines += ["## Glossary", ""]
    for term in vocabulary[:10]:
        lines += [term, f": The {term}.", ""]
    return "\n".join(lines)


def translate(path: Path) -> None:
    """Fill a catalog with its own msgids, which costs the checks as much as any other words."""
    from reader.localize import po

    catalog = po.read(path)
    for number, message in enumerate(catalog.messages()):
        message.string = message.id
        if number % 10 == 9:
            message.flags.add("fuzzy")
    po.write(path, po.render(catalog))


def timed(folder: Path, *arguments: str) -> float:
    """Seconds of one run of `reader`."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "reader", *arguments], cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--words", type=int, default=1000)
    parser.add_argument("--languages", type=int, default=len(LANGUAGES))
    given = parser.parse_args()
    chance = random.Random(1)  # noqa: S311 - the same articles each time
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "reader.toml").touch()
        (folder / "articles").mkdir()
        for number in range(given.articles):
            text = article(chance, given.words)
            (folder / "articles" / f"a{number:03}.md").write_text(text, encoding="utf-8")
        files = [f"articles/{each.name}" for each in sorted((folder / "articles").iterdir())]
        tags = [part for tag in LANGUAGES[: given.languages] for part in ("-l", tag)]
        print(f"init: {timed(folder, 'catalog', 'init', *files, *tags):.1f} s")
        for path in (folder / "locales").rglob("*.po"):
            translate(path)
        print(f"status: {timed(folder, 'catalog', 'status', *files):.1f} s")
        print(f"update, nothing changed: {timed(folder, 'catalog', 'update', *files):.1f} s")
        for file in files:
            path = folder / file
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace(". ", ", changed. ", 1), encoding="utf-8")
        print(f"update, a word of each changed: {timed(folder, 'catalog', 'update', *files):.1f} s")


if __name__ == "__main__":
    main()
