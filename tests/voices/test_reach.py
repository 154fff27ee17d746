"""How far a network looks, against what of its output changes with its input."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from reader.voices.networks import Graph, node
from reader.voices.reach import Reach, reach

_LENGTH = 40
_SHAPES = {"early": (4, 3, 8), "one": (3, 3, 3), "two": (3, 3, 5), "late": (3, 2, 4), "end": (1, 2, 7)}


def _convolution(kind: str, given: str, weights: str, made: str, **attributes: Any) -> Any:
    return node(kind, [given, weights], made, kernel_shape=[_SHAPES[weights][2]], **attributes)


def _vocoder() -> list[Any]:
    """As those of voices are: drawn out eight times in two steps, with a sum of two branches between."""
    return [
        _convolution("ConvTranspose", "start", "early", "a", strides=[4], pads=[2, 2]),
        node("LeakyRelu", ["a"], "b", alpha=0.1),
        _convolution("Conv", "b", "one", "c", pads=[1, 1]),
        _convolution("Conv", "b", "two", "d", dilations=[3], pads=[6, 6]),
        node("Add", ["c", "d"], "e"),
        node("Constant", [], "half", value=_tensor(np.array(0.5, np.float32))),
        node("Mul", ["e", "half"], "f"),
        _convolution("ConvTranspose", "f", "late", "g", strides=[2], pads=[1, 1]),
        _convolution("Conv", "g", "end", "h", pads=[3, 3]),
        node("Tanh", ["h"], "i"),
        node("Unsqueeze", ["i", "axis"], "said"),
    ]


def _tensor(value: np.ndarray, name: str = "") -> Any:
    from onnx import numpy_helper

    return numpy_helper.from_array(value, name)


def _graph(path: Path, nodes: Sequence[Any]) -> Graph:
    from onnx import TensorProto, helper

    chance = np.random.default_rng(1)
    weights = [
        _tensor(chance.uniform(0.1, 1, shape).astype(np.float32), each) for each, shape in _SHAPES.items()
    ]
    graph = helper.make_graph(
        nodes,
        "vocoder",
        [helper.make_tensor_value_info("start", TensorProto.FLOAT, [1, 4, None])],
        [helper.make_tensor_value_info("said", TensorProto.FLOAT, None)],
        [*weights, _tensor(np.array([1]), "axis")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
    path.write_bytes(model.SerializeToString())
    return Graph(path)


def test_it_is_what_changes_the_sound(tmp_path: Path) -> None:
    onnxruntime = pytest.importorskip("onnxruntime")
    graph = _graph(tmp_path / "vocoder.onnx", _vocoder())
    found = reach(graph, "start")
    assert found is not None
    assert found.scale == 8
    session = onnxruntime.InferenceSession(graph.packed())
    sound = np.random.default_rng(2).uniform(-0.1, 0.1, (1, 4, _LENGTH)).astype(np.float32)
    expected = session.run(None, {"start": sound})[0].ravel()
    assert len(expected) == 8 * _LENGTH
    place = _LENGTH // 2
    sound[..., place] += 1
    changed = np.flatnonzero(session.run(None, {"start": sound})[0].ravel() != expected) // 8
    assert found == Reach(before=changed.max() - place, behind=place - changed.min(), scale=8)


@pytest.mark.parametrize(
    ("at", "other"),
    [
        (2, lambda: _convolution("Conv", "b", "one", "c", pads=[1, 1], strides=[2])),
        (2, lambda: _convolution("Conv", "b", "one", "c", pads=[2, 1])),
        (2, lambda: _convolution("Conv", "b", "one", "c", auto_pad="SAME_UPPER")),
        (2, lambda: node("Conv", ["b", "b"], "c", pads=[1, 1])),
        (2, lambda: node("Conv", ["b", "one"], "c", pads=[1, 1, 0, 0], strides=[1, 1])),
        (6, lambda: node("Mul", ["e", "one"], "f")),
        (6, lambda: node("Softmax", ["e"], "f")),
        (7, lambda: _convolution("ConvTranspose", "f", "late", "g", strides=[2])),
        (
            7,
            lambda: _convolution(
                "ConvTranspose", "f", "late", "g", strides=[2], pads=[1, 1], output_padding=[1]
            ),
        ),
        (9, lambda: node("Add", ["h", "elsewhere"], "i")),
    ],
)
def test_it_is_not_known_where_other_things_are_done(
    tmp_path: Path, at: int, other: Callable[[], Any]
) -> None:
    pytest.importorskip("onnx")
    nodes = _vocoder()
    assert nodes[at].output == other().output
    nodes[at] = other()
    assert reach(_graph(tmp_path / "vocoder.onnx", nodes), "start") is None


def test_what_is_cut_in_two_computes_the_same(tmp_path: Path) -> None:
    onnxruntime = pytest.importorskip("onnxruntime")
    path = tmp_path / "vocoder.onnx"
    whole, first, last = _graph(path, _vocoder()), Graph(path), Graph(path)
    first.end_at("f")
    first.note("what", "the first")
    last.begin_at("f", (1, 3, None))
    assert not {"late", "end"}.intersection(first.constants)
    assert not {"early", "one", "two", "half"}.intersection(last.constants)
    sound = np.random.default_rng(2).uniform(-0.1, 0.1, (1, 4, _LENGTH)).astype(np.float32)
    one, two = (onnxruntime.InferenceSession(each.packed()) for each in (first, last))
    assert one.get_modelmeta().custom_metadata_map == {"what": "the first"}
    (said,) = two.run(None, {"f": one.run(None, {"start": sound})[0]})
    (expected,) = onnxruntime.InferenceSession(whole.packed()).run(None, {"start": sound})
    np.testing.assert_allclose(said, expected, rtol=1e-5)
