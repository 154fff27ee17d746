"""Kokoro's network, made to compute the same in two thirds of the time.

Its weights are whole numbers of 8 bits, which keeps the file small. To compute with them, sound has to be
made whole numbers as well before each convolution, and the quick layout of memory is for floating point
alone. So convolutions get weights of floating point numbers, of the same values (`_in_floats`); a
normalization in eight steps becomes one (`_normalized`); and the network is `widened`. The figures are in
docs/decisions/engines.md.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from reader.voices.networks import Graph, attributes_of, node, widened


def quick(path: Path) -> bytes:
    """The model, rewritten; it takes and gives what it did.

    Raises:
        VoiceError: the file is no ONNX model, or the package that reads it is missing.
    """
    graph = Graph(path)
    _in_floats(graph)
    _normalized(graph)
    widened(graph)
    return graph.packed()


def _in_floats(graph: Graph) -> None:
    """Convolutions of whole numbers as ones of floating point numbers.

    ``DynamicQuantizeLinear -> ConvInteger -> [Add a bias] -> Cast -> Mul by both scales`` is one ``Conv``.
    """
    others = {}
    for each in (each for each in graph.nodes if each.op_type == "ConvInteger"):
        sound = graph.maker[each.input[0]].input[0]
        last, bias = each, []
        while last.op_type != "Mul":
            (last,) = graph.users[last.output[0]]
            if last.op_type == "Add":
                bias = [_bias(graph, last)]
        scales = next(made for name in last.input if (made := graph.made_by(name, "Mul")) is not None)
        scale = next(graph.value(name) for name in scales.input if name in graph.constants)
        whole, zero = (graph.value(name).astype(np.float32) for name in (each.input[1], each.input[3]))
        weights = graph.keep(f"{each.input[1]}_float", (whole - zero) * np.float32(scale))
        others[last.output[0]] = [
            node("Conv", [sound, weights, *bias], last.output[0], **attributes_of(each))
        ]
    graph.replace(others)


def _bias(graph: Graph, add: Any) -> str:
    """The bias of floating point numbers of which one of whole numbers was made."""
    made = next(node for name in add.input if (node := graph.made_by(name, "Reshape")) is not None)
    while made.op_type != "Div":
        made = graph.maker[made.input[0]]
    return str(made.input[0])


def _normalized(graph: Graph) -> None:
    """Adaptive normalization of each channel as one node.

    ``(x - mean) / sqrt(variance + e) * gain + bias`` is ``InstanceNormalization``, whatever gain and bias
    depend on. Where Snake comes after it, ``z + sin(a z)^2 / a``, `a` goes into the gain, and ``1 / a`` into
    the weights of the convolution that takes it: ``u + sin(u)^2`` remains.
    """
    flat = graph.keep("flat", np.array([-1]))
    others: dict[str, list[Any]] = {}
    for scaled in (each for each in graph.nodes if each.op_type == "Mul"):
        centered = next((made for name in scaled.input if (made := graph.made_by(name, "Div"))), None)
        found = None if centered is None else _centered(graph, centered)
        if centered is None or found is None:
            continue
        sound, epsilon = found
        (add,) = graph.users[scaled.output[0]]
        (gain,) = (name for name in scaled.input if name != centered.output[0])
        (bias,) = (name for name in add.input if name != scaled.output[0])
        normal = add.output[0]
        factors = []
        if snake := _snake(graph, normal):
            others |= snake[1]
            factors = [node("Mul", [snake[0], each], f"{normal}_{each}_scaled") for each in (gain, bias)]
            gain, bias = (each.output[0] for each in factors)
        flattened = [node("Reshape", [each, flat], f"{normal}_{each}_flat") for each in (gain, bias)]
        inputs = [sound, *(each.output[0] for each in flattened)]
        one = node("InstanceNormalization", inputs, normal, epsilon=epsilon)
        others[normal] = [*factors, *flattened, one]
    graph.replace(others)


def _centered(graph: Graph, divided: Any) -> tuple[str, float] | None:
    """(what is normalized, what is added to its variance) where a division ends a normalization over time."""
    less, root = graph.made_by(divided.input[0], "Sub"), graph.made_by(divided.input[1], "Sqrt")
    if less is None or root is None or graph.made_by(less.input[1], "ReduceMean") is None:
        return None
    variance = graph.maker[root.input[0]]
    (epsilon,) = (float(graph.value(name)) for name in variance.input if name in graph.constants)
    return str(less.input[0]), epsilon


def _snake(graph: Graph, normal: str) -> tuple[str, dict[str, list[Any]]] | None:
    """(`a`, nodes in place of others) where a tensor is taken by Snake alone, and that by a convolution."""
    sine = next((each for user in graph.users[normal] for each in _only(graph, user, "Sin")), None)
    if sine is None or len(graph.users[normal]) != 2:
        return None
    (square,) = graph.users[sine.output[0]]
    (divided,) = graph.users[square.output[0]]
    (total,) = graph.users[divided.output[0]]
    (convolution,) = graph.users[total.output[0]]
    (a,) = (name for name in graph.maker[sine.input[0]].input if name != normal)
    (reciprocal,) = (name for name in divided.input if name != square.output[0])
    weights = graph.value(convolution.input[1])
    graph.keep(convolution.input[1], weights * graph.value(reciprocal).reshape(1, -1, 1))
    return a, {
        sine.output[0]: [node("Sin", [normal], sine.output[0])],
        square.output[0]: [node("Mul", [sine.output[0]] * 2, square.output[0])],
        total.output[0]: [node("Add", [normal, square.output[0]], total.output[0])],
    }


def _only(graph: Graph, node: Any, kind: str) -> list[Any]:
    """The nodes that take what a node makes, if all are of that kind."""
    users = graph.users.get(node.output[0], [])
    return users if all(each.op_type == kind for each in users) else []
