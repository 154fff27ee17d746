"""Piper's network: its noise laid open, its sound made piece by piece.

A Piper voice (VITS) draws noise for the lengths of its phonemes and for their sound, inside the graph, from a
generator that goes on from sentence to sentence. So the same sentence sounds different each time. Here each
`RandomNormalLike` node is replaced by an input of plain numbers, of which it takes as many as it needs.

What the network makes of a sentence is drawn out to sound in steps, of 8, 8 and 4 times the length in most
voices, and the memory that it takes is nearly all for the last ones. They look at a few places nearby alone
(`reach`): so the network is cut in two before the second step, and what follows is computed for a second or
two of sound at a time. The processor, too, is quicker at what fits into its caches.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from reader.voices import onnx
from reader.voices.networks import Graph, node, widened
from reader.voices.reach import Reach, reach

NOISE = "noise_{}"
"""Names of the new inputs, in the order in which the network draws: one-dimensional float32, at least as long
as what the node drew."""

_RANDOM, _LONGER = "RandomNormalLike", "ConvTranspose"
_PIECE = 32 << 10
"""Samples of a piece. Half as many or twice as many take as long; memory grows with them."""

_REACH = "reader.reach"
"""Under which name the first part of a network that is cut says how the second is to be used."""


class Network:
    """A voice's network in memory, and in the cache as it was rewritten.

    Args:
        path: the voice's `.onnx`.
        key: of the voice and of how this module rewrites it.

    Raises:
        VoiceError: the file is no ONNX model, or a package that reads it is missing, or cannot load it.
    """

    def __init__(self, path: Path, key: str) -> None:
        self._first = onnx.prepared(lambda: _first(path), f"{key} first", str(path))
        self.draws = sum(each.name.startswith(NOISE.format("")) for each in self._first.get_inputs())
        """How many inputs of noise it has."""
        self._reach: Reach | None = None
        noted = self._first.get_modelmeta().custom_metadata_map.get(_REACH)
        if noted:
            self._reach = Reach(*map(int, noted.split()))
            self._last = onnx.prepared(lambda: _last(path), f"{key} last", str(path))
            self._joint = self._last.get_inputs()[0].name

    def run(self, inputs: Mapping[str, npt.NDArray[Any]]) -> npt.NDArray[np.float32]:
        """The sound: one-dimensional, between -1 and 1. An error of ONNX Runtime's is raised as it is."""
        (made,) = self._first.run(None, inputs)
        if self._reach is None:
            return np.ravel(made)
        scale, length = self._reach.scale, made.shape[-1]
        sound = np.empty(length * scale, np.float32)
        step = max(1, _PIECE // scale)
        for start in range(0, length, step):
            end = min(start + step, length)
            first, last = max(0, start - self._reach.before), min(end + self._reach.behind, length)
            piece = np.ascontiguousarray(made[..., first:last])
            (said,) = self._last.run(None, {self._joint: piece})
            sound[start * scale : end * scale] = said.ravel()[(start - first) * scale : (end - first) * scale]
        return sound


def _first(path: Path) -> bytes:
    """The network up to where it is cut, or all of it where it cannot be."""
    graph = with_open_noise(path)
    cut = _cut(graph)
    found = reach(graph, cut) if cut else None
    if found:
        graph.end_at(cut)
        graph.note(_REACH, f"{found.before} {found.behind} {found.scale}")
    widened(graph)
    return graph.packed()


def _last(path: Path) -> bytes:
    """What follows the cut."""
    graph = with_open_noise(path)
    cut = _cut(graph)
    channels = next(
        graph.value(each.input[1]).shape[0] for each in graph.users[cut] if each.op_type == _LONGER
    )
    graph.begin_at(cut, (1, channels, None))
    widened(graph)
    return graph.packed()


def _cut(graph: Graph) -> str:
    """What is drawn out in the second step; empty where there are not so many."""
    steps = [each for each in graph.nodes if each.op_type == _LONGER]
    return str(steps[1].input[0]) if len(steps) > 1 else ""


def with_open_noise(path: Path) -> Graph:
    """The network with its noise as inputs, and the sound, its first output, as the only one.

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
    graph.end_at(graph.outputs[0])
    return graph


def _taking(like: str, output: str, noise: str, start: str) -> list[Any]:
    """Nodes that give `output` the shape of `like` and the first numbers of the input `noise`."""
    shape, size, flat = (f"{noise}_{name}" for name in ("shape", "size", "flat"))
    return [
        node("Shape", [like], shape),
        node("ReduceProd", [shape], size, keepdims=1),
        node("Slice", [noise, start, size], flat),
        node("Reshape", [flat, shape], output),
    ]
