"""Chapters as they are heard: decoded by others, measured by rulers made here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyloudnorm
import pytest
import soxr
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.assets import cues_dir
from reader.studio.assemble import make_chapter
from reader.studio.encoder import DELAY, FRAME
from reader.studio.made import ChapterSound, chapter_sound
from reader.studio.mixer import JOIN, MissingClips
from reader.studio.plan import ChapterPlan, Sound
from reader.studio.sound import at_studio_rate, cue
from reader.studio.store import CHAPTERS, CLIPS, Store, get_clip, put_clip
from reader.voices.engine import RATE, Clip, Voice
from reader.voices.silent import voice as silent_voice

Samples = npt.NDArray[np.int16]
Decode = Callable[[bytes], Samples]
MakePlan = Callable[..., ChapterPlan]
Speak = Callable[[Store, ChapterPlan], None]

MS = RATE // 1000
TONE = silent_voice("en", tone=True)


def make(plan: ChapterPlan, store: Store) -> ChapterSound:
    length = make_chapter(plan, store)
    entry = store.get(CHAPTERS, plan.key)
    assert entry is not None
    sound = chapter_sound(plan, entry)
    assert sound.time.samples == length
    return sound


def cue_samples(plan: ChapterPlan) -> Samples:
    return cue(Path(plan.cue))


def frame_levels(samples: Samples) -> npt.NDArray[np.float64]:
    """RMS of each whole 10 ms, in dB of full scale."""
    whole = samples[: len(samples) // (10 * MS) * 10 * MS].astype(np.float64) / 32768
    power = (whole.reshape(-1, 10 * MS) ** 2).mean(axis=1)
    return np.asarray(10 * np.log10(power + 1e-12))


def pauses_heard(samples: Samples, least_ms: int) -> list[tuple[int, int]]:
    """(start, end) in ms of each run of 10 ms frames 35 dB or more below the loudness of the speech."""
    levels = frame_levels(samples)
    loudness = pyloudnorm.Meter(RATE).integrated_loudness(samples / 32768)
    quiet = np.concatenate([[False], levels < loudness - 35, [False]])
    edges = np.flatnonzero(np.diff(quiet.astype(int))).reshape(-1, 2) * 10
    return [(int(start), int(end)) for start, end in edges if end - start >= least_ms]


def onset(samples: npt.NDArray[np.float64], below_db: float) -> int:
    """The first sample of the first millisecond that reaches so much below the sound's own level."""
    millisecond = np.convolve(samples**2, np.ones(MS) / MS, "valid")
    level = np.mean(samples[samples**2 > np.mean(samples**2) / 100] ** 2)
    first = int(np.flatnonzero(millisecond > level * 10 ** (-below_db / 10))[0])
    return first + MS - 1


@dataclass(frozen=True, slots=True)
class Told:
    """A chapter that eSpeak tells."""

    plan: ChapterPlan
    sound: ChapterSound
    clips: dict[str, Samples]


@pytest.fixture(scope="module")
def told(
    tmp_path_factory: pytest.TempPathFactory, make_plan: MakePlan, speak_all: Speak, english: Voice
) -> Told:
    store = Store(tmp_path_factory.mktemp("told"))
    plan = make_plan(
        (["Stem cell transplantation."], 900),
        (["Stem cells renew the blood."], 400),
        (["You will have tests ", ("of your heart", 250), " and of your lungs."], 800),
        (["It helps."], 1200),
        (["Many people feel well after a week."], 1500),
        voice=english, cue="chapter", cue_pause_ms=400,
    )  # fmt: skip
    speak_all(store, plan)
    sound = make(plan, store)
    parts = [part for utterance in plan.utterances for part in utterance.parts]
    clips = {part.key: get_clip(store, part.key) for part in parts}
    return Told(plan, sound, {key: at_studio_rate(clip) for key, clip in clips.items() if clip})


def test_pauses_are_those_of_the_script(told: Told, decode: Decode) -> None:
    after_cue = len(cue_samples(told.plan)) + told.plan.head
    heard = pauses_heard(decode(told.sound.mp3)[after_cue:], 200)
    # Stops inside words are shorter than 200 ms; the cue's own end belongs to the first pause.
    lengths = [end - start for start, end in heard]
    assert lengths == pytest.approx([400, 900, 400, 250, 800, 1200, 1500], abs=30)


def test_pauses_lie_where_the_timeline_says(told: Told, decode: Decode) -> None:
    heard = decode(told.sound.mp3)
    ends = {end for _start, end in pauses_heard(heard, 200)}
    starts = {start for start, _end in pauses_heard(heard, 200)}
    for span in told.sound.time.spans:
        assert min(abs(end - span.start / MS) for end in ends) <= 15
        assert min(abs(start - span.speech_end / MS) for start in starts) <= 15


def test_speech_starts_where_the_timeline_says(told: Told, decode: Decode) -> None:
    heard = decode(told.sound.mp3).astype(np.float64)
    for utterance, span in zip(told.plan.utterances, told.sound.time.spans, strict=True):
        clip = told.clips[utterance.parts[0].key].astype(np.float64)
        first = onset(clip, 35)
        said = clip[first : first + 400 * MS]
        around = heard[span.start - 100 * MS : span.start + 500 * MS]
        at = int(np.correlate(around, said, "valid").argmax()) - 100 * MS
        assert abs(at) <= 2 * MS, utterance.id


def test_cue_sounds_after_the_head(told: Told, decode: Decode) -> None:
    heard = decode(told.sound.mp3).astype(np.float64)
    ring = cue_samples(told.plan)[: 200 * MS].astype(np.float64)
    around = heard[: told.plan.head + len(ring) + 100 * MS]
    at = int(np.correlate(around, ring, "valid").argmax())
    assert abs(at - told.plan.head) <= MS
    assert np.abs(heard[: told.plan.head - 30 * MS]).max() < 10


def test_first_speech_follows_the_cue(told: Told) -> None:
    expected = told.plan.head + len(cue_samples(told.plan)) + told.plan.cue_pause
    assert told.sound.time.spans[0].start == expected


def test_loudness_and_peak_are_kept(told: Told, decode: Decode) -> None:
    heard = decode(told.sound.mp3) / 32768
    loudness = pyloudnorm.Meter(RATE).integrated_loudness(heard)
    assert loudness == pytest.approx(-16, abs=1)
    assert told.sound.loudness_lufs == pytest.approx(loudness, abs=0.15)
    peak = 20 * np.log10(np.abs(soxr.resample(heard, RATE, 8 * RATE, quality="VHQ")).max())
    assert peak <= -1 + 0.1
    assert told.sound.true_peak_dbtp <= -1
    assert told.sound.true_peak_dbtp == pytest.approx(peak, abs=0.15)


def click_at(samples: npt.NDArray[np.float64], at: int) -> float:
    """By how much (dB) the steepest step within 1 ms of a place exceeds the steepest within 8 ms of it."""
    steps = np.abs(np.diff(samples, 2))
    here = steps[at - MS : at + MS].max()
    around = np.concatenate([steps[at - 8 * MS : at - MS], steps[at + MS : at + 8 * MS]]).max()
    # Nobody hears a step 75 dB below full scale.
    return float(20 * np.log10(max(here, 6) / max(around, 6)))


def joins(sound: ChapterSound, plan: ChapterPlan) -> list[int]:
    """Where the pieces of a chapter meet: both edges of all speech, and where kept edges end."""
    places = []
    for span, utterance in zip(sound.time.spans, plan.utterances, strict=True):
        assert utterance.parts
        places += [span.start, span.speech_end, span.start - 60 * MS, span.end - 60 * MS]
    return [place for place in places if 10 * MS < place < sound.time.samples - 10 * MS]


def test_no_click_at_a_join(told: Told, decode: Decode) -> None:
    heard = decode(told.sound.mp3).astype(np.float64)
    for place in joins(told.sound, told.plan):
        assert click_at(heard, place) < 10, place


def humming(length: int, level: float) -> npt.NDArray[np.float64]:
    return np.asarray(level * np.cos(2 * np.pi * 150 * np.arange(length) / RATE))


def noisy_clip(seconds: float = 1.5) -> Samples:
    """Speech between stretches of a hum 37 dB below it, which begin and end at the hum's crest."""
    swell = np.hanning(200 * MS)
    envelope = np.concatenate([swell[: 100 * MS], np.ones(round(seconds * RATE)), swell[100 * MS :]])
    tone = 8000 * envelope * np.sin(2 * np.pi * 440 * np.arange(len(envelope)) / RATE)
    hum = humming(len(tone) + 1000 * MS, 110)
    hum[500 * MS : 500 * MS + len(tone)] += tone
    return np.rint(hum).astype(np.int16)


@pytest.fixture
def hummed(store: Store, make_plan: MakePlan) -> tuple[ChapterPlan, ChapterSound]:
    """A chapter of clips that hum before and after what they say, with pauses shorter than the hum."""
    plan = make_plan(
        (["One."], 300), (["Two ", "and a half."], 100), (["Three."], 700), voice=replace(TONE, gain_db=3.0)
    )
    for utterance in plan.utterances:
        for part in utterance.parts:
            put_clip(store, part.key, Clip(noisy_clip(), RATE))
    return plan, make(plan, store)


def test_hum_makes_no_click(hummed: tuple[ChapterPlan, ChapterSound], decode: Decode) -> None:
    plan, sound = hummed
    heard = decode(sound.mp3).astype(np.float64)
    # Where the edge of a clip was cut off, a hum would begin or stop within one sample.
    for place in joins(sound, plan):
        assert click_at(heard, place) < 10, place


def test_hum_fades_inside_the_pause(hummed: tuple[ChapterPlan, ChapterSound], decode: Decode) -> None:
    _plan, sound = hummed
    levels = frame_levels(decode(sound.mp3))
    one, last = sound.time.spans[0], sound.time.spans[-1]
    middle = slice(one.speech_end // 240 + 1, one.speech_end // 240 + 18)
    assert levels[middle][0] > -55  # kept, ...
    assert levels[middle][0] - levels[middle][-1] > 6  # ... but fading
    lead = levels[(one.start - 60 * MS) // 240 : one.start // 240]
    assert lead[-1] > -55
    assert levels[-3] < -70, "the last hum has faded when the chapter ends"
    assert last.end == sound.time.samples


def test_parts_follow_each_other_after_a_word_gap(
    store: Store, make_plan: MakePlan, speak_all: Speak
) -> None:
    plan = make_plan((["One ", ("two ", 200), "three"], 400), voice=TONE)
    speak_all(store, plan)
    sound = make(plan, store)
    length = 0
    for part in plan.utterances[0].parts:
        clip = get_clip(store, part.key)
        assert clip is not None
        length += len(clip.samples)
    (span,) = sound.time.spans
    assert span.speech_end - span.start == pytest.approx(length + JOIN + 200 * MS, abs=6 * MS)


words = st.text("abc ", max_size=12)
pauses = st.sampled_from([0, 1, 50, 333, 400, 900])
sentences = st.tuples(st.lists(st.tuples(words, pauses), max_size=3), pauses)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(sentences, max_size=6),
    st.sampled_from([0, 20, 46, 47, 700]),
    st.sampled_from(["", "chapter"]),
    st.booleans(),
)
def test_spans_ascend_and_abut(
    store: Store,
    make_plan: MakePlan,
    speak_all: Speak,
    script: list[tuple[list[tuple[str, int]], int]],
    head_ms: int,
    cue_name: str,
    tone: bool,
) -> None:
    plan = make_plan(*script, head_ms=head_ms, cue=cue_name, voice=silent_voice("en", tone=tone))
    speak_all(store, plan)
    sound = make(plan, store)
    spans = sound.time.spans
    assert [span.id for span in spans] == [utterance.id for utterance in plan.utterances]
    for span, utterance in zip(spans, plan.utterances, strict=True):
        assert 0 <= span.start <= span.speech_end <= span.end <= sound.time.samples
        pause = span.end - span.speech_end
        if span is spans[-1]:
            assert utterance.pause_after <= pause < utterance.pause_after + 3 * FRAME
        elif utterance.parts and not tone:
            assert pause >= utterance.pause_after
        else:
            assert pause == utterance.pause_after
    for one, next_one in pairwise(spans):
        assert one.end == next_one.start
    if spans:
        assert spans[-1].end == sound.time.samples
        assert spans[0].start >= max(plan.head, DELAY)
    assert sound.time.samples % FRAME == 0
    if not tone:
        assert sound.true_peak_dbtp < -1


def test_length_is_the_decoded_length(told: Told, decode: Decode) -> None:
    assert len(decode(told.sound.mp3)) == told.sound.time.samples


@pytest.mark.parametrize("gain_db", [-14.0, 20.0])
def test_voice_of_a_wrong_gain_is_mended(
    store: Store, make_plan: MakePlan, speak_all: Speak, english: Voice, gain_db: float
) -> None:
    plan = make_plan(
        "Stem cells renew the blood.", "Many people feel well after a week.", "It helps them, too.",
        voice=replace(english, gain_db=gain_db),
    )  # fmt: skip
    speak_all(store, plan)
    sound = make(plan, store)
    assert sound.loudness_lufs == pytest.approx(-16, abs=1)
    assert sound.true_peak_dbtp <= -1


def test_sound_whose_peaks_the_encoder_raises(store: Store, make_plan: MakePlan) -> None:
    # Loud hiss passes the limiter's ceiling by almost 2 dB when it is encoded.
    plan = make_plan("Hiss.", voice=replace(TONE, gain_db=6.0), sound=Sound(loudness_lufs=-10))
    hiss = np.random.default_rng(2).normal(0, 9000, RATE * 4).clip(-32_768, 32_767).astype(np.int16)
    put_clip(store, plan.utterances[0].parts[0].key, Clip(hiss, RATE))
    assert make(plan, store).true_peak_dbtp <= -1


def test_other_target(store: Store, make_plan: MakePlan, speak_all: Speak, english: Voice) -> None:
    plan = make_plan(
        "Stem cells renew the blood.", "Many people feel well after a week.",
        voice=english, sound=Sound(kbit=96, loudness_lufs=-23, peak_dbtp=-6),
    )  # fmt: skip
    speak_all(store, plan)
    sound = make(plan, store)
    assert sound.loudness_lufs == pytest.approx(-23, abs=1)
    assert sound.true_peak_dbtp <= -6
    assert len(sound.mp3) == pytest.approx(sound.time.samples / RATE * 96_000 / 8, rel=0.01)


def test_short_sounds_keep_their_level(
    store: Store, make_plan: MakePlan, speak_all: Speak, decode: Decode
) -> None:
    # Loudness of a second or two means little: a title alone is as loud as it is elsewhere.
    plan = make_plan("One two three.", voice=replace(TONE, gain_db=-12.0))
    speak_all(store, plan)
    sound = make(plan, store)
    assert sound.loudness_lufs is not None
    assert sound.loudness_lufs < -30
    # A tenth of full scale, less the gain: the encoder took nothing away.
    (span,) = sound.time.spans
    heard = decode(sound.mp3)[span.start + 100 * MS : span.speech_end - 100 * MS] / 32767
    level = 20 * np.log10(np.sqrt(2 * np.mean(heard**2)))
    assert level == pytest.approx(-20 - 12, abs=0.1)


def test_chapter_of_silence(store: Store, make_plan: MakePlan, speak_all: Speak, decode: Decode) -> None:
    plan = make_plan("Said by nobody at all, for longer than three seconds.", voice=silent_voice("en"))
    speak_all(store, plan)
    sound = make(plan, store)
    assert sound.loudness_lufs is None
    assert not decode(sound.mp3).any()


def test_chapter_of_nothing(store: Store, make_plan: MakePlan) -> None:
    sound = make(make_plan(head_ms=0), store)
    assert sound.time.spans == ()
    assert sound.time.samples == 3 * FRAME


def test_same_plan_gives_the_same_bytes(
    store: Store, make_plan: MakePlan, speak_all: Speak, told: Told, english: Voice
) -> None:
    speak_all(store, told.plan)
    assert make(told.plan, store) == told.sound


def test_missing_clips_are_named(store: Store, make_plan: MakePlan, speak_all: Speak) -> None:
    plan = make_plan("One.", "Two.", "Three.", "Two.")
    speak_all(store, plan)
    keys = [utterance.parts[0].key for utterance in plan.utterances]
    store.path(CLIPS, keys[1]).unlink()
    store.path(CLIPS, keys[2]).write_bytes(b"damaged")
    with pytest.raises(MissingClips) as raised:
        make_chapter(plan, store)
    assert set(raised.value.keys) == {keys[1], keys[2]}
    assert not store.has(CHAPTERS, plan.key)


def test_what_gave_no_sound_is_told(store: Store, make_plan: MakePlan) -> None:
    plan = make_plan("One.", (["Two ", "ꙮ and three"], 400))
    speech = Clip(noisy_clip(), RATE)
    put_clip(store, plan.utterances[0].parts[0].key, speech)
    put_clip(store, plan.utterances[1].parts[0].key, speech)
    put_clip(store, plan.utterances[1].parts[1].key, replace(speech, unvoiced=((0, 1),)))
    assert make(plan, store).unvoiced == (("silent:tone", "ꙮ"),)
    renamed = make_plan("One.", (["Two ", "ꙮ and three"], 400), name="b7")
    assert renamed.key == plan.key
    entry = store.get(CHAPTERS, plan.key)
    assert entry is not None
    assert [span.id for span in chapter_sound(renamed, entry).time.spans] == ["b7.1", "b7.2"]


def test_a_cue_before_an_utterance_lies_in_the_pause_before_it(
    make_plan: MakePlan, speak_all: Speak, decode: Decode, tmp_path: Path
) -> None:
    plain = make_plan(("one", 600), "two", cue="chapter")
    other = replace(plain.utterances[1], cue=str(cues_dir() / "gloss.wav"))
    plan = replace(plain, utterances=(plain.utterances[0], other))
    store = Store(tmp_path)
    speak_all(store, plan)
    sound = make(plan, store)
    ring = cue(cues_dir() / "gloss.wav")
    one, two = sound.time.spans
    # A pause, the cue, the pause that every cue has in this chapter.
    assert two.start - one.speech_end == 600 * MS + len(ring) + 400 * MS
    assert one.end == two.start
    heard = decode(sound.mp3)[one.speech_end + 600 * MS :][: len(ring)].astype(np.float64)
    assert np.corrcoef(heard, ring)[0, 1] > 0.95
