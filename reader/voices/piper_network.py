"""Piper's network with its noise laid open: two draws of random numbers become inputs.

A Piper voice (VITS) draws noise for the lengths of its phonemes and for their sound, inside the graph, from a
generator that goes on from sentence to sentence. So the same sentence sounds different each time. Here each
`RandomNormalLike` node is replaced by an input of plain numbers, of which it takes as many as it needs.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from reader.voices.networks import Graph, node, widened

NOISE = "noise_{}"
"""Names of the new inputs, in the order in which the network draws: one-dimensional float32, at least as long
as what the node drew."""

_RANDOM = "RandomNormalLike"


def with_open_noise(path: Path) -> bytes:
    """The model with its noise as inputs, as quick as ONNX Runtime computes it.

    Raises:
        VoiceError: the file is no ONNX model, or the package that reads it is missing.
    """
    graph = Graph(path)
    start = graph.keep("noise_start", np.array([0]))
    others: dict[str, list[Any]] = {}
    for draw in (each for each in graph.nodes if each.op_type == _RANDOM):
        noise = NOISE.format(len(others))
        graph.take_input(noise)
        others[draw.output[0]] = _taking(draw.input[0], draw.output[0], noise, start)
    graph.replace(others)
    widened(graph)
    return graph.packed()


def _taking(like: str, output: str, noise: str, start: str) -> list[Any]:
    """Nodes that give `output` the shape of `like` and the first numbers of the input `noise`."""
    shape, size, flat = (f"{noise}_{name}" for name in ("shape", "size", "flat"))
    return [
        node("Shape", [like], shape),
        node("ReduceProd", [shape], size, keepdims=1),
        node("Slice", [noise, start, size], flat),
        node("Reshape", [flat, shape], output),
    ]
