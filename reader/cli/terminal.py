"""What is printed, made for people who use a screen reader: whole lines, nothing repainted, no colour.

Messages and progress go to standard error, results to standard output.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from reader import languages, report
from reader.errors import ReaderError
from reader.lengths import spell_seconds
from reader.messages import _, quoted, ui_language

if TYPE_CHECKING:
    from reader.problems import Problem


def say(line: str) -> None:
    """A message: one whole line on standard error; nobody has to read it for the work to go on."""
    with suppress(BrokenPipeError):
        click.echo(line, err=True)


def result(line: str) -> None:
    """A result: one whole line on standard output."""
    click.echo(line)


def say_error(error: ReaderError) -> None:
    """One clear sentence: what failed, where, what to do."""
    where = _("{where}: {problem}").format(where=error.where, problem=error.problem)
    sentence = where if error.where else error.problem
    say(_("Error: {error}").format(error=f"{sentence} {error.advice}".rstrip()))


def say_problem(problem: Problem) -> None:
    """A fault or a doubt of a translation, with its place."""
    say(flawed(problem))


def flawed(problem: Problem) -> str:
    """The same as a line."""
    line = _("{where}: {problem}").format(where=problem.where, problem=problem.text)
    return (
        _("Error: {error}").format(error=line)
        if problem.error
        else _("Warning: {problem}").format(problem=line)
    )


def duration(seconds: float) -> str:
    """A length in the user's language: “1 minute 12 seconds”."""
    return spell_seconds(seconds, ui_language())


def language(tag: str) -> str:
    """A language's name in the user's language."""
    return languages.display_name(tag, ui_language())


class Lines:
    """Progress as whole lines; with `--quiet` only what needs the user's attention."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet

    def __call__(self, event: report.Event) -> None:
        if isinstance(event, report.Notice):
            say(event.text)
        elif isinstance(event, report.PackFailed):
            say_error(event.error)
        elif isinstance(event, report.Flaw):
            say_problem(event.problem)
        elif isinstance(event, report.Unread):
            say(unread(event))
        elif self._quiet:
            return
        elif isinstance(event, report.ChapterDone):
            say(
                _("{language}: chapter {number} of {count}, {title}: done, {duration}.").format(
                    language=language(event.language),
                    number=event.number,
                    count=event.count,
                    title=event.title,
                    duration=duration(event.seconds),
                )
            )


class Json:
    """Progress as one JSON object per line, for programs."""

    def __call__(self, event: report.Event) -> None:
        form: dict[str, Any] = {"event": _EVENTS[type(event)]}
        if isinstance(event, report.Notice):
            form["text"] = event.text
        else:
            form |= {"article": event.article, "language": event.language}
        if isinstance(event, report.Flaw):
            form |= problem_form(event.problem)
        elif isinstance(event, report.Unread):
            run = event.entry.run
            form |= {"where": f"{run.place.file}:{run.place.line}", "text": run.text}
        if isinstance(event, report.ChapterDone):
            form |= {
                "number": event.number,
                "count": event.count,
                "title": event.title,
                "seconds": event.seconds,
            }
        elif isinstance(event, report.PackDone):
            form |= {"folder": str(event.folder), "seconds": event.seconds, "current": event.current}
            form["voices"] = [voice for voice, _name, _language in event.voices]
        elif isinstance(event, report.PackFailed):
            form |= {"error": str(event.error), "exit_code": event.error.exit_code}
            form["unsaid"] = list(event.unsaid)
        say(json.dumps(form, ensure_ascii=False))


def unread(event: report.Unread) -> str:
    """The sentence that says that a text reached nobody."""
    run = event.entry.run
    where = _("{file}, line {line}").format(file=run.place.file, line=run.place.line)
    text = _("{where}: this is not read, by a fault of reader: {text}")
    return text.format(where=where, text=quoted(" ".join(run.text.split())[:200]))


def problem_form(problem: Problem) -> dict[str, Any]:
    """A problem as JSON."""
    return {
        "kind": problem.kind,
        "severity": "error" if problem.error else "warning",
        "where": problem.where,
        "text": problem.text,
    }


_EVENTS = {
    report.Notice: "notice",
    report.Flaw: "flaw",
    report.Unread: "unread",
    report.ChapterDone: "chapter",
    report.PackDone: "pack",
    report.PackFailed: "failed",
}
