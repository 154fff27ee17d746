"""Write the facts of Kokoro's voices into reader/voices/kokoro_voices.toml, from the npm package.

python scripts/make_kokoro_manifest.py FOLDER

FOLDER holds the style arrays, NAME.bin each: `voices/` of the unpacked npm package kokoro-js 1.2.1
(`npm pack kokoro-js@1.2.1`). What was measured of a voice (its gain, its speed) is kept as it stands.
The archive on GitHub holds the same arrays: laid down as NumPy does (`numpy.savez`), they give its bytes,
so its size and SHA-256 are computed here; the latter is the one that others publish of it.
"""

from __future__ import annotations

import hashlib
import io
import sys
import tomllib
from pathlib import Path

import numpy as np

MANIFEST = Path(__file__).resolve().parent.parent / "reader" / "voices" / "kokoro_voices.toml"

RELEASE = "https://github.com/thewh1teagle/kokoro-onnx/releases/download/model-files-v1.0"
NPM, NPM_SIZE = "kokoro-js@1.2.1", 26_887_218

SIZE = 510 * 256 * 4

LANGUAGES = {
    "a": "en-US",
    "b": "en-GB",
    "e": "es",
    "f": "fr",
    "h": "hi",
    "i": "it",
    "j": "ja",
    "p": "pt-BR",
    "z": "zh",
}
"""First letter of a voice's name -> BCP 47 tag."""

BEST_FIRST = [
    "af_heart", "af_bella", "af_nicole", "af_aoede", "af_kore", "af_sarah",
    "am_fenrir", "am_michael", "am_puck", "af_alloy", "af_nova", "af_sky",
    "af_jessica", "af_river", "am_echo", "am_eric", "am_liam", "am_onyx",
    "am_santa", "am_adam",
    "bf_emma", "bf_isabella", "bm_george", "bm_fable", "bm_lewis", "bf_alice",
    "bf_lily", "bm_daniel",
    "ef_dora", "em_alex", "em_santa",
    "ff_siwis",
    "hf_alpha", "hf_beta", "hm_omega", "hm_psi",
    "if_sara", "im_nicola",
    "jf_alpha", "jf_gongitsune", "jf_tebukuro", "jf_nezumi", "jm_kumo",
    "pf_dora", "pm_alex", "pm_santa",
    "zf_xiaoxiao", "zf_xiaobei", "zf_xiaoni", "zf_xiaoyi", "zm_yunjian", "zm_yunxi",
    "zm_yunxia", "zm_yunyang",
]  # fmt: skip
"""By the grades that Kokoro's authors gave them; equal ones as these list them, women's first, but for the
first of each language, which is the usual choice."""

MEASURED = ("gain_db", "characters_per_second")

HEAD = """\
# Made by scripts/make_kokoro_manifest.py, which says how; do not edit.
# Within a language the best is first. `sha256` is that of the raw array: 510 x 256 float32, little-endian.

licence = "Apache-2.0"
size = {size}

[[sources]]
where = "{release}/voices-v1.0.bin"
size = {archive_size}
sha256 = "{archive_sha256}"

[[sources]]
where = "npm:{npm}"
size = {npm_size}
"""


def archive(arrays: dict[str, bytes]) -> bytes:
    """The archive of the release, from the arrays sorted by name."""
    packed = io.BytesIO()
    shaped = {name: np.frombuffer(data, "<f4").reshape(510, 1, 256) for name, data in sorted(arrays.items())}
    np.savez(packed, allow_pickle=False, **shaped)
    return packed.getvalue()


def manifest(arrays: dict[str, bytes], measured: dict[str, dict[str, float]]) -> str:
    """The manifest's text."""
    whole = archive(arrays)
    text = HEAD.format(
        size=SIZE, release=RELEASE, archive_size=len(whole), archive_sha256=hashlib.sha256(whole).hexdigest(),
        npm=NPM, npm_size=NPM_SIZE,
    )  # fmt: skip
    for name in BEST_FIRST:
        text += f'\n[voices.{name}]\nlanguage = "{LANGUAGES[name[0]]}"\ngender = "{name[1]}"\n'
        text += f'sha256 = "{hashlib.sha256(arrays[name]).hexdigest()}"\n'
        for fact in MEASURED:
            if fact in measured.get(name, {}):
                text += f"{fact} = {measured[name][fact]:.2f}\n"
    return text


def main() -> None:
    """Read the arrays, write the manifest."""
    arrays = {path.stem: path.read_bytes() for path in Path(sys.argv[1]).glob("*.bin")}
    odd = sorted(name for name, data in arrays.items() if len(data) != SIZE)
    if odd or set(arrays) != set(BEST_FIRST):
        sys.exit(f"not the arrays that are known: {odd or sorted(set(arrays) ^ set(BEST_FIRST))}")
    known = tomllib.loads(MANIFEST.read_text(encoding="utf-8")) if MANIFEST.exists() else {}
    MANIFEST.write_text(manifest(arrays, known.get("voices", {})), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
