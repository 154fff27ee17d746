"""Piper's network with its noise laid open: two draws of random numbers become inputs.

A Piper voice (VITS) draws noise for the lengths of its phonemes and for their sound, inside the graph, from a
generator that goes on from sentence to sentence. So the same sentence sounds different each time. Here each
`RandomNormalLike` node is replaced by an input of plain numbers, of which it takes as many as it needs.
"""

from __future__ import annotations

from pathlib import Path

from reader.errors import VoiceError
from reader.messages import _

NOISE = "noise_{}"
"""Names of the new inputs: one-dimensional float32, at least as long as what the node drew."""

_RANDOM = "RandomNormalLike"


def with_open_noise(path: Path) -> bytes:
    """The model with its noise as inputs.

    Raises:
        VoiceError: the file is no ONNX model, or the package that reads it is missing.
    """
    try:
        import onnx
    except ImportError as error:
        raise VoiceError(
            _("The package onnx, which Piper voices need, cannot be loaded: {reason}.").format(reason=error),
            advice=_('Install it: pip install "voice-reader[natural]".'),
        ) from error
    from google.protobuf.message import DecodeError

    try:
        model = onnx.load(str(path))
    except (DecodeError, OSError, ValueError) as error:
        raise VoiceError(
            _("the model cannot be read: {reason}.").format(reason=error),
            where=str(path),
            advice=_("It may be damaged: install the voice again."),
        ) from error
    count = 0
    nodes = []
    for node in model.graph.node:
        if node.op_type != _RANDOM:
            nodes.append(node)
            continue
        nodes += _taking(node.input[0], node.output[0], NOISE.format(count))
        model.graph.input.append(
            onnx.helper.make_tensor_value_info(NOISE.format(count), onnx.TensorProto.FLOAT, [None])
        )
        count += 1
    zero = onnx.helper.make_tensor("noise_start", onnx.TensorProto.INT64, [1], [0])
    model.graph.initializer.append(zero)
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    return bytes(model.SerializeToString())


def _taking(like: str, output: str, noise: str) -> list[object]:
    """Nodes that give `output` the shape of `like` and the first numbers of the input `noise`."""
    from onnx.helper import make_node

    shape, size, flat = (f"{noise}_{name}" for name in ("shape", "size", "flat"))
    return [
        make_node("Shape", [like], [shape]),
        make_node("ReduceProd", [shape], [size], keepdims=1),
        make_node("Slice", [noise, "noise_start", size], [flat]),
        make_node("Reshape", [flat, shape], [output]),
    ]
