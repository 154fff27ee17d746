"""How people make sound with a command and a loop.

    python loops.py command|sentences|pydub|pyttsx3 FOLDER TEXT...

Run by the Python of an environment that has what it needs. Each text holds a sentence a line. `command` gives
a whole text to one `espeak-ng`; `sentences` starts one for each sentence and joins the WAVs; `pydub` does so,
too, but appends each to one AudioSegment and exports an MP3, as many do with gTTS; `pyttsx3` is the library
of that name.
"""

import shutil
import subprocess
import sys
import wave
from pathlib import Path

ESPEAK = shutil.which("espeak-ng") or "espeak-ng"


def command(text: Path, folder: Path) -> None:
    """One process for a text."""
    subprocess.run(
        [ESPEAK, "-v", "en-us", "-f", str(text), "-w", str(folder / f"{text.stem}.wav")],
        check=True,
    )


def speak(sentence: str, path: Path) -> Path:
    """One process for a sentence."""
    subprocess.run([ESPEAK, "-v", "en-us", "-w", str(path), sentence], check=True)
    return path


def sentences(text: Path, folder: Path) -> None:
    """One process for each sentence, WAVs joined by the standard library."""
    with wave.open(str(folder / f"{text.stem}.wav"), "wb") as joined:
        for number, sentence in enumerate(text.read_text(encoding="utf-8").splitlines()):
            path = speak(sentence, folder / "sentence.wav")
            with wave.open(str(path), "rb") as one:
                if not number:
                    joined.setparams(one.getparams())
                joined.writeframes(one.readframes(one.getnframes()))
            path.unlink()


def pydub(text: Path, folder: Path) -> None:
    """The same with pydub, and an MP3 by ffmpeg in the end."""
    from pydub import AudioSegment

    combined = AudioSegment.empty()
    for sentence in text.read_text(encoding="utf-8").splitlines():
        path = speak(sentence, folder / "sentence.wav")
        combined += AudioSegment.from_wav(str(path))
        path.unlink()
    combined.export(str(folder / f"{text.stem}.mp3"), format="mp3", bitrate="64k")


def pyttsx3(text: Path, folder: Path) -> None:
    """The library's own way to a file."""
    import pyttsx3 as library

    engine = library.init()
    engine.save_to_file(text.read_text(encoding="utf-8"), str(folder / f"{text.stem}.wav"))
    engine.runAndWait()


def main() -> None:
    """Make one file for each text."""
    how = {"command": command, "sentences": sentences, "pydub": pydub, "pyttsx3": pyttsx3}[sys.argv[1]]
    folder = Path(sys.argv[2])
    folder.mkdir(exist_ok=True)
    for text in sys.argv[3:]:
        how(Path(text), folder)


if __name__ == "__main__":
    main()
