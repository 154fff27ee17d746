"""One sentence of a translation changes in a pack of two hours; then nothing does.

The article says that it is Spanish, and its catalog holds the English that is spoken: so voices that know
English alone can be measured. Article, catalog, cache and pack stay from run to run, each run changes another
sentence, and only the first run pays for speaking everything.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.compare import texts
from benchmarks.compare.measure import run
from benchmarks.compare.place import Place, seconds

if TYPE_CHECKING:
    from benchmarks.compare.cases import Measured

_STEM = "told"


def edit(voice: str, place: Place, number: int) -> Iterator[Measured]:
    """All at first, then one sentence, then nothing."""
    from benchmarks.compare.cases import Measured

    engine = voice.partition(":")[0]
    name = f"edit-{engine}-{place.sizes.edited}"
    home = place.kept(name)
    catalog = home / "locales" / "en" / "LC_MESSAGES" / f"{_STEM}.po"
    started = (home / "spoken").exists()
    if not started:  # nothing may be left of a first run that was interrupted
        shutil.rmtree(home)
        place.kept(name)
        _write(place, home, catalog)
    cache = home / "cache" if started else place.cache(home, voice)
    options = ["-l", "en", "-o", home / "out", "--voice", voice]
    command = place.reader(["narrate", home / f"{_STEM}.md", *options], home, cache)

    cost = run([command])
    if not started:
        yield Measured(f"edit-{engine}/cold", cost, seconds(home / "out"), {"spoken": _spoken(cost.output)})
        (home / "spoken").touch()
    before = _hashes(home / "out")
    _change(catalog, number)
    cost = run([command])
    after = _hashes(home / "out")
    changed = [name for name in before if after.get(name) != before[name]]
    facts = {"spoken": _spoken(cost.output), "chapters": changed, "of": len(before)}
    yield Measured(f"edit-{engine}/changed", cost, seconds(home / "out"), facts)
    yield Measured(f"edit-{engine}/unchanged", run([command]), seconds(home / "out"))


def _write(place: Place, home: Path, catalog: Path) -> None:
    """The article, and a catalog whose translations are other sentences of the same kind."""
    from reader.localize import po

    (home / "reader.toml").touch()
    article = texts.markdown(
        home / f"{_STEM}.md", texts.sections(place.sizes.edited, place.sizes.chapters), "es"
    )
    with place.fresh() as folder:
        cache = place.cache(folder)
        run([place.reader(["catalog", "init", article, "-l", "en"], home, cache)])
    others = texts.sections(place.sizes.edited * 2, place.sizes.chapters, seed=9)
    paragraphs = iter([" ".join(each) for section in others for each in section.paragraphs])
    filled = po.read(catalog)
    for message in filled.messages():
        # The number of a heading has to stay.
        message.string = f"{message.id} again" if message.context else next(paragraphs)
    po.write(catalog, po.render(filled))


def _change(catalog: Path, number: int) -> None:
    """Another last sentence in one paragraph of the middle."""
    from reader.localize import po

    found = po.read(catalog)
    paragraphs = [message for message in found.messages() if not message.context]
    message = paragraphs[(len(paragraphs) // 2 + number * 7) % len(paragraphs)]
    sentences = str(message.string).split(". ")
    changes = len(re.findall("changed", str(message.string)))
    sentences[-1] = f"This sentence was changed{' again' * (changes + number)}."
    message.string = ". ".join(sentences)
    po.write(catalog, po.render(found))


def _hashes(pack: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in pack.rglob("*.mp3")}


def _spoken(output: str) -> int | None:
    """How many parts reader says it has spoken."""
    found = re.search(r"spoken now: (\d+) of", output)
    return int(found[1]) if found else None
