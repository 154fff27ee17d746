"""Nothing has changed since the last run: that is told in a fraction of a second, without reading an article.

A run that ends well leaves a note in the cache: what it told, and how everything looked that it depends on
(`reader.stamps`). The same command finds the note, looks again, and where all is the same tells the same.
Where anything differs or is in doubt, everything is read and compared as ever.

Nothing heavy is imported here before a run has to be made.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader import assets, notes
from reader.errors import ReaderError
from reader.messages import ui_language
from reader.problems import Problem
from reader.report import Event, Flaw, Listener, Notice, PackDone, Report
from reader.stamps import Place, Stamp, stamp

if TYPE_CHECKING:
    from reader.settings import Settings

_VERSION = 1
_KIND = "runs"

_STDIN = "-"
_VARIABLES = frozenset(
    {"LANGUAGE", "LANG", "SOURCE_DATE_EPOCH", "HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TZ"}
)
_PREFIXES = ("READER_", "LC_", "PYTHON", "XDG_")
"""The environment that a run may depend on."""

_PLUGINS = ("reader.importers", "reader.exporters", "reader.voices")
"""Entry points of other packages: nobody knows what they read."""


class Run:
    """One run of `reader.narration.narrate`, or what is known of the last one like it.

    Args:
        paths: the articles' files.
        given: options that the caller sets; they win over `reader.toml`.
    """

    def __init__(self, paths: Sequence[str | Path], given: Mapping[str, Any]) -> None:
        self._began = time.monotonic()
        self._began_ns = time.time_ns()
        self._paths = [Path(each) for each in paths]
        self._given = given
        self._note = self._name_of_note()
        self._known = _read(self._note) if self._note else None

    @property
    def unchanged(self) -> bool:
        """Whether the last run like this one is known, and nothing has changed since."""
        return self._known is not None

    @property
    def progress(self) -> str:
        """How progress is to be told (`Settings.progress`).

        Raises:
            UsageError: a setting makes no sense.
        """
        return str(self._known["progress"]) if self._known else self._settings(self._paths[0]).progress

    def narrate(self, listener: Listener) -> Report:
        """Make the packs, or tell that they are there.

        Raises:
            UsageError: a setting makes no sense, or two articles have one id.
            OutputError: the cache cannot be written.
        """
        if self._known:
            events, report = _told(self._known)
            for event in _in_order(events, report.packs):
                listener(event)
            report.seconds = time.monotonic() - self._began
            return report
        from reader import narration

        before = (
            [(place, stamp(place)) for path in self._paths for place in _near(path)] if self._note else []
        )
        lasting: list[Event] = []

        def listen(event: Event) -> None:
            if isinstance(event, Flaw) or (isinstance(event, Notice) and not event.making):
                lasting.append(event)
            listener(event)

        report = narration.narrate(self._paths, self._given, listener=listen)
        if self._note and report.packs and not report.exit_code:
            with suppress(ReaderError):  # settings that were broken meanwhile are the next run's matter
                self._remember(self._note, before, lasting, report)
        return report

    def _name_of_note(self) -> str:
        """The name of the note of such a run; empty: there is to be none."""
        if any(str(path) == _STDIN for path in self._paths):
            return ""
        # Who works at it changes no byte.
        given = {name: value for name, value in self._given.items() if name not in ("workers", "cluster")}
        try:
            return notes.name(
                _VERSION, str(Path.cwd()), [str(path) for path in self._paths], given,
                _environment(), ui_language(), sys.version, sys.path, platform.machine(),
            )  # fmt: skip
        except (OSError, ValueError, TypeError):
            return ""

    def _settings(self, path: Path, article: str = "", language: str = "") -> Settings:
        from reader.settings import Project

        return Project.of(path).resolve(article=article, language=language, given=self._given).settings

    def _remember(
        self,
        note: str,
        before: Iterable[tuple[Place, Stamp | None]],
        events: Iterable[Event],
        report: Report,
    ) -> None:
        if any(stamp(place) != then for place, then in before):
            return
        places = self._places(report.packs)
        if places is None or not all(map(_is_as_made, {pack.folder for pack in report.packs})):
            return
        stamps = {place: stamp(place) for place in places}
        if any(each is None or not each.is_older_than(self._began_ns) for each in stamps.values()):
            return
        form = {
            "progress": self._settings(self._paths[0]).progress,
            "places": [[*place, found.digest] for place, found in stamps.items() if found],
            "events": [[type(each).__name__, asdict(each)] for each in events],
            "packs": [
                asdict(replace(each, current=True)) | {"source": str(each.source), "folder": str(each.folder)}
                for each in report.packs
            ],
            "better": report.better,
        }
        notes.write(_KIND, note, form)

    def _places(self, packs: Sequence[PackDone]) -> list[Place] | None:
        """All that such a run depends on; None where that is not known."""
        from reader.localize import lookup
        from reader.publish import Origins
        from reader.voices import store

        if _has_plugins():
            return None
        origins = Origins(assets.cache_dir() / "packs")
        ids = tuple(sorted({"reader", *(pack.article for pack in packs)}))
        catalogs = [assets.locales_dir()]
        places = [
            *(Place("packages", each or str(Path.cwd())) for each in sys.path),
            *(Place("code", str(each)) for each in (_PACKAGE, assets.cues_dir(), *store.package_folders())),
            Place("tree", str(assets.data_dir())),
        ]
        for path in self._paths:
            places += _near(path)
            catalogs += lookup.near(path)
        for pack in packs:
            settings = self._settings(pack.source, pack.article, pack.language)
            voices = (*settings.voice, *settings.heading_voice, *settings.glossary_voice)
            named = [*settings.lexicon, *([settings.glossary_file] if settings.glossary_file else [])]
            if (
                # It may have spoken for another voice, and the next run asks that one again.
                settings.fallback
                # It lies outside of the store.
                or any(each.endswith(".onnx") for each in voices)
                or pack.folder.is_symlink()
                or not all(map(os.path.exists, named))
            ):
                return None
            places += (Place("file", each) for each in named)
            catalogs += [Path(settings.locales)] if settings.locales else []
            places += [
                Place("packs", str(pack.folder.parent)),
                Place("made", str(origins.record(pack.folder))),
            ]
        places += (Place("catalogs", str(each), ids) for each in catalogs)
        return list(dict.fromkeys(places))


_PACKAGE = Path(__file__).resolve().parent


def _near(article: Path) -> Iterator[Place]:
    """What is looked for near an article, whatever the settings are."""
    from reader.localize import lookup

    article = article.absolute()
    names = (f"{article.stem}.", article.name, "lexicon.")
    yield Place("beside", str(article.parent), tuple(each.casefold() for each in names))
    yield Place("tree", str(article.parent / "takes"))
    for folder in article.parents:
        yield Place("file", str(folder / lookup.SETTINGS))
    for folder in lookup.near(article):
        yield Place("file", str(folder))


def _environment() -> dict[str, str]:
    return {
        name: value for name, value in os.environ.items() if name in _VARIABLES or name.startswith(_PREFIXES)
    }


def _has_plugins() -> bool:
    from importlib.metadata import entry_points

    points = entry_points()
    return any(
        not point.value.startswith("reader.") for group in _PLUGINS for point in points.select(group=group)
    )


def _is_as_made(folder: Path) -> bool:
    """Whether a pack's files are what its manifest says: what was touched after that is read again."""
    from reader.publish.pack import MANIFEST

    try:
        made = _changed_ns(folder / MANIFEST)
        files = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
        for name, digest in files.items():
            path = folder / name
            if _changed_ns(path) > made and hashlib.sha256(path.read_bytes()).hexdigest() != digest:
                return False
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False
    return True


def _changed_ns(path: Path) -> int:
    state = path.lstat()
    return max(state.st_mtime_ns, state.st_ctime_ns)


def _told(form: Mapping[str, Any]) -> tuple[list[Flaw | Notice], Report]:
    """What a note says."""
    events: list[Flaw | Notice] = []
    for kind, facts in form["events"]:
        if kind == Flaw.__name__:
            events.append(Flaw(facts["article"], facts["language"], Problem(**facts["problem"])))
        else:
            events.append(Notice(**facts))
    packs = [
        PackDone(
            **{
                **each,
                "source": Path(each["source"]),
                "folder": Path(each["folder"]),
                "voices": tuple(tuple(voice) for voice in each["voices"]),
            }
        )
        for each in form["packs"]
    ]
    flaws = [event for event in events if isinstance(event, Flaw)]
    return events, Report(packs=packs, flaws=flaws, better=form["better"])


def _in_order(events: Sequence[Flaw | Notice], packs: Iterable[PackDone]) -> Iterator[Event]:
    """As a run tells them that finds each pack as it is to be: what is to say of a pack, then the pack."""
    left = list(events)
    for pack in packs:
        about = [
            each for each in left if each.article == pack.article and each.language in ("", pack.language)
        ]
        left = [each for each in left if each not in about]
        yield from about
        yield pack
    yield from left


def _read(note: str) -> dict[str, Any] | None:
    """What a note says, if everything looks as it says."""
    form = notes.read(_KIND, note)
    if form is None:
        return None
    try:
        for kind, path, names, digest in form["places"]:
            found = stamp(Place(kind, path, tuple(names)))
            if found is None or found.digest != digest:
                return None
        _told(form)
    except (ValueError, KeyError, TypeError):
        return None
    return form
