"""Every option, its default, and where its value came from.

Nearest wins: the command line, then READER_OFFLINE and READER_CACHE_SIZE, then `reader.toml` (found upward
from the article): its table for the article, for the language, for the project; then the default. Unknown
keys are errors.

    pace = 1.0                              # the project

    [language.es]
    pace = 0.9

    [article.stem-cells-explained]
    languages = ["en", "es"]

    [pauses]                                # milliseconds; also [language.es.pauses] and so on
    paragraph = 900

    [podcast]                               # what feeds say of the show; also [language.es.podcast]
    title = "Leaflets to listen to"
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any

from reader import languages as tags
from reader.errors import UsageError
from reader.languages import ALL
from reader.localize import lookup
from reader.messages import _, ui_language
from reader.publish.show import Show
from reader.speech.pauses import Pauses


def _option(default: Any, doc: str, **metadata: Any) -> Any:
    metadata["doc"] = doc
    if isinstance(default, (list, tuple)):
        return field(default_factory=lambda: tuple(default), metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True)
class Settings:
    """All options, as they hold for one article in one language."""

    languages: tuple[str, ...] = _option((), "Languages to narrate; none: the article's own.", tags=True)
    output: str = _option("audio", "Folder of the packs.", path=True)
    formats: tuple[str, ...] = _option(
        ("mp3", "player"), "What a pack holds: mp3, player, epub and so on.", one=True
    )
    single: bool = _option(False, "One MP3 of the whole article, too, with chapter marks.")
    source_language: str = _option("", "Language of the article; none: as it says, else detected.", tags=True)
    voice: tuple[str, ...] = _option(
        (), "Voices to speak with, VOICE or LANG=VOICE; none: the best installed.", one=True
    )
    heading_voice: tuple[str, ...] = _option((), "Voices for titles and headings; none: the same.", one=True)
    glossary_voice: tuple[str, ...] = _option(
        (), "Voices for the glossary's entries; none: the same.", one=True
    )
    fallback: tuple[str, ...] = _option(
        (), "Voices to take where an online one fails; none: it is an error.", one=True
    )
    pace: float = _option(1.0, "Listening rate; 2.0 is twice as fast.", least=0.5, most=3.0)
    glossary: str = _option(
        "end", "The spoken glossary: end, inline, both, only or off.",
        one_of=("end", "inline", "both", "only", "off"),
    )  # fmt: skip
    glossary_file: str = _option(
        "", "A CSV or TBX file with the article's terms; none: the one beside it.", path=True
    )
    verbosity: str = _option(
        "standard", "How much is announced: brief, standard or full.", one_of=("brief", "standard", "full")
    )
    notes: str = _option(
        "section", "Where footnotes are read: reference, section or chapter.",
        one_of=("reference", "section", "chapter"),
    )  # fmt: skip
    chapter_level: int = _option(1, "Headings down to this level begin a chapter.", least=1, most=6)
    max_minutes: float = _option(
        0.0, "Longest chapter, in minutes; 0: as long as it is.", least=0.0, most=1000.0
    )
    whole_page: bool = _option(False, "Read what surrounds an article in a web page, too.")
    strict: bool = _option(False, "Refuse an article whose translation is not complete.")
    require_approved: bool = _option(False, "Refuse an article whose translation is not approved.")
    locales: str = _option("", "Folder of catalogs to search first.", path=True)
    lexicon: tuple[str, ...] = _option(
        (), "Pronunciation lexicons (PLS) for all articles.", one=True, path=True
    )
    offline: bool = _option(False, "Forbid voices that need the network.")
    workers: int = _option(0, "Worker processes; 0: one for each processor.", least=0, most=1024)
    cache: str = _option(
        "", "A shared place behind the cache: a folder, or a URL that fsspec knows; none: none.", path=True
    )
    cache_size: str = _option(
        "10 GB", "How much of what was spoken is kept, such as 500 MB; 0: everything.", size=True
    )
    cluster: str = _option(
        "", "A Dask cluster to work on: tcp://HOST:PORT, or local:N; none: this machine's processors."
    )
    progress: str = _option(
        "lines", "How progress is told: lines, json or none.", one_of=("lines", "json", "none")
    )
    pauses: Pauses = field(default_factory=Pauses, metadata={"doc": "Pauses in milliseconds at pace 1.0."})
    podcast: Show = field(default_factory=Show, metadata={"doc": "What feeds say of the show."})

    @property
    def wanted_formats(self) -> tuple[str, ...]:
        """The formats asked for, `single` among them."""
        return (*self.formats, *(("single",) if self.single else ()))

    @property
    def cache_bytes(self) -> int:
        """`cache_size` in bytes; 0: no limit."""
        return _bytes(self.cache_size) or 0


@dataclass(frozen=True, slots=True)
class Resolved:
    """Settings, and for each option where its value came from."""

    settings: Settings
    origins: Mapping[str, str]
    """Option name (``pauses.sentence`` for pauses) to a phrase in the user's language."""


class Project:
    """A `reader.toml`, or the absence of one.

    Args:
        path: the file; None where there is none.

    Raises:
        UsageError: it is not valid TOML, or a key or value of it makes no sense.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._form: dict[str, Any] = {}
        if path is not None:
            try:
                self._form = tomllib.loads(path.read_text(encoding="utf-8-sig"))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                raise UsageError(
                    _("is not valid TOML: {reason}.").format(reason=error), where=str(path)
                ) from error
            except OSError as error:
                raise UsageError(
                    _("cannot be read: {reason}.").format(reason=error.strerror or error), where=str(path)
                ) from error
        self._tables = dict(self._split())

    @classmethod
    def of(cls, article: Path) -> Project:
        """The project of an article: the nearest `reader.toml` in its folder or above."""
        root = lookup.project_root(article)
        return cls(root / lookup.SETTINGS if root else None)

    @property
    def root(self) -> Path | None:
        """The folder of `reader.toml`."""
        return self.path.parent if self.path else None

    def resolve(
        self, *, article: str = "", language: str = "", given: Mapping[str, Any] | None = None
    ) -> Resolved:
        """The settings for one article in one language.

        Args:
            article: its id (or its file's stem, before it was read).
            language: BCP 47 tag.
            given: what the command line says; None values say nothing.

        Raises:
            UsageError: what is given is no option, or makes no sense.
        """
        values: dict[str, Any] = {}
        origins: dict[str, str] = {}
        layers: list[tuple[str, Mapping[str, Any]]] = [(str(self.path), self._tables.get("", {}))]
        # What is set for es holds for es-MX, where that does not say otherwise.
        spoken = reversed(tags.fallbacks(language)) if language else ()
        names = [*(f"language.{tag}" for tag in spoken), f"article.{article}"]
        layers += [(f"{self.path} [{name}]", self._tables[name]) for name in names if name in self._tables]
        if os.environ.get("READER_OFFLINE", "") not in ("", "0"):
            layers.append(("READER_OFFLINE", {"offline": True}))
        if size := os.environ.get("READER_CACHE_SIZE", ""):
            _sensible(_options()["cache_size"], "READER_CACHE_SIZE", size, "")
            layers.append(("READER_CACHE_SIZE", {"cache_size": size}))
        said = {name: value for name, value in (given or {}).items() if value is not None}
        for name, value in said.items():
            if name not in option_names():
                raise _unknown(name, "")
            if name in _options():
                _sensible(_options()[name], name, value, "")
                if isinstance(value, str) and _options()[name].metadata.get("one"):
                    said[name] = (value,)
        layers.append((_("the command line"), said))
        for origin, table in layers:
            for key, value in table.items():
                values[key] = value
                origins[key] = origin
        groups = {name: kind(**_taken(values, f"{name}.")) for name, kind in _GROUPS.items()}
        settings = Settings(**values, **groups)
        for key in option_names():
            origins.setdefault(key, _("the default"))
        return Resolved(settings, origins)

    def _split(self) -> Any:
        """(table name, its flat options): the project's own, ``language.es``, ``article.diet``."""
        form = dict(self._form)
        for kind in ("language", "article"):
            tables = form.pop(kind, {})
            if not isinstance(tables, dict) or not all(isinstance(each, dict) for each in tables.values()):
                problem = _("“{name}” must hold tables, such as [{example}].")
                raise self._wrong(problem.format(name=kind, example=f"{kind}.es"))
            for name, table in tables.items():
                if kind == "language":
                    _known_languages([name], str(self.path))
                    name = tags.standardize(name)  # noqa: PLW2901 - the same language
                for key in sorted(_NOT_IN[kind] & set(table)):
                    problem = _("“{name}” can be set for the whole project only.")
                    raise self._wrong(problem.format(name=f"{kind}.{name}.{key}"))
                yield f"{kind}.{name}", self._flat(table, f"{kind}.{name}.")
        yield "", self._flat(form, "")

    def _flat(self, table: Mapping[str, Any], prefix: str) -> dict[str, Any]:
        known = _options()
        flat: dict[str, Any] = {}
        for key, value in table.items():
            if key == "pauses" and isinstance(value, dict):
                for name, pause in value.items():
                    if name not in Pauses.__dataclass_fields__:
                        raise _unknown(f"{prefix}pauses.{name}", str(self.path))
                    if not isinstance(pause, int) or isinstance(pause, bool) or not 0 <= pause <= 60_000:
                        problem = _("“{name}” must be milliseconds, 0 to 60000.")
                        raise self._wrong(problem.format(name=f"{prefix}pauses.{name}"))
                    flat[f"pauses.{name}"] = pause
            elif key == "podcast" and isinstance(value, dict):
                for name, each in value.items():
                    if name not in Show.__dataclass_fields__:
                        raise _unknown(f"{prefix}podcast.{name}", str(self.path))
                    option = Show.__dataclass_fields__[name]
                    flat[f"podcast.{name}"] = self._value(f"{prefix}podcast.{name}", option, each)
            elif key not in known or key in _GROUPS:
                raise _unknown(prefix + key, str(self.path))
            else:
                flat[key] = self._value(prefix + key, known[key], value)
        return flat

    def _value(self, name: str, option: Any, value: Any) -> Any:
        default = option.default if option.default is not MISSING else option.default_factory()
        if isinstance(default, tuple):
            if isinstance(value, str) and option.metadata.get("one"):
                value = [value]
            if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
                raise self._wrong(_("“{name}” must be a list of texts.").format(name=name))
            _sensible(option, name, value, str(self.path))
            if option.metadata.get("path") and self.path is not None:
                return tuple(str(self.path.parent / each) for each in value)
            return tuple(value)
        if isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if type(value) is not type(default):
            problems = {
                str: _("“{name}” must be a text."),
                bool: _("“{name}” must be true or false."),
                float: _("“{name}” must be a number."),
            }
            problem = problems.get(type(default), _("“{name}” must be a whole number."))
            raise self._wrong(problem.format(name=name))
        _sensible(option, name, value, str(self.path))
        if option.metadata.get("path") and value and "://" not in value and self.path is not None:
            return str(self.path.parent / value)
        return value

    def _wrong(self, problem: str) -> UsageError:
        return UsageError(problem, where=str(self.path))


_GROUPS: dict[str, Any] = {"pauses": Pauses, "podcast": Show}
"""Options that stand in a table of their own."""

_NOT_IN = {
    "language": {
        "languages",
        "source_language",
        "whole_page",
        "glossary_file",
        "workers",
        "cluster",
        "cache",
        "cache_size",
        "progress",
    },
    "article": {"workers", "cluster", "cache", "cache_size", "progress", "podcast"},
}
"""Options that make no sense in a table of this kind."""


def _unknown(name: str, where: str) -> UsageError:
    problem = _("“{name}” is not an option; the options are: {names}.")
    return UsageError(
        problem.format(name=name, names=tags.listing(option_names(), ui_language())), where=where
    )


def _sensible(option: Any, name: str, value: Any, where: str) -> None:
    """Hold a value against its option's bounds; `name` is what the user called the option."""
    metadata = option.metadata
    problem = ""
    if "one_of" in metadata and value not in metadata["one_of"]:
        values = tags.listing(metadata["one_of"], ui_language(), "or")
        problem = _("“{name}” must be one of: {values}.").format(name=name, values=values)
    if "least" in metadata and not metadata["least"] <= value <= metadata["most"]:
        problem = _("“{name}” must lie between {least} and {most}.").format(
            name=name, least=metadata["least"], most=metadata["most"]
        )
    if metadata.get("size") and _bytes(value) is None:
        problem = _("“{name}” must be a size, such as 500 MB or 10 GB, or 0.").format(name=name)
    if "each_of" in metadata and not set(value) <= set(metadata["each_of"]()):
        values = tags.listing(metadata["each_of"](), ui_language(), "or")
        problem = _("“{name}” must be one of: {values}.").format(name=name, values=values)
    if problem:
        raise UsageError(problem, where=where)
    if metadata.get("tags") and value:
        _known_languages([value] if isinstance(value, str) else value, where)


def _known_languages(names: Iterable[str], where: str) -> None:
    for name in names:
        if name == ALL:
            continue
        try:
            tags.standardize(name)
        except UsageError as error:
            raise UsageError(error.problem, where=where, advice=error.advice) from error


def _bytes(size: str) -> int | None:
    """What is written as ``500 MB`` or ``1.5GB``; None where it is no size. A bare number counts bytes."""
    written = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?) ?([kMGT]?)B?", size.strip(), re.IGNORECASE)
    if not written:
        return None
    return int(float(written[1]) * 1000 ** " kmgt".index(written[2].lower() or " "))


def option_names() -> tuple[str, ...]:
    """All options, those of a group as ``pauses.sentence``."""
    grouped = [f"{name}.{each.name}" for name, kind in _GROUPS.items() for each in fields(kind)]
    return (*(each.name for each in fields(Settings) if each.name not in _GROUPS), *grouped)


def _taken(values: dict[str, Any], prefix: str) -> dict[str, Any]:
    """Move the values of a group out of all values."""
    return {name.removeprefix(prefix): values.pop(name) for name in list(values) if name.startswith(prefix)}


def _options() -> dict[str, Any]:
    return {each.name: each for each in fields(Settings)}
