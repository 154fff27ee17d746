"""What no voice could say, and how the user is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reader import languages
from reader.errors import ReaderError, VoiceError
from reader.messages import _, ngettext, quoted, ui_language
from reader.studio.plan import PlannedPart

_SHOWN, _MOST_NAMED = 80, 20
"""Characters of a sentence, and sentences, that an error names."""


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A part that no voice could say."""

    text: str
    error: ReaderError
    """Why, with the text."""
    reason: str
    """Why, as one sentence."""


def why(unsaid: Sequence[Unsaid]) -> ReaderError:
    """One error for all that could not be said: the error itself, where there is but one."""
    unsaid = list({each.text: each for each in unsaid}.values())
    errors = {str(each.error): each.error for each in unsaid}
    if len(errors) == 1:
        return unsaid[0].error
    reasons = " ".join(dict.fromkeys(each.reason for each in unsaid))
    named = [quoted(each.text[:_SHOWN]) for each in unsaid[:_MOST_NAMED]]
    if len(unsaid) > _MOST_NAMED:
        named.append("…")
    return VoiceError(
        ngettext(
            "{count} sentence could not be spoken: {sentences}. {reason}",
            "{count} sentences could not be spoken: {sentences}. {reason}",
            len(unsaid),
        ).format(count=len(unsaid), sentences=languages.listing(named, ui_language()), reason=reasons),
        where=unsaid[0].error.where,
        advice=unsaid[0].error.advice,
    )


def not_said(part: PlannedPart, reason: str) -> VoiceError:
    """Why a voice could not say a part."""
    return VoiceError(
        _("the voice could not say “{text}”: {reason}").format(text=part.line.text[:_SHOWN], reason=reason),
        where=part.voice.id,
        advice=_("Choose another voice, or change this sentence."),
    )
