"""Networks rewritten: they compute what they did, in other nodes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from reader.errors import VoiceError
from reader.voices import kokoro_network, store
from reader.voices.networks import Graph, node, widened


def small(path: Path) -> Path:
    """Two convolutions in a row, strided and dilated, with a sum between that goes around the second."""
    from onnx import TensorProto, helper, numpy_helper

    chance = np.random.default_rng(1)
    weights = {
        "one": chance.standard_normal((4, 3, 5)).astype(np.float32),
        "two": chance.standard_normal((4, 4, 3)).astype(np.float32),
        "half": np.array(0.5, np.float32),
    }
    nodes = [
        node("Conv", ["sound", "one"], "a", kernel_shape=[5], pads=[2, 1], strides=[2]),
        node("LeakyRelu", ["a"], "b", alpha=0.2),
        node("Conv", ["b", "two"], "c", kernel_shape=[3], pads=[3, 3], dilations=[3]),
        node("Add", ["a", "c"], "d"),
        node("Mul", ["d", "half"], "said"),
    ]
    graph = helper.make_graph(
        nodes,
        "small",
        [helper.make_tensor_value_info("sound", TensorProto.FLOAT, [1, 3, None])],
        [helper.make_tensor_value_info("said", TensorProto.FLOAT, None)],
        [numpy_helper.from_array(each, name) for name, each in weights.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
    path.write_bytes(model.SerializeToString())
    return path


def computed(model: bytes, sound: np.ndarray) -> np.ndarray:
    import onnxruntime

    (said,) = onnxruntime.InferenceSession(model).run(None, {"sound": sound})
    return np.asarray(said)


def test_a_widened_network_computes_the_same(tmp_path: Path) -> None:
    pytest.importorskip("onnxruntime")
    path = small(tmp_path / "small.onnx")
    graph = Graph(path)
    widened(graph)
    kinds = Counter(each.op_type for each in graph.nodes)
    assert kinds == {"Unsqueeze": 1, "Conv": 2, "LeakyRelu": 1, "Add": 1, "Mul": 1, "Squeeze": 1}
    sound = np.random.default_rng(2).standard_normal((1, 3, 60)).astype(np.float32)
    expected = computed(path.read_bytes(), sound)
    assert expected.shape == (1, 4, 30)
    np.testing.assert_allclose(computed(graph.packed(), sound), expected, rtol=1e-4, atol=1e-5)


def test_what_is_no_network_is_told(tmp_path: Path) -> None:
    pytest.importorskip("onnx")
    (tmp_path / "voice.onnx").write_bytes(b"no model at all")
    with pytest.raises(VoiceError, match=r"voice\.onnx: the model cannot be read"):
        Graph(tmp_path / "voice.onnx")


def test_kokoro_computes_in_floats_and_normalizes_at_once(natural: Path) -> None:
    assert natural.is_dir()
    import onnx

    before = Counter(each.op_type for each in Graph(store.kokoro_model()).nodes)
    quick = onnx.load_model_from_string(kokoro_network.quick(store.kokoro_model()))
    after = Counter(each.op_type for each in quick.graph.node)
    assert (before["ConvInteger"], after["ConvInteger"]) == (87, 0)
    assert after["Conv"] == before["Conv"] + before["ConvInteger"]
    assert (before["InstanceNormalization"], after["InstanceNormalization"]) == (0, 68)
    assert before["Pow"] - after["Pow"] == 48
