"""ONNX Runtime, as every neural voice needs it: one thread, the processor alone, the same numbers each time.

Worker processes share the processors among them, so a session with one thread each is the fastest split,
and a sum does not depend on how many threads it was cut for.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import VoiceError
from reader.messages import _

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


def installed() -> str:
    """The version of ONNX Runtime; empty where it is not installed. Imports nothing."""
    try:
        return version("onnxruntime")
    except PackageNotFoundError:
        return ""


def session(model: Path | bytes, name: str) -> InferenceSession:
    """Load a model.

    Args:
        model: its file, or its bytes.
        name: what to call it in an error.

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
    options.log_severity_level = 3  # warnings about the graph are nobody's business
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
