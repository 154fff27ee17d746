"""How far around a place a network looks: what that place of its output depends on.

A stack of convolutions, as those that make sound are, sees a few places before and behind, and treats every
place alike. So its output can be computed piece by piece, each from a piece of the input that is wider by its
reach, and is the same as if it was computed at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reader.voices.networks import ELEMENTWISE, OF_TWO, Graph, attributes_of


@dataclass(frozen=True, slots=True)
class Reach:
    """Of the nodes that follow a tensor, along its last axis."""

    before: int
    """Places of the tensor before the first of a piece that the output of the piece depends on."""
    behind: int
    """Those behind the last."""
    scale: int
    """Places of the output for each place of the tensor."""


def reach(graph: Graph, start: str) -> Reach | None:
    """What the nodes that follow a tensor look at; None where they do more than look at places nearby.

    Args:
        graph: a network whose only output is the sound, before `networks.widened`.
        start: the tensor; its last axis is the time.
    """
    (end,) = graph.outputs
    made, nodes, scale = {start}, [], 1
    for each in graph.nodes:
        if made.intersection(each.input):
            made.update(each.output)
            nodes.append(each)
    for each in nodes:
        strides = attributes_of(each).get("strides", (1,))
        if len(strides) != 1 or len(each.output) != 1:
            return None
        if each.op_type == "ConvTranspose":
            scale *= strides[0]
    # Of each tensor: first and last place that the output for the place 0 of the start depends on.
    spans = {end: (0, scale - 1)}
    for each in reversed(nodes):
        (output,) = each.output
        others = [name for name in each.input if name not in made]
        found = _span(graph, each, others, spans.get(output, (0, 0)), last=output == end)
        if found is None:
            return None
        for name in made.intersection(each.input):
            first, last = spans.get(name, found)
            spans[name] = min(first, found[0]), max(last, found[1])
    first, last = spans[start]
    return Reach(max(0, -first), max(0, last), scale)


def _span(
    graph: Graph, node: Any, others: list[str], span: tuple[int, int], *, last: bool
) -> tuple[int, int] | None:
    """What of its input a node needs for so much of its output; None where that is not known, or where the
    output is longer or shorter than `reach` counts."""
    if any(name not in graph.constants for name in others):
        return None
    if node.op_type in ELEMENTWISE or (node.op_type == "Unsqueeze" and last):
        return span
    if node.op_type in OF_TWO:
        return span if all(not graph.constants[name].dims for name in others) else None
    if node.op_type not in ("Conv", "ConvTranspose") or node.input[1] not in others:
        return None
    if len(graph.constants[node.input[1]].dims) != 3:  # channels, channels, time
        return None
    attributes = attributes_of(node)
    if not attributes.keys() <= {"dilations", "group", "kernel_shape", "pads", "strides"}:
        return None
    start, end = attributes.get("pads", (0, 0))
    stride = _attribute(node, "strides", 1)
    width = (graph.constants[node.input[1]].dims[2] - 1) * _attribute(node, "dilations", 1)
    if node.op_type == "Conv":
        return (span[0] - start, span[1] - start + width) if (stride, start + end) == (1, width) else None
    if start + end != width + 1 - stride:
        return None
    return -((width - start - span[0]) // stride), (span[1] + start) // stride


def _attribute(node: Any, name: str, default: int) -> int:
    """The only number of an attribute, for one axis."""
    (found,) = attributes_of(node).get(name, (default,))
    return int(found)
