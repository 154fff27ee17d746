"""What the work itself costs: an engine, an encoder, a loudness pass, and nothing around them.

    python -m benchmarks.compare.bare JOB.json

One process does its share of a job and prints what each kind of work took, as one line of JSON. Several of
them side by side are how the bare engine uses all processors.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = ("engine", "encoder", "loudness")
"""Of work that is not loading."""

Speaker = Callable[[str], object]


class Clock:
    """Wall and processor seconds by kind of work."""

    def __init__(self) -> None:
        self.taken: dict[str, float] = {}

    @contextmanager
    def of(self, kind: str) -> Iterator[None]:
        """Count what is done inside."""
        wall, cpu = time.perf_counter(), time.process_time()
        try:
            yield
        finally:
            for name, took in (
                (kind, time.perf_counter() - wall),
                (f"{kind}_cpu", time.process_time() - cpu),
            ):
                self.taken[name] = self.taken.get(name, 0.0) + took


def kokoro(threads: int) -> Speaker:
    """ONNX Runtime on Kokoro's model as it comes; the texts are phonemes."""
    import numpy as np
    import onnxruntime

    from reader.voices import kokoro_phonemes, store

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(
        str(store.kokoro_model()), options, providers=["CPUExecutionProvider"]
    )
    voice = next(each for each in store.installed("kokoro") if each.language == "en-US")
    style = np.fromfile(store.voice_file(voice), "<f4").reshape(510, 256)

    def say(phonemes: str) -> object:
        tokens = [kokoro_phonemes.TOKENS[each] for each in phonemes]
        given = {"tokens": np.array([[0, *tokens, 0]]), "style": style[len(tokens) - 1 : len(tokens)]}
        return session.run(None, given | {"speed": np.array([1.0], np.float32)})

    return say


def piper(threads: int) -> Speaker:
    """`piper.PiperVoice`, with a session of so many threads."""
    import onnxruntime
    from piper import PiperVoice

    from reader.voices import store

    path = store.voice_file(store.installed("piper")[0])
    voice = PiperVoice.load(path)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    voice.session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    return lambda text: [chunk.audio_int16_bytes for chunk in voice.synthesize(text)]


def neural(engine: str, threads: int, texts: Sequence[str], clock: Clock) -> None:
    """Load an engine and say the texts."""
    with clock.of("load"):
        say = {"kokoro": kokoro, "piper": piper}[engine](threads)
    with clock.of("engine"):
        for text in texts:
            say(text)


def kokoro_phonemes(texts: Sequence[str]) -> list[str]:
    """Texts as Kokoro's model takes them, made beforehand: they are not counted."""
    from reader.voices import kokoro_phonemes as alphabet

    phonemize = alphabet.phonemizer("en-US")
    return [alphabet.tidy(phonemize(text).phonemes)[: alphabet.LONGEST] for text in texts]


def espeak(parts: Sequence[Sequence[Any]], clock: Clock) -> None:
    """Say (text, voice, tempo) with a library that remembers nothing, as the design needs it.

    But for its fresh state the library is used as its documentation has it: with a voice by its name and a
    buffer of its own choice. What reader does better than that is reader's.
    """
    from reader.voices import espeak_library
    from reader.voices.espeak import NEUTRAL_RATE

    espeak_library.BUFFER_MS = 0
    espeak_library._DESCRIPTORS = Path("by-name")
    with espeak_library.fresh() as library:
        identifiers = {codes[0].lower(): identifier for _title, identifier, codes in library.voices()}
    with clock.of("engine"):
        for text, voice, tempo in parts:
            sound: list[bytes] = []

            def hear(samples: bytes, _events: object, sound: list[bytes] = sound) -> bool:
                sound.append(samples)
                return False

            with espeak_library.fresh() as library:
                library.set_voice(identifiers[voice], round(NEUTRAL_RATE * tempo))
                library.synthesize(text, hear)


def finish(mp3s: Sequence[str], kbit: int, clock: Clock) -> float:
    """Encode the sound of chapters once more, and measure the loudness of their MP3s; gives the seconds."""
    import lameenc
    import numpy as np

    from reader.studio.encoder import QUALITY
    from reader.studio.hearing import decoded
    from reader.studio.loudness import Meter
    from reader.voices.engine import RATE

    seconds = 0.0
    for mp3 in mp3s:
        encoder = lameenc.Encoder()
        encoder.silence()
        encoder.set_bit_rate(kbit)
        encoder.set_in_sample_rate(RATE)
        encoder.set_channels(1)
        encoder.set_quality(QUALITY)
        meter = Meter(RATE)
        blocks = decoded(Path(mp3).read_bytes())
        while True:
            with clock.of("loudness"):
                block = next(blocks, None)
                if block is None:
                    meter.integrated()
                    break
                meter.add(block)
            samples = np.clip(block * 32767, -32768, 32767).astype("<i2").tobytes()
            seconds += len(block) / RATE
            with clock.of("encoder"):
                encoder.encode(samples)
        with clock.of("encoder"):
            encoder.flush()
    return seconds


def main() -> None:
    """Do the job that a file describes."""
    job = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    clock = Clock()
    seconds = 0.0
    if job["engine"] == "espeak":
        espeak(job["parts"], clock)
        seconds = finish(job["mp3s"], job["kbit"], clock)
    else:
        neural(job["engine"], job["threads"], job["texts"], clock)
    print(json.dumps({"seconds": seconds} | clock.taken))


if __name__ == "__main__":
    main()
