"""Asks Google Translate to speak: one text of at most 100 characters, one sound.

gTTS knows what is asked and how (`gtts.gTTS` prepares the request). It is sent from here, because gTTS
leaves certificates unverified, waits without end and never asks twice. What comes back is a whole, audible
MP3, or it is an error: nothing is left silent.

`READER_GTTS_URL` names another server, ``{tld}`` in it standing for the voice's domain; then no Google is
asked. `READER_GTTS_INTERVAL` is the least time between two requests in seconds; waits after failures grow
from twice that.
"""

from __future__ import annotations

import base64
import binascii
import io
import json
import logging
import os
import re
import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import numpy as np

from reader.errors import UsageError
from reader.messages import _, ngettext
from reader.voices.engine import Samples

if TYPE_CHECKING:
    import requests
    from tenacity import RetryCallState

LIMIT = 100
"""Most characters of one request (gTTS's GOOGLE_TTS_MAX_CHARS)."""

INTERVAL_S = 0.5
"""Least time between the beginnings of two requests: Google soon refuses who asks faster."""

CONNECT_S, READ_S, WHOLE_S = 5.0, 20.0, 60.0
"""Time-outs: until connected, between two pieces of a reply, for a whole reply."""

LONGEST_BACKOFF_S, LONGEST_WAIT_S = 30.0, 120.0
"""Longest wait of our own, and the longest that a server's Retry-After is granted."""

_LARGEST_REPLY = 8_000_000
_TICK_S = 0.1
"""How often `cancelled` is asked during a wait."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sound:
    """What was spoken: mono, 16-bit."""

    samples: Samples
    rate: int
    """Samples per second."""


class Cancelled(Exception):
    """The caller no longer wants the sound."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """What an error means for the same request, and for the next ones."""

    attempts: int
    """How often one request is tried."""
    gives_up_after: int | None
    """After so many texts that failed one after the other, the next ones are not tried at all; None: what
    is wrong with one text says nothing of others."""


_NO_SERVER, _TOO_MANY, _SERVER_ERROR = _Kind(5, 1), _Kind(5, 1), _Kind(5, 3)
_NO_TRUST, _REFUSED, _NOT_GOOGLE, _BAD_SOUND = _Kind(1, 1), _Kind(1, 3), _Kind(3, 1), _Kind(3, None)


class GoogleError(Exception):
    """A request that failed, for good when `GoogleClient.say` raises it; `reason` is for the user."""

    def __init__(self, reason: str, kind: _Kind, *, retry_after: float = 0.0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.kind = kind
        self.retry_after = retry_after
        """Seconds that the server asks for."""


class GoogleClient:
    """Sends requests one at a time, no faster than Google bears, each until it is answered or hopeless.

    Args:
        base_url: the server, ``{tld}`` in it replaced by the domain; None: `READER_GTTS_URL`, else Google.
        interval: seconds between two requests; None: `READER_GTTS_INTERVAL`, else `INTERVAL_S`.
        timeouts: seconds until connected, and between two pieces of a reply.
        clock: monotonic seconds.
        sleep: waits so many seconds.

    Raises:
        UsageError: the URL or the interval is none.
    """

    def __init__(
        self,
        base_url: str | None = None,
        *,
        interval: float | None = None,
        timeouts: tuple[float, float] = (CONNECT_S, READ_S),
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._base_url = _checked_url(base_url or os.environ.get("READER_GTTS_URL", ""))
        self._interval = _interval() if interval is None else interval
        self._timeouts = timeouts
        self._clock = clock
        self._sleep = sleep
        self._session: requests.Session | None = None
        self._next_request = -float("inf")
        self._failures = 0
        self._hopeless: GoogleError | None = None

    def say(self, text: str, lang: str, tld: str, cancelled: Callable[[], bool] = lambda: False) -> Sound:
        """The sound of one text.

        Args:
            text: at most `LIMIT` characters, a letter or digit among them.
            lang: Google's code of the language.
            tld: the domain of Google that is asked (``co.uk``): it decides the accent.
            cancelled: asked during waits.

        Raises:
            GoogleError: it failed; at once, once the server has proved to be out of reach.
            Cancelled: `cancelled` answered True.
        """
        from tenacity import Retrying, retry_if_exception_type, wait_exponential_jitter

        if self._hopeless is not None:
            raise GoogleError(self._hopeless.reason, self._hopeless.kind)
        first = 2 * self._interval
        backoff = wait_exponential_jitter(multiplier=first, max=LONGEST_BACKOFF_S, jitter=first)
        retrying = Retrying(
            retry=retry_if_exception_type(GoogleError),
            stop=lambda state: state.attempt_number >= _error(state).kind.attempts,
            wait=lambda state: max(backoff(state), min(_error(state).retry_after, LONGEST_WAIT_S)),
            sleep=partial(self._wait, cancelled=cancelled),
            before_sleep=_announce,
            reraise=True,
        )
        try:
            sound = retrying(self._ask, text, lang, tld, cancelled)
        except GoogleError as error:
            if error.kind.gives_up_after is not None:
                self._failures += 1
                if self._failures >= error.kind.gives_up_after:
                    self._hopeless = error
            raise
        self._failures = 0
        return sound

    def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            self._session.close()
            self._session = None

    def _ask(self, text: str, lang: str, tld: str, cancelled: Callable[[], bool]) -> Sound:
        """One attempt."""
        self._wait(self._next_request - self._clock(), cancelled)
        self._next_request = self._clock() + self._interval
        return decoded(_audio(self._reply(text, lang, tld, cancelled)), text)

    def _reply(self, text: str, lang: str, tld: str, cancelled: Callable[[], bool]) -> str:
        """The body of the answer to one request.

        Redirections are not followed: the text goes to the server that the user knows of, or nowhere.
        """
        import requests
        from urllib3.exceptions import HTTPError

        prepared = _request(text, lang, tld, self._base_url)
        host = urlsplit(str(prepared.url)).hostname or ""
        if self._session is None:
            self._session = requests.Session()
        # As requests itself does: proxies and certificate bundles of the environment.
        settings = self._session.merge_environment_settings(str(prepared.url), {}, True, None, None)
        try:
            with self._session.send(
                prepared, timeout=self._timeouts, allow_redirects=False, **settings
            ) as response:
                _check_status(response)
                return b"".join(self._pieces(response, cancelled)).decode("utf-8", "replace")
        except (requests.RequestException, HTTPError, OSError) as error:
            raise _no_reply(error, host) from error

    def _pieces(self, response: requests.Response, cancelled: Callable[[], bool]) -> Iterator[bytes]:
        """The body, piece by piece as it comes: a server that drips does not hold us for ever."""
        deadline = self._clock() + WHOLE_S
        size = 0
        while piece := response.raw.read1(65_536, decode_content=True):
            size += len(piece)
            if cancelled():
                raise Cancelled
            if size > _LARGEST_REPLY:
                raise _not_google()
            if self._clock() > deadline:
                raise TimeoutError
            yield piece

    def _wait(self, seconds: float, cancelled: Callable[[], bool]) -> None:
        """Wait, in short turns.

        Raises:
            Cancelled: `cancelled` answered True.
        """
        end = self._clock() + seconds
        while True:
            if cancelled():
                raise Cancelled
            left = end - self._clock()
            if left <= 0:
                return
            self._sleep(min(left, _TICK_S))


def _checked_url(url: str) -> str:
    parts = urlsplit(url.replace("{tld}", "com"))
    if url and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise UsageError(
            _("“{url}” is no address of a server.").format(url=url),
            where="READER_GTTS_URL",
            advice=_("Give one that begins with https://."),
        )
    return url.rstrip("/")


def _interval() -> float:
    value = os.environ.get("READER_GTTS_INTERVAL")
    try:
        seconds = float(value) if value else INTERVAL_S
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds < float("inf"):
        raise UsageError(
            _("“{value}” is no number of seconds.").format(value=value), where="READER_GTTS_INTERVAL"
        )
    return seconds


def _request(text: str, lang: str, tld: str, base_url: str) -> requests.PreparedRequest:
    """The request as gTTS makes it, of the text as it is: neither rewritten nor cut."""
    from gtts import gTTS

    # At its most talkative it would write the text into a log.
    logging.getLogger("gtts").setLevel(logging.WARNING)
    asked = gTTS(
        text,
        tld=tld,
        lang=lang,
        lang_check=False,
        pre_processor_funcs=[],
        tokenizer_func=lambda whole: [whole],
    )
    prepared: requests.PreparedRequest
    (prepared,) = asked._prepare_requests()
    if base_url:
        prepared.url = base_url.replace("{tld}", tld) + urlsplit(str(prepared.url)).path
    return prepared


def _check_status(response: requests.Response) -> None:
    """Raises a GoogleError for whatever is not a plain answer."""
    status = response.status_code
    wait = retry_after(response.headers.get("Retry-After", ""), datetime.now(UTC))
    if status == 429 or (response.is_redirect and "/sorry/" in response.headers["Location"]):
        raise GoogleError(
            _("Google Translate refuses more requests for now (error 429)."), _TOO_MANY, retry_after=wait
        )
    if response.is_redirect or status == 403:
        raise GoogleError(_no_access(status), _NO_TRUST)
    if status >= 500:
        raise GoogleError(
            _("Google Translate is out of order (error {status}).").format(status=status),
            _SERVER_ERROR,
            retry_after=wait,
        )
    if status != 200:
        raise GoogleError(_no_access(status), _REFUSED)


def _no_access(status: int) -> str:
    return _("Google Translate refused the request (error {status}).").format(status=status)


def _no_reply(error: BaseException, host: str) -> GoogleError:
    """What a request without an answer tells the user."""
    from requests import Timeout
    from urllib3.exceptions import TimeoutError as Urllib3TimeoutError

    if any(isinstance(each, ssl.SSLCertVerificationError) for each in _causes(error)):
        reason = _("The certificate of {host} is not to be trusted; no text was sent there.")
        return GoogleError(reason.format(host=host), _NO_TRUST)
    if isinstance(error, (Timeout, Urllib3TimeoutError, TimeoutError)):
        return GoogleError(_("{host} did not answer in time.").format(host=host), _NO_SERVER)
    return GoogleError(_("{host} cannot be reached, or broke off.").format(host=host), _NO_SERVER)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error and all that it was made from, also where libraries wrap errors as arguments."""
    seen: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting:
        each = waiting.pop()
        if isinstance(each, BaseException) and each not in seen:
            seen.append(each)
            waiting += [*each.args, each.__cause__, each.__context__, getattr(each, "reason", None)]
    yield from seen


def retry_after(header: str, now: datetime) -> float:
    """Seconds that a Retry-After header asks for (RFC 9110, section 10.2.3); 0.0 if it says nothing."""
    if re.fullmatch(r"\s*\d+\s*", header, re.ASCII):
        return float(header)
    try:
        date = parsedate_to_datetime(header)
    except ValueError:
        return 0.0
    return max(0.0, (date.replace(tzinfo=date.tzinfo or UTC) - now).total_seconds())


def _error(state: RetryCallState) -> GoogleError:
    """Why an attempt failed."""
    error = state.outcome.exception() if state.outcome else None
    if not isinstance(error, GoogleError):
        raise TypeError(repr(error))
    return error


def _announce(state: RetryCallState) -> None:
    """Say why nothing happens, where a wait is long."""
    seconds = round(state.next_action.sleep) if state.next_action else 0
    if seconds >= 10:
        message = ngettext(
            "{reason} Asking again in {n} second.", "{reason} Asking again in {n} seconds.", seconds
        )
        _log.warning(message.format(reason=_error(state).reason, n=seconds))


def _audio(body: str) -> bytes:
    """The MP3 in a reply: a JSON text in a JSON array, after the name of the procedure."""
    from gtts import gTTS

    named = re.search(rf'"{re.escape(gTTS.GOOGLE_TTS_RPC)}"\s*,\s*', body)
    if named is None:
        raise _not_google()
    try:
        packed, _end = json.JSONDecoder().raw_decode(body, named.end())
        found = json.loads(packed) if packed else None
    except (ValueError, TypeError) as error:
        raise _cut_short() from error
    if not isinstance(found, list) or not found or not isinstance(found[0], str) or not found[0]:
        raise GoogleError(_("Google Translate sent no sound."), _BAD_SOUND)
    try:
        return base64.b64decode(found[0], validate=True)
    except (binascii.Error, ValueError) as error:
        raise _no_mp3() from error


def decoded(mp3: bytes, text: str) -> Sound:
    """The sound of an MP3.

    Raises:
        GoogleError: it is no MP3, is cut short, silent, or too short or long to be the text.
    """
    import soundfile

    class Stream(soundfile.SoundFile):  # type: ignore[misc]
        # Else soundfile trusts its guess of the length, and seeks between reads.
        def seekable(self) -> bool:
            return False

    blocks = []
    try:
        with Stream(io.BytesIO(mp3)) as sound:
            if sound.format != "MP3":
                raise _no_mp3()
            rate = int(sound.samplerate)
            while len(block := sound.read(rate, dtype="float32", always_2d=True)):
                blocks.append(block.mean(axis=1))
    except soundfile.SoundFileError as error:
        raise _no_mp3() from error
    samples: Samples = np.clip(np.rint(np.concatenate([np.zeros(0), *blocks]) * 32767), -32768, 32767).astype(
        np.int16
    )
    shortest, longest = plausible_seconds(text)
    seconds = len(samples) / rate
    if not ends_with_a_frame(mp3):
        raise _cut_short()
    if not shortest <= seconds <= longest:
        message = _("The sound that Google Translate sent is too short or too long for the text.")
        raise GoogleError(message, _BAD_SOUND)
    if np.abs(samples, dtype=np.int32).max(initial=0) < _AUDIBLE:
        raise GoogleError(_("The sound that Google Translate sent is silent."), _BAD_SOUND)
    return Sound(samples, rate)


_AUDIBLE = 33
"""-60 dB against full scale."""


def plausible_seconds(text: str) -> tuple[float, float]:
    """(shortest, longest) time that any voice takes for a text; pauses before and after may be cut.

    Twice the speed of fast speech; characters that are syllables take twice as long as letters.
    """
    said = [character for character in text if character.isalnum()]
    shortest = sum(0.06 if "\u2e80" <= character <= "\ud7ff" else 0.03 for character in said)
    return shortest, 5.0 + 2.0 * len(text)


_KBITS = (
    (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
)
"""Bit rates of layer III, by their number from 1: MPEG-2 and 2.5, MPEG-1 (ISO 11172-3, 2.4.2.3)."""

_RATES = {0: (11_025, 12_000, 8_000), 2: (22_050, 24_000, 16_000), 3: (44_100, 48_000, 32_000)}
"""Sample rates by version: MPEG-2.5, MPEG-2, MPEG-1."""


def ends_with_a_frame(mp3: bytes) -> bool:
    """Whether the last frame of an MP3 is whole, tags before and after left aside."""
    at = 0
    if mp3.startswith(b"ID3") and len(mp3) > 10:  # ID3v2.4, section 3.1: seven bits a byte
        at = 10 + (mp3[6] << 21 | mp3[7] << 14 | mp3[8] << 7 | mp3[9])
    while at < len(mp3):
        length = _frame_length(mp3[at : at + 4])
        if length is None:
            return at > 0 and mp3[at] != 0xFF
        at += length
    return at == len(mp3)


def _frame_length(header: bytes) -> int | None:
    """Bytes of the frame that a header begins; None if it is none of layer III."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE6 != 0xE2:
        return None
    version, kbit, rate = header[1] >> 3 & 3, header[2] >> 4, header[2] >> 2 & 3
    if version == 1 or kbit in (0, 15) or rate == 3:
        return None
    first = version == 3
    bytes_per_kbit = 144_000 if first else 72_000
    return bytes_per_kbit * _KBITS[first][kbit - 1] // _RATES[version][rate] + (header[2] >> 1 & 1)


def _not_google() -> GoogleError:
    return GoogleError(_("What answered is not Google Translate’s speech."), _NOT_GOOGLE)


def _no_mp3() -> GoogleError:
    return GoogleError(_("What Google Translate sent is no MP3."), _BAD_SOUND)


def _cut_short() -> GoogleError:
    return GoogleError(_("The sound that Google Translate sent is cut short."), _BAD_SOUND)
