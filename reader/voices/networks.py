"""ONNX networks, rewritten so that ONNX Runtime computes the same in less time.

What it is quick at is two-dimensional convolutions, in a memory layout of its own; speech networks are made
of one-dimensional ones. So these become images one row high (`widened`). docs/decisions/engines.md has what
that gives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from reader.errors import VoiceError
from reader.messages import _

ELEMENTWISE = {"LeakyRelu", "Relu", "Sigmoid", "Sin", "Tanh"}
"""Kinds of nodes that treat each number by itself."""
OF_TWO = {"Add", "Div", "Mul", "Sub"}
"""Those that do so with two."""

_ROW = 2
"""The axis that is added: batch, channels, row, time."""


class Graph:
    """The nodes of a network, and what makes and takes each of its tensors."""

    def __init__(self, path: Path) -> None:
        """Read a network.

        Raises:
            VoiceError: the file is no ONNX model, or the package that reads it is missing.
        """
        self._model = _read(path)
        self.constants: dict[str, Any] = {each.name: each for each in self._model.graph.initializer}
        """TensorProto of each constant."""
        self.nodes: list[Any] = []
        """In an order in which they can be computed."""
        self.maker: dict[str, Any] = {}
        """Node that makes a tensor."""
        self.users: dict[str, list[Any]] = {}
        """Nodes that take a tensor."""
        nodes = []
        for each in self._model.graph.node:
            value = attributes_of(each).get("value") if each.op_type == "Constant" else None
            if value is None:
                nodes.append(each)
            else:
                value.name = each.output[0]
                self.constants[value.name] = value
        self._take(nodes)

    def _take(self, nodes: list[Any]) -> None:
        self.nodes = nodes
        self.maker = {name: node for node in nodes for name in node.output}
        self.users = {}
        for node in nodes:
            for name in dict.fromkeys(node.input):
                self.users.setdefault(name, []).append(node)

    def made_by(self, name: str, kind: str) -> Any:
        """The node that makes a tensor, if it is of that kind; else None."""
        node = self.maker.get(name)
        return node if node is not None and node.op_type == kind else None

    def value(self, name: str) -> npt.NDArray[Any]:
        """A constant."""
        from onnx import numpy_helper

        found: npt.NDArray[Any] = numpy_helper.to_array(self.constants[name])
        return found

    def keep(self, name: str, value: npt.NDArray[Any]) -> str:
        """Add a constant, or change it; gives its name."""
        from onnx import numpy_helper

        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def take_input(self, name: str) -> None:
        """Add an input: one-dimensional float32."""
        from onnx import TensorProto, helper

        self._model.graph.input.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, [None]))

    @property
    def outputs(self) -> list[str]:
        """What the network gives."""
        return [each.name for each in self._model.graph.output]

    def note(self, name: str, value: str) -> None:
        """Write something about the network into it: ONNX Runtime gives it back with the session."""
        self._model.metadata_props.add(key=name, value=value)

    def end_at(self, name: str) -> None:
        """Keep what makes a tensor, and give it as the only output."""
        from onnx import TensorProto, helper

        del self._model.graph.output[:]
        self._model.graph.output.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, None))
        self.replace({})

    def begin_at(self, name: str, shape: Sequence[int | None]) -> None:
        """Keep what follows a tensor, and take it as the only input: float32."""
        from onnx import TensorProto, helper

        del self._model.graph.input[:]
        self._model.graph.input.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))
        self.replace({name: ()})

    def replace(self, others: Mapping[str, Sequence[Any]]) -> None:
        """Put nodes in the place of others, told by their first output, and drop what is then unused."""
        nodes = [new for node in self.nodes for new in others.get(node.output[0], (node,))]
        used = set(self.outputs)
        kept = []
        for node in reversed(nodes):
            if used.intersection(node.output):
                used.update(node.input)
                kept.append(node)
        self._take(kept[::-1])
        self.constants = {name: each for name, each in self.constants.items() if name in used}

    def packed(self) -> bytes:
        """The network as a file holds it."""
        graph = self._model.graph
        del graph.node[:], graph.initializer[:], graph.value_info[:]
        graph.node.extend(self.nodes)
        graph.initializer.extend(self.constants.values())
        return bytes(self._model.SerializeToString())


def node(kind: str, inputs: Sequence[str], output: str, **attributes: Any) -> Any:
    """A node with one output."""
    from onnx import helper

    return helper.make_node(kind, list(inputs), [output], **attributes)


def attributes_of(node: Any) -> dict[str, Any]:
    """The attributes of a node, by name."""
    from onnx import helper

    return {each.name: helper.get_attribute_value(each) for each in node.attribute}


def widened(graph: Graph) -> None:
    """Make each one-dimensional convolution, and what is computed element by element between them,
    two-dimensional."""
    row = graph.keep("row", np.array([_ROW]))
    wide: dict[str, str] = {}
    others: dict[str, list[Any]] = {}
    for each in graph.nodes:
        attributes = attributes_of(each)
        given = list(each.input)
        before: list[Any] = []
        if _is_row(graph, each):
            if given[0] not in wide:
                wide[given[0]] = f"{given[0]}_wide"
                before.append(node("Unsqueeze", [given[0], row], wide[given[0]]))
            given[0] = wide[given[0]]
            weights = graph.value(given[1])
            if weights.ndim == 3:
                graph.keep(given[1], np.expand_dims(weights, _ROW))
            attributes = _in_two_dimensions(attributes)
        elif each.op_type in ELEMENTWISE and given[0] in wide:
            given[0] = wide[given[0]]
        elif each.op_type in OF_TWO and all(name in wide or _is_number(graph, name) for name in given):
            given = [wide.get(name, name) for name in given]
        else:
            continue
        if not set(given) & set(wide.values()):
            continue
        (made,) = each.output
        wide[made] = f"{made}_wide"
        others[made] = [
            *before,
            node(each.op_type, given, wide[made], **attributes),
            node("Squeeze", [wide[made], row], made),
        ]
    graph.replace(others)


def _is_row(graph: Graph, node: Any) -> bool:
    """Whether a node is a convolution in one dimension, with weights that are known."""
    if node.op_type != "Conv" or node.input[1] not in graph.constants:
        return False
    return len(attributes_of(node).get("kernel_shape", ())) == 1


def _is_number(graph: Graph, name: str) -> bool:
    return name in graph.constants and not graph.constants[name].dims


def _in_two_dimensions(attributes: dict[str, Any]) -> dict[str, Any]:
    found = {name: value for name, value in attributes.items() if name != "auto_pad"}
    for name in ("kernel_shape", "dilations", "strides"):
        found[name] = [1, *attributes.get(name, (1,))]
    start, end = attributes.get("pads", (0, 0))
    found["pads"] = [0, start, 0, end]
    return found


def _read(path: Path) -> Any:
    try:
        import onnx
    except ImportError as error:
        raise VoiceError(
            _("The package onnx cannot be loaded: {reason}.").format(reason=error),
            advice=_('Install it: pip install "voice-reader[natural]".'),
        ) from error
    from google.protobuf.message import DecodeError

    try:
        return onnx.load(str(path))
    except (DecodeError, OSError, ValueError) as error:
        raise VoiceError(
            _("the model cannot be read: {reason}.").format(reason=error),
            where=str(path),
            advice=_("It may be damaged: install the voice again."),
        ) from error
