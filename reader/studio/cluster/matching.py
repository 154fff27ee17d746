"""Whether a worker is like its client: the same in, the same out holds for one set of versions only.

Both tell the same facts of themselves (`facts`): of what decides the bytes of a clip or a chapter, and of
the voices that the tasks need.
"""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from reader import __version__
from reader.errors import ClusterError, ReaderError
from reader.messages import _
from reader.studio.tasks import Speak, Task
from reader.voices.engine import Voice
from reader.voices.registry import ANY_LANGUAGE, engine

Need = Voice | str
"""What a task needs besides reader itself: a voice, or a package by its name."""

_PACKAGES = (
    "numpy", "soxr", "soundfile", "pydub", "lameenc", "pedalboard", "espeakng-loader",  # what makes the bytes
    "dask", "distributed", "cloudpickle", "msgpack",  # what carries them
)  # fmt: skip


def needs(task: Task) -> Iterator[Need]:
    """What a task needs."""
    if isinstance(task, Speak):
        yield from {_bare(part.voice) for part in task.parts}
    elif task.plan.encodings:
        yield "av"


def _bare(voice: Voice) -> Voice:
    """A voice by what tells it from others: how it is to speak matters to no version."""
    return Voice(voice.engine, voice.name, voice.language, voice.engine_version, voice.weights)


def facts(wanted: Iterable[Need], *, ours: bool = False) -> dict[str, str]:
    """What this process is made of: thing to version, empty where it is not there.

    Args:
        wanted: what the tasks need.
        ours: it is the client that asks, whose voices are as they say.
    """
    wanted = list(wanted)
    found = {
        "reader": __version__,
        "Python": "{}.{}".format(*sys.version_info),
        "machine": f"{platform.system()} {platform.machine()}",
    }
    for name in (*_PACKAGES, *(each for each in wanted if isinstance(each, str))):
        found[name] = _version(name)
    for voice in wanted:
        if isinstance(voice, Voice):
            there = voice if ours else _installed(voice)
            found[voice.id] = f"{there.engine_version} {there.weights[:16]}".rstrip() if there else ""
    return found


def difference(ours: Mapping[str, str], theirs: Mapping[str, str], worker: str) -> ClusterError | None:
    """The first thing of which a worker has another version, as an error; None: it matches.

    Args:
        ours: the client's facts.
        theirs: the worker's.
        worker: its address.
    """
    for thing, mine in ours.items():
        other = theirs.get(thing, "")
        if other == mine:
            continue
        if other:
            problem = _("the worker has {thing} {theirs}, but here it is {ours}.")
        else:
            problem = _("the worker lacks {thing} ({ours}).")
        return ClusterError(
            problem.format(thing=thing, theirs=other, ours=mine),
            where=worker,
            advice=_("Install the same versions on all machines, and the same voices."),
        )
    return None


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _installed(voice: Voice) -> Voice | None:
    """This machine's own voice of that name; None: there is none."""
    try:
        if voice.name.endswith(".onnx"):  # one that lies anywhere
            from reader.voices import piper

            return piper.local(Path(voice.name))
        named = [each for each in engine(voice.engine).voices() if each.name == voice.name]
    except ReaderError:
        return None
    languages = (voice.language, ANY_LANGUAGE)
    return next((each for each in named if each.language in languages), named[0] if named else None)
