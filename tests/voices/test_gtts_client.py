"""Requests to Google Translate, against a server on this machine."""

from __future__ import annotations

import gzip
import io
import logging
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import lameenc
import numpy as np
import pytest
import soundfile
import trustme
from gtts import gTTS

from reader.errors import UsageError
from reader.voices import gtts_client
from reader.voices.gtts_client import (
    LIMIT,
    LONGEST_WAIT_S,
    Cancelled,
    GoogleClient,
    GoogleError,
    ends_with_a_frame,
    plausible_seconds,
    retry_after,
)
from tests.voices import google_server as google
from tests.voices.google_server import Asked, Behaviour, GoogleServer, Reply

TEXT = "Drink enough water."


@dataclass
class Time:
    """A clock that only sleeping moves."""

    now: float = 100.0
    slept: list[float] = field(default_factory=list)

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def client(time: Time) -> Iterator[Callable[..., GoogleClient]]:
    """Makes clients whose waits cost no time."""
    made = []

    def make(url: str, **options: object) -> GoogleClient:
        settings = {"clock": time.clock, "sleep": time.sleep} | options
        made.append(GoogleClient(url, **settings))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture(autouse=True)
def direct(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy of the machine stands between."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")


Make = Callable[..., GoogleClient]


def test_a_text_is_spoken(client: Make) -> None:
    with GoogleServer() as server:
        sound = client(server.url).say(TEXT, "en", "co.uk")
    assert sound.rate == 24_000
    assert sound.samples.dtype == np.int16
    assert sound.samples.ndim == 1
    expected = len(TEXT) * google.SECONDS_PER_CHARACTER + 2 * google.PADDING_S
    assert len(sound.samples) / sound.rate == pytest.approx(expected, abs=0.1)
    assert 4000 < np.abs(sound.samples).max() < 8000
    (asked,) = server.asked
    assert (asked.text, asked.lang, asked.tld) == (TEXT, "en", "co.uk")


def test_the_request_is_the_one_that_gtts_makes(client: Make) -> None:
    with GoogleServer() as server:
        client(server.url).say(TEXT, "en", "com")
    (asked,) = server.asked
    (prepared,) = gTTS(TEXT)._prepare_requests()
    assert asked.path == "/com" + prepared.path_url
    for name, value in gTTS.GOOGLE_TTS_HEADERS.items():
        assert asked.headers[name] == value
    assert LIMIT == gTTS.GOOGLE_TTS_MAX_CHARS


def test_without_another_address_google_is_asked() -> None:
    prepared = gtts_client._request(TEXT, "en", "com.au", "")
    assert str(prepared.url).startswith("https://translate.google.com.au/_/")


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Smith, Esq.: co-\noperate, M.D.?",
        "a" * 100,
        "5 mg/kg & “50 %” <b>",
        "水を飲む。\U0001f642 \ud800",
    ],
)
def test_the_text_is_sent_as_it_is(client: Make, text: str) -> None:
    with GoogleServer() as server:
        client(server.url).say(text, "en", "com")
    assert server.texts == [text]


def test_the_text_is_in_no_log(client: Make, caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("gtts").setLevel(logging.NOTSET)
    with caplog.at_level(logging.DEBUG), GoogleServer(google.too_many("30"), google.no_mp3) as server:
        client(server.url).say(TEXT, "en", "com")
    assert "urllib3" in {record.name.partition(".")[0] for record in caplog.records}
    assert "Drink" not in caplog.text
    assert "Asking again in 30 seconds." in caplog.text


@pytest.mark.parametrize("behaviour", [google.in_chunks, google.slowly, google.aloud])
def test_other_ways_to_answer_well(client: Make, behaviour: Behaviour) -> None:
    with GoogleServer(behaviour) as server:
        assert len(client(server.url).say(TEXT, "en", "com").samples) > 24_000
    assert len(server.asked) == 1


def test_a_compressed_reply_is_read(client: Make) -> None:
    def compressed(asked: Asked) -> Reply:
        return Reply(
            gzip.compress(google.packed(google.tone(asked.text))), headers={"Content-Encoding": "gzip"}
        )

    with GoogleServer(compressed) as server:
        assert len(client(server.url).say(TEXT, "en", "com").samples) > 24_000


FAULTS = {
    "too many": (google.too_many(), 5, "refuses more requests"),
    "error 500": (google.error(500), 5, "out of order (error 500)"),
    "error 503": (google.error(503), 5, "out of order (error 503)"),
    "broken off": (google.breaking_off, 5, "127.0.0.1 cannot be reached, or broke off"),
    "broken off in chunks": (google.breaking_off_in_chunks, 5, "cannot be reached, or broke off"),
    "without sound": (google.without_sound, 3, "sent no sound"),
    "empty sound": (google.with_an_empty_sound, 3, "sent no sound"),
    "empty": (google.empty, 3, "not Google Translate’s speech"),
    "web page": (google.web_page, 3, "not Google Translate’s speech"),
    "no base64": (google.no_base64, 3, "is no MP3"),
    "no MP3": (google.no_mp3, 3, "is no MP3"),
    "silent": (google.silent, 3, "is silent"),
    "cut short": (google.cut_short, 3, "is cut short"),
    "cut between frames": (google.cut_between_frames, 3, "too short"),
    "half a reply": (
        lambda asked: Reply(google.packed(google.tone(asked.text))[:900]),
        3,
        "is cut short",
    ),
    "much too long": (lambda asked: google.sound(google.tone(asked.text * 40)), 3, "too long"),
    "another format": (lambda asked: google.sound(_wav()), 3, "is no MP3"),
    "sent to the page for robots": (
        google.error(302, Location="https://www.google.com/sorry/index"),
        5,
        "429",
    ),
}


def _wav() -> bytes:
    file = io.BytesIO()
    soundfile.write(file, np.full(48_000, 0.5), 24_000, format="WAV")
    return file.getvalue()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_passing_fault_is_overcome(client: Make, time: Time, fault: str) -> None:
    behaviour, _attempts, _reason = FAULTS[fault]
    with GoogleServer(behaviour) as server:
        sound = client(server.url).say(TEXT, "en", "com")
    assert len(sound.samples) > 24_000
    assert server.texts == [TEXT] * 2
    assert 1.0 <= time.now - 100 < 2.01


@pytest.mark.parametrize("fault", FAULTS)
def test_a_lasting_fault_is_an_error_and_never_silence(client: Make, fault: str) -> None:
    behaviour, attempts, reason = FAULTS[fault]
    with GoogleServer(then=behaviour) as server, pytest.raises(GoogleError) as caught:
        client(server.url).say(TEXT, "en", "com")
    assert reason in caught.value.reason
    assert TEXT not in caught.value.reason
    assert len(server.asked) == attempts


@pytest.mark.parametrize("status", [400, 403, 404, 413])
def test_other_refusals_are_not_asked_again(client: Make, time: Time, status: int) -> None:
    with (
        GoogleServer(google.error(status)) as server,
        pytest.raises(GoogleError, match=f"refused the request .error {status}"),
    ):
        client(server.url).say(TEXT, "en", "com")
    assert len(server.asked) == 1
    assert time.slept == []


def test_waits_grow(client: Make) -> None:
    time, starts = Time(), []

    def failing(asked: Asked) -> Reply:
        starts.append(time.now)
        return google.error(500)(asked)

    with GoogleServer(then=failing) as server, pytest.raises(GoogleError):
        client(server.url, clock=time.clock, sleep=time.sleep).say(TEXT, "en", "com")
    waits = np.diff(starts)
    for wait, shortest in zip(waits, [1, 2, 4, 8], strict=True):
        assert shortest <= wait <= shortest + 1.01


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("7", 7.0), ("100000", LONGEST_WAIT_S), ("Fri, 31 Dec 2199 23:59:59 GMT", LONGEST_WAIT_S)],
)
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_honoured(client: Make, time: Time, status: int, header: str, seconds: float) -> None:
    with GoogleServer(google.error(status, Retry_After=header)) as server:
        client(server.url).say(TEXT, "en", "com")
    assert len(server.asked) == 2
    assert time.now - 100 == pytest.approx(seconds, abs=0.01)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("", 0.0),
        ("3", 3.0),
        (" 12 ", 12.0),
        ("-3", 0.0),
        ("1.5", 0.0),
        ("٣", 0.0),
        ("soon", 0.0),
        ("Wed, 21 Oct 2026 07:28:30 GMT", 30.0),
        ("Wed, 21 Oct 2026 07:28:30 -0000", 30.0),
        ("Wed, 21 Oct 2026 07:27:00 GMT", 0.0),
    ],
)
def test_what_retry_after_says(header: str, seconds: float) -> None:
    assert retry_after(header, datetime(2026, 10, 21, 7, 28, tzinfo=UTC)) == seconds


def test_requests_are_spaced(client: Make) -> None:
    time, starts = Time(), []

    def noting(asked: Asked) -> Reply:
        starts.append(time.now)
        time.now += 0.2  # what the answer takes
        return google.well(asked)

    with GoogleServer(then=noting) as server:
        asking = client(server.url, clock=time.clock, sleep=time.sleep, interval=0.5)
        for _number in range(4):
            asking.say(TEXT, "en", "com")
    assert starts[0] == 100.0
    assert np.diff(starts) == pytest.approx([0.5] * 3, abs=0.01)


def test_a_server_that_answers_too_slowly(client: Make, time: Time) -> None:
    def in_a_minute(asked: Asked) -> Reply:
        return Reply(b"too late", drip_s=60)

    with GoogleServer(then=in_a_minute) as server, pytest.raises(GoogleError, match="not answer in time"):
        client(server.url, timeouts=(1.0, 0.05)).say(TEXT, "en", "com")
    assert 15 <= time.now - 100 <= 19.1


def test_a_server_that_drips_does_not_hold_us(client: Make, time: Time) -> None:
    def hurried() -> float:
        time.now += 8
        return time.now

    with GoogleServer(google.slowly) as server:
        client(server.url, clock=hurried).say(TEXT, "en", "com")
    assert len(server.asked) == 2


def test_no_server_at_all(client: Make, time: Time) -> None:
    server = GoogleServer()
    server.stop()
    asking = client(server.url)
    with pytest.raises(GoogleError, match=r"127\.0\.0\.1 cannot be reached") as caught:
        asking.say(TEXT, "en", "com")
    assert 15 <= time.now - 100 <= 19.1
    # The next ones fail at once, for the same reason.
    time.slept.clear()
    with pytest.raises(GoogleError) as again:
        asking.say("Something else.", "es", "es")
    assert again.value.reason == caught.value.reason
    assert time.slept == []


@pytest.mark.parametrize(
    ("fault", "texts"),
    [("too many", 1), ("error 500", 3), ("web page", 1), ("broken off", 1), ("without sound", None)],
)
def test_when_the_next_texts_are_not_even_tried(client: Make, fault: str, texts: int | None) -> None:
    behaviour, attempts, _reason = FAULTS[fault]
    with GoogleServer(then=behaviour) as server:
        asking = client(server.url, interval=0.0)
        for _number in range(5):
            with pytest.raises(GoogleError):
                asking.say(TEXT, "en", "com")
    assert len(server.asked) == attempts * (texts or 5)


def test_an_answer_in_between_starts_the_count_anew(client: Make) -> None:
    refusal, well = google.error(404), google.well
    with GoogleServer(refusal, refusal, well, refusal, refusal, well) as server:
        asking = client(server.url)
        for good in (False, False, True) * 2:
            if good:
                asking.say(TEXT, "en", "com")
            else:
                with pytest.raises(GoogleError):
                    asking.say(TEXT, "en", "com")
    assert len(server.asked) == 6


def test_texts_that_cannot_be_spoken_do_not_count(client: Make) -> None:
    mute = [google.without_sound] * 3
    with GoogleServer(*mute, *mute, google.error(404)) as server:
        asking = client(server.url)
        for _number in range(3):
            with pytest.raises(GoogleError):
                asking.say(TEXT, "en", "com")
        asking.say(TEXT, "en", "com")
    assert len(server.asked) == 8


@pytest.mark.parametrize("behaviour", [google.too_many("100"), google.slowly])
def test_a_wait_ends_when_it_is_cancelled(client: Make, time: Time, behaviour: Behaviour) -> None:
    with GoogleServer(then=behaviour) as server:
        asking = client(server.url)
        with pytest.raises(Cancelled):
            asking.say(TEXT, "en", "com", lambda: bool(server.asked) and time.now >= 100)
    assert sum(time.slept) <= 0.1
    assert len(server.asked) == 1


def test_a_throttle_ends_when_it_is_cancelled(client: Make, time: Time) -> None:
    with GoogleServer() as server:
        asking = client(server.url, interval=60)
        asking.say(TEXT, "en", "com")
        with pytest.raises(Cancelled):
            asking.say(TEXT, "en", "com", lambda: time.now > 101)
    assert time.now < 101.2
    assert len(server.asked) == 1


def test_certificates_are_verified(client: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with GoogleServer(certificate=context) as server:
        with pytest.raises(GoogleError, match=r"certificate of 127\.0\.0\.1 is not to be trusted"):
            client(server.url).say(TEXT, "en", "com")
        assert server.asked == []
        # The same server, once the user trusts who issued its certificate.
        bundle = tmp_path / "authority.pem"
        authority.cert_pem.write_to_path(bundle)
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
        client(server.url).say(TEXT, "en", "com")
    assert server.texts == [TEXT]


def test_a_certificate_for_another_name_is_refused(
    client: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("translate.example.org").configure_cert(context)
    bundle = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(bundle)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
    with GoogleServer(certificate=context) as server, pytest.raises(GoogleError, match="not to be trusted"):
        client(server.url).say(TEXT, "en", "com")
    assert server.asked == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_the_text_follows_no_redirection(client: Make, status: int) -> None:
    with GoogleServer() as other, GoogleServer(google.error(status, Location=other.url)) as server:
        with pytest.raises(GoogleError, match=f"error {status}"):
            client(server.url).say(TEXT, "en", "com")
        assert len(server.asked) == 1
    assert other.asked == []


def test_the_environment_names_the_server_and_the_pace(monkeypatch: pytest.MonkeyPatch, time: Time) -> None:
    with GoogleServer() as server:
        monkeypatch.setenv("READER_GTTS_URL", server.url)
        monkeypatch.setenv("READER_GTTS_INTERVAL", "3")
        asking = GoogleClient(clock=time.clock, sleep=time.sleep)
        for _number in range(2):
            asking.say(TEXT, "en", "com")
        asking.close()
    assert len(server.asked) == 2
    assert time.now == pytest.approx(103, abs=0.01)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("READER_GTTS_URL", "translate.example.org"),
        ("READER_GTTS_URL", "file:///etc"),
        ("READER_GTTS_URL", "https://"),
        ("READER_GTTS_INTERVAL", "fast"),
        ("READER_GTTS_INTERVAL", "-1"),
        ("READER_GTTS_INTERVAL", "nan"),
    ],
)
def test_an_environment_that_makes_no_sense(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UsageError) as caught:
        GoogleClient()
    assert name in str(caught.value)
    assert value in str(caught.value)


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 24_000, 44_100, 48_000])
@pytest.mark.parametrize("kbit", [32, 64])
def test_where_an_mp3_ends(rate: int, kbit: int) -> None:
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_bit_rate(kbit)
    encoder.set_in_sample_rate(rate)
    encoder.set_channels(1)
    noise = np.random.default_rng(1).integers(-3000, 3000, rate // 2).astype("<i2")
    mp3 = bytes(encoder.encode(noise.tobytes()) + encoder.flush())
    assert ends_with_a_frame(mp3)
    assert ends_with_a_frame(mp3 + b"TAG" + bytes(125))
    assert ends_with_a_frame(b"ID3\x04\0\0\0\0\x01\x00" + bytes(128) + mp3)
    # Every frame is found: as many prefixes are whole as an independent decoder finds frames.
    whole = [length for length in range(1, len(mp3) + 1) if ends_with_a_frame(mp3[:length])]
    decoded = soundfile.read(io.BytesIO(mp3 + mp3))[0]
    samples = 1152 if mp3[1] & 8 else 576
    assert whole[-1] == len(mp3)
    assert len(whole) == len(decoded) / 2 / samples
    assert not ends_with_a_frame(b"no MP3 at all")


def test_how_long_a_text_may_take() -> None:
    for text in (
        "OK.",
        "Drink enough water every day, and rest.",
        "每天喝足够的水。",
        "1,000,000",
        "नमस्ते दुनिया",
    ):
        shortest, longest = plausible_seconds(text)
        assert shortest < len(google.tone(text)) / 8000 < longest
    assert plausible_seconds("水")[0] > plausible_seconds("w")[0] > plausible_seconds("!")[0]
