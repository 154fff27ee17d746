"""Which MP3 encoder: speed, delay, length and quality of each candidate on an article read aloud.

    python benchmarks/encoders.py [ARTICLE] [--ffmpeg PATH] [--runs N]

Every candidate encodes the same speech (eSpeak NG, 24 kHz mono, -16 LUFS) at 64 kbit/s. `--ffmpeg`
names a second decoder to hear the streams with. What came out, and what was decided, is in
docs/decisions/mp3-encoder.md.
"""

from __future__ import annotations

import argparse
import io
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import lameenc
import numpy as np
import numpy.typing as npt
import soundfile
import soxr

from reader.studio.loudness import integrated
from reader.voices.engine import RATE, Clip, Line
from reader.voices.espeak import EspeakEngine, voices

Floats = npt.NDArray[np.float32]
Encode = Callable[[npt.NDArray[np.int16], int], bytes]
"""(samples, samples per call) to the MP3."""

KBIT = 64
SECOND = RATE


def with_lame(quality: int) -> Encode:
    """Encode with lameenc at a LAME quality from 0 (best) to 9 (fastest)."""

    def encode(samples: npt.NDArray[np.int16], block: int) -> bytes:
        encoder = lameenc.Encoder()
        encoder.silence()
        encoder.set_bit_rate(KBIT)
        encoder.set_in_sample_rate(RATE)
        encoder.set_channels(1)
        encoder.set_quality(quality)
        stream = bytearray()
        for start in range(0, len(samples), block):
            stream += encoder.encode(samples[start : start + block].tobytes())
        return bytes(stream + encoder.flush())

    return encode


def with_libsndfile(samples: npt.NDArray[np.int16], block: int) -> bytes:
    """Encode with soundfile; libsndfile maps levels 0 to 1 onto 160 to 8 kbit/s at this rate."""
    stream = io.BytesIO()
    with soundfile.SoundFile(
        stream, "w", RATE, 1, format="MP3", subtype="MPEG_LAYER_III",
        bitrate_mode="CONSTANT", compression_level=(160 - KBIT) / (160 - 8),
    ) as file:  # fmt: skip
        for start in range(0, len(samples), block):
            file.write(samples[start : start + block])
    return stream.getvalue()


CANDIDATES: dict[str, Encode] = {f"lameenc {q}": with_lame(q) for q in (2, 3, 5, 7, 9)}
CANDIDATES["soundfile"] = with_libsndfile


def speech(article: Path) -> npt.NDArray[np.int16]:
    """The article's paragraphs read by eSpeak NG, half a second apart, at -16 LUFS."""
    voice = next(voice for voice in voices() if voice.language.startswith("en"))
    lines = [Line(line) for line in article.read_text(encoding="utf-8").splitlines() if line.strip()]
    engine = EspeakEngine()
    said: list[Floats] = []
    for clip in engine.speak(voice, lines):
        if not isinstance(clip, Clip):
            raise SystemExit(clip.reason)
        said += [soxr.resample(clip.samples.astype(np.float32) / 32768, clip.rate, RATE)]
        said += [np.zeros(SECOND // 2, np.float32)]
    engine.close()
    sound = np.concatenate(said)
    sound *= 10 ** ((-16 - integrated(sound, RATE)) / 20)
    return np.asarray(np.round(np.clip(sound, -0.89, 0.89) * 32767), np.int16)


def decoded(stream: bytes, ffmpeg: str = "") -> Floats:
    """The stream as libsndfile plays it, or as the ffmpeg named does; shape (n,)."""
    if not ffmpeg:
        sound, _ = soundfile.read(io.BytesIO(stream), dtype="float32")
        return np.asarray(sound)
    with tempfile.NamedTemporaryFile(suffix=".mp3") as file:
        file.write(stream)
        file.flush()
        command = [ffmpeg, "-v", "error", "-i", file.name, "-f", "f32le", "-ac", "1", "-"]
        return np.frombuffer(subprocess.run(command, check=True, capture_output=True).stdout, np.float32)


def delay(sound: Floats, samples: npt.NDArray[np.int16]) -> int:
    """By how many samples `sound` lags behind `samples`, where they correlate best."""
    size = 1 << (len(sound) + len(samples)).bit_length()
    spectrum = np.fft.rfft(sound, size) * np.conj(np.fft.rfft(samples / 32768, size))
    lag = int(np.argmax(np.fft.irfft(spectrum, size)))
    return lag if lag < size // 2 else lag - size


def frames(sound: npt.NDArray[np.float64], length: int, hop: int) -> npt.NDArray[np.float64]:
    """Overlapping frames; shape (frames, length)."""
    return np.lib.stride_tricks.sliding_window_view(sound, length)[::hop]


@dataclass(frozen=True)
class Quality:
    """What a decoded stream lost of the speech that went in, with delay and gain taken out."""

    gain: float
    """dB by which all of it came out louder."""
    audible: float
    """Share, in percent, of all bands of all frames in which noise is above what the speech masks."""
    segmental: float
    """Segmental signal-to-noise ratio, dB."""
    spectral: float
    """Log-spectral distance below 10 kHz, dB."""
    bandwidth: float
    """How far up, in Hz, the long-term spectrum stays within 3 dB."""
    overshoot: float
    """dB by which the peak is higher."""


def masked(power: npt.NDArray[np.float64], bands: npt.NDArray[np.intp]) -> npt.NDArray[np.float64]:
    """The noise power that speech of such a power spectrum hides, in half-Bark bands.

    Spreading of 27 dB per Bark downwards and 10 dB upwards; the thresholds below it of ITU-R BS.1387-1,
    2.1.7: 3 dB up to 12 Bark, a quarter of a dB per Bark above.
    """
    count = int(bands.max()) + 1
    energy = np.stack([power[:, bands == band].sum(1) for band in range(count)], 1)
    distance = (np.arange(count)[None, :] - np.arange(count)[:, None]) / 2
    spread = 10 ** (np.where(distance < 0, 27 * distance, -10 * distance) / 10)
    offset = np.maximum(3, 0.25 * np.arange(count) / 2)
    return np.asarray(energy @ spread * 10 ** (-offset / 10))


def quality(sound: Floats, samples: npt.NDArray[np.int16]) -> Quality:
    """Compare a decoded stream with what was encoded; frames above -50 dB of the loudest count."""
    lag = delay(sound, samples)
    meant = samples / 32768
    heard = np.zeros(len(meant))
    part = sound[max(lag, 0) :][: len(meant)]
    heard[: len(part)] = part
    gain = float(heard @ meant / (meant @ meant))
    heard /= gain

    window = np.hanning(1024)
    one, two, noise = (
        np.abs(np.fft.rfft(frames(each, 1024, 512) * window)) ** 2 for each in (meant, heard, heard - meant)
    )
    spoken = one.sum(1) > one.sum(1).max() * 1e-5
    one, two, noise = one[spoken] + 1e-6, two[spoken] + 1e-6, noise[spoken]
    frequency = np.fft.rfftfreq(1024, 1 / RATE)
    bark = 13 * np.arctan(0.00076 * frequency) + 3.5 * np.arctan((frequency / 7500) ** 2)
    bands = (2 * bark).astype(np.intp)
    noises = np.stack([noise[:, bands == band].sum(1) for band in range(int(bands.max()) + 1)], 1)
    distance = 10 * np.log10(one / two)[:, frequency <= 10_000]
    lost = np.convolve(10 * np.log10(two.mean(0) / one.mean(0)), np.ones(9) / 9, "same")
    short = frequency[(lost < -3) & (frequency > 1000)]

    one_frame, noise_frame = frames(meant, 480, 480), frames(meant - heard, 480, 480)
    power = (one_frame**2).sum(1)
    loud = power > power.max() * 1e-5
    ratios = 10 * np.log10(power[loud] / ((noise_frame[loud] ** 2).sum(1) + 1e-12))
    return Quality(
        gain=20 * np.log10(gain),
        audible=100 * float((noises > masked(one, bands)).mean()),
        segmental=float(np.clip(ratios, -10, 50).mean()),
        spectral=float(np.sqrt((distance**2).mean(1)).mean()),
        bandwidth=float(short[0]) if len(short) else RATE / 2,
        overshoot=float(20 * np.log10(np.abs(heard).max() / np.abs(meant).max())),
    )


def speed(encode: Encode, samples: npt.NDArray[np.int16], runs: int) -> tuple[float, float, float]:
    """Times real time on one core, by processor time: slowest, median and fastest of `runs`."""
    taken = []
    for _ in range(runs):
        start = time.process_time()
        encode(samples, SECOND)
        taken.append(len(samples) / RATE / (time.process_time() - start))
    return min(taken), statistics.median(taken), max(taken)


def lengths(encode: Encode, samples: npt.NDArray[np.int16], ffmpeg: str) -> str:
    """How long n samples are when decoded, for many n: as n + a, rounded up to whole frames of 576."""
    found = set()
    for n in [*range(1, 1160, 7), *range(23_900, 25_100, 13), 240_000, len(samples)]:
        stream = encode(samples[:n], SECOND)
        length = len(decoded(stream))
        if ffmpeg and n % 5 == 0 and len(decoded(stream, ffmpeg)) != length:
            return "decoders differ"
        found.add((length, n))
    for more in range(1153):
        if all(length == -(-(n + more) // 576) * 576 for length, n in found):
            return f"n + {more} up to whole frames"
    return "n" if all(length == n for length, n in found) else "no rule found"


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    default = Path(__file__).parents[1] / "articles" / "stem-cell-transplantation.txt"
    parser.add_argument("article", nargs="?", type=Path, default=default)
    parser.add_argument("--ffmpeg", default="", help="a second decoder")
    parser.add_argument("--runs", type=int, default=7)
    chosen = parser.parse_args()
    samples = speech(chosen.article)
    print(f"{len(samples) / RATE:.1f} s of speech, {KBIT} kbit/s, {chosen.runs} runs\n")
    print(
        "| encoder | times real time: min, median, max | bytes | delay | decoded length | calls matter "
        "| gain dB | audible noise % | segmental SNR dB | LSD dB | bandwidth Hz | overshoot dB |"
    )
    print("| --- " * 12 + "|")
    for name, encode in CANDIDATES.items():
        slow, median, fast = speed(encode, samples, chosen.runs)
        stream = encode(samples, SECOND)
        delays = {delay(decoded(stream), samples)}
        if chosen.ffmpeg:
            delays.add(delay(decoded(stream, chosen.ffmpeg), samples))
        blocks = {encode(samples[: 5 * SECOND], block) for block in (1, 575, 576, 1000, SECOND, 5 * SECOND)}
        heard = quality(decoded(stream), samples)
        print(
            f"| {name} | {slow:.0f}, {median:.0f}, {fast:.0f} | {len(stream)} "
            f"| {', '.join(map(str, sorted(delays)))} "
            f"| {lengths(encode, samples, chosen.ffmpeg)} | {'yes' if len(blocks) > 1 else 'no'} "
            f"| {heard.gain:.2f} | {heard.audible:.2f} | {heard.segmental:.2f} | {heard.spectral:.2f} "
            f"| {heard.bandwidth:.0f} | {heard.overshoot:.2f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
