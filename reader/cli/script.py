"""`reader script`: exactly what will be said, role and pause of each utterance."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reader.cli import options
from reader.messages import _

if TYPE_CHECKING:
    from reader.speech import Script


@click.command(help=_("Print exactly what will be said: role, pause and words of each utterance."))
@options.article
@options.narration
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "ssml"]),
    default="text",
    help=_("Form of the output."),
)
@click.option(
    "--takes",
    is_flag=True,
    help=_("Write what to record instead: takes/<lang>/<utterance>.txt beside the article."),
)
def script(article: str, form: str, takes: bool, **given: Any) -> int:
    """Print the script of an article, or write what to record."""
    import json

    from reader import narration
    from reader.cli.terminal import result

    read = narration.read(article, given)
    for tag in read.languages:
        said = narration.prepare(read, tag).script
        if takes:
            result(str(_write_sheet(Path(article), said)))
            continue
        if form == "json":
            result(json.dumps(said.to_json(), ensure_ascii=False, indent=1))
            continue
        if form == "ssml":
            from reader.speech.ssml import ssml

            result(ssml(said).rstrip("\n"))
            continue
        for number, chapter in enumerate(said.chapters, 1):
            result(f"# {number}. {chapter.title}")
            for utterance in chapter.utterances:
                words = " ".join(
                    _shown(part.text, part.spoken, part.language, tag) for part in utterance.parts
                )
                result(f"[{utterance.role}] {words} <{utterance.pause_after_ms} ms>")
            result("")
    return 0


def _write_sheet(article: Path, script: Script) -> Path:
    """One file for each utterance, with the words to record; what is there already stays."""
    from reader.cli.catalog.files import save
    from reader.studio.takes import FOLDER, sheet

    folder = article.parent / FOLDER / script.language
    for name, words in sheet(script):
        path = folder / f"{name}.txt"
        # Beside a recording stands what was recorded.
        if not path.with_suffix(".wav").exists():
            save(path, words + "\n")
    return folder


def _shown(text: str, spoken: str, language: str, main: str) -> str:
    words = text.strip() if text.strip() == spoken.strip() else f"{text.strip()} (= {spoken.strip()})"
    return words if language == main else f"{{{language}: {words}}}"
