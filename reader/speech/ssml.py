"""A script as SSML 1.1 (https://www.w3.org/TR/speech-synthesis11/), for other synthesizers.

``speak`` of ``p`` (a block) of ``s`` (an utterance), ``break`` for the pauses, ``lang`` around words of
another language, ``sub`` where other words are said than stand there, ``phoneme`` for IPA, ``emphasis``.
"""

from __future__ import annotations

import re
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from reader.speech.script import Part, Script, Utterance

_NAMESPACE = "http://www.w3.org/2001/10/synthesis"
_EMPHASIS = {"em": "moderate", "strong": "strong"}


def ssml(script: Script) -> str:
    """The script as one SSML document; a ``mark`` named by the chapter's id opens each chapter."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<speak version="1.1" xmlns="{_NAMESPACE}" xml:lang={quoteattr(script.language)}>',
    ]
    for chapter in script.chapters:
        lines.append(f"<mark name={quoteattr(chapter.id)}/>")
        if chapter.head_ms:
            lines.append(f'<break time="{chapter.head_ms}ms"/>')
        for _block, utterances in groupby(chapter.utterances, lambda each: each.id.rpartition(".")[0]):
            lines.append("<p>")
            for utterance in utterances:
                lines.append(f"<s>{_words(utterance, script.language)}</s>")
                if utterance.pause_after_ms:
                    lines.append(f'<break time="{utterance.pause_after_ms}ms"/>')
            lines.append("</p>")
    lines.append("</speak>")
    return "\n".join(lines) + "\n"


def _words(utterance: Utterance, language: str) -> str:
    return "".join(_part(part, language) for part in utterance.parts)


def _part(part: Part, language: str) -> str:
    if part.phonemes:
        written = f'<phoneme alphabet="ipa" ph={quoteattr(part.phonemes)}>{_text(part.spoken)}</phoneme>'
    elif part.spoken.strip() == part.text.strip():
        written = _text(part.text)
    else:
        written = f"<sub alias={quoteattr(_clean(part.spoken.strip()))}>{_text(part.text)}</sub>"
    if part.emphasis in _EMPHASIS:
        written = f'<emphasis level="{_EMPHASIS[part.emphasis]}">{written}</emphasis>'
    if part.language != language:
        written = f"<lang xml:lang={quoteattr(part.language)}>{written}</lang>"
    if part.pause_after_ms:
        written += f'<break time="{part.pause_after_ms}ms"/>'
    return written


def _text(text: str) -> str:
    return escape(_clean(text))


_NO_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold (section 2.2)."""


def _clean(text: str) -> str:
    return _NO_XML.sub("", text)
