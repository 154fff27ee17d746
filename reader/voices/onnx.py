"""ONNX Runtime, as every neural voice needs it: one thread, the processor alone, the same numbers each time.

Worker processes share the processors among them, so a session with one thread each is the fastest split,
and a sum does not depend on how many threads it was cut for.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from reader.assets import cache_dir, private
from reader.errors import VoiceError
from reader.messages import _

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

_FORM = 2
"""Raised whenever a kept model takes another form."""

FILES = _GRAPH, _WEIGHTS = "graph.onnx", "weights.bin"
"""What the folder of a kept model holds."""


@cache
def installed() -> str:
    """The version of ONNX Runtime; empty where it, or the package onnx, is not installed. Imports nothing."""
    try:
        version("onnx")
        return version("onnxruntime")
    except PackageNotFoundError:
        return ""


def prepared(make: Callable[[], bytes], key: str, name: str) -> InferenceSession:
    """Load a model that takes long to make; kept in the cache, optimized, and verified when loaded again.

    Its weights lie in a file of their own, which is mapped, not read: what is in memory once is not there
    again as a part of the model.

    Args:
        make: makes the model.
        key: what it depends on, besides the version of ONNX Runtime.
        name: what to call it in an error.

    Raises:
        VoiceError: as `session` does.
    """
    key = hashlib.sha256(f"{_FORM} {key}\0{installed()}".encode()).hexdigest()[:32]
    with suppress(OSError):
        folder = private(cache_dir() / "models")
        for kept in folder.glob(f"{key}-*"):
            if kept.name == f"{key}-{_digest(kept)}":
                return session(kept / _GRAPH, name)
            shutil.rmtree(kept)  # the disk damaged it
        with tempfile.TemporaryDirectory(dir=folder) as temporary:
            new = Path(temporary) / "new"
            new.mkdir()
            session(make(), name, save=new)
            kept = folder / f"{key}-{_digest(new)}"
            with suppress(OSError):  # another worker was quicker
                new.rename(kept)
        return session(kept / _GRAPH, name)
    return session(make(), name)


def _digest(folder: Path) -> str:
    """Of what the files of a kept model hold; of nothing where one is missing."""
    found = hashlib.sha256()
    for name in FILES:
        with suppress(FileNotFoundError), (folder / name).open("rb") as file:
            found.update(hashlib.file_digest(file, "sha256").digest())
    return found.hexdigest()[:32]


def session(model: Path | bytes, name: str, *, save: Path | None = None) -> InferenceSession:
    """Load a model.

    Args:
        model: its file, or its bytes.
        name: what to call it in an error.
        save: a folder; write it there as it is after the optimizations that hold on every processor.

    Raises:
        VoiceError: it is no model, or ONNX Runtime is not installed or cannot load it.
    """
    try:
        import onnxruntime
    except ImportError as error:
        raise VoiceError(
            _("ONNX Runtime, which natural voices need, cannot be loaded: {reason}.").format(reason=error),
            advice=_('Install it: pip install "voice-reader[natural]".'),
        ) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # Patterns of memory are for inputs of one length; ours differ from line to line, and each would be kept.
    options.enable_mem_pattern = False
    options.log_severity_level = 3  # warnings about the graph are nobody's business
    if save is not None:
        options.optimized_model_filepath = str(save / _GRAPH)
        options.add_session_config_entry("session.optimized_model_external_initializers_file_name", _WEIGHTS)
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    try:
        return onnxruntime.InferenceSession(
            model if isinstance(model, bytes) else str(model), options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # onnxruntime's own exceptions have no common base
        raise VoiceError(
            _("the model cannot be loaded: {reason}.").format(reason=str(error).splitlines()[0][:200]),
            where=name,
            advice=_("It may be damaged, or made for another program: install the voice again."),
        ) from error
