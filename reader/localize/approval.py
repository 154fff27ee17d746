"""What a reviewer approved: kept in the translator comments by the message's hash.

So it expires when the message or its translation changes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from babel.messages.catalog import Message

_APPROVED = "approved:"
_DIGITS = 16


def fingerprint(message: Message) -> str:
    """The hash of a message with its context and its translation."""
    strings = message.string if isinstance(message.string, (list, tuple)) else [message.string or ""]
    ids = message.id if isinstance(message.id, (list, tuple)) else [message.id]
    parts = "\0".join([message.context or "", *ids, *strings])
    return hashlib.sha256(parts.encode()).hexdigest()[:_DIGITS]


def is_approved(message: Message) -> bool:
    """Whether a comment approves it as it now is."""
    return fingerprint(message) in _approvals(message.user_comments)


def approve(message: Message, reviewer: str = "") -> None:
    """Write the approval into its comments; one that has expired goes."""
    withdraw(message)
    by = f" ({reviewer})" if reviewer else ""
    message.user_comments.append(f"{_APPROVED} {fingerprint(message)}{by}")


def withdraw(message: Message) -> None:
    """Take back whatever approves it."""
    message.user_comments = [line for line in message.user_comments if not _is_approval(line)]


def _is_approval(line: str) -> bool:
    return line.strip().lower().startswith(_APPROVED)


def _approvals(comments: Iterable[str]) -> set[str]:
    found = (line.strip()[len(_APPROVED) :].split() for line in comments if _is_approval(line))
    return {words[0] for words in found if words}
