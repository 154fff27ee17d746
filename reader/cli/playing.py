"""A sound through the machine's loudspeaker, by whatever player the system has."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from reader.errors import UsageError
from reader.messages import _

_PLAYERS = (
    ("afplay",),
    ("pw-play",),
    ("paplay",),
    ("aplay", "-q"),
    ("play", "-q"),
    ("ffplay", "-v", "error", "-nodisp", "-autoexit"),
)
"""Commands of macOS, PipeWire, PulseAudio, ALSA, SoX and ffmpeg that play a WAV file."""


def play(mp3: bytes) -> None:
    """Play MP3 frames and wait for their end.

    Raises:
        UsageError: no player was found, or it failed.
    """
    from reader import saying

    if sys.platform == "win32":
        import winsound

        sound = io.BytesIO()
        saying.wav(mp3, sound)
        winsound.PlaySound(sound.getvalue(), winsound.SND_MEMORY)
        return
    advice = _("Write it to a file instead: -o line.wav.")
    player = next((each for each in _PLAYERS if shutil.which(each[0])), None)
    if player is None:
        raise UsageError(_("No player for sound was found on this machine."), advice=advice)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "line.wav")
        saying.wav(mp3, file)
        done = subprocess.run([*player, str(file)], check=False, capture_output=True, text=True)
    if done.returncode:
        reason = done.stderr.strip().splitlines()[-1:] or [str(done.returncode)]
        raise UsageError(
            _("{player} could not play the sound: {reason}.").format(player=player[0], reason=reason[0]),
            advice=advice,
        )
