"""`reader script`: exactly what will be said, role and pause of each utterance."""

from __future__ import annotations

from typing import Any

import click

from reader.cli import options
from reader.messages import _


@click.command(help=_("Print exactly what will be said: role, pause and words of each utterance."))
@options.article
@options.narration
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help=_("Form of the output.")
)
def script(article: str, form: str, **given: Any) -> int:
    """Print the script of an article."""
    import json

    from reader import narration
    from reader.cli.terminal import result

    read = narration.read(article, given)
    for tag in read.languages:
        said = narration.prepare(read, tag).script
        if form == "json":
            result(json.dumps(said.to_json(), ensure_ascii=False, indent=1))
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


def _shown(text: str, spoken: str, language: str, main: str) -> str:
    words = text.strip() if text.strip() == spoken.strip() else f"{text.strip()} (= {spoken.strip()})"
    return words if language == main else f"{{{language}: {words}}}"
