"""A page on which a reviewer reads, hears and approves a translation, and the answers that it gives.

The page is one file: sound inside, nothing loaded from elsewhere, no text of an article ever markup. Its
answers are JSON, which the page saves and `take` writes into the catalog's translator comments.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from babel.messages.catalog import Message

from reader import languages
from reader.errors import InputError
from reader.localize.approval import approve, fingerprint, is_approved
from reader.localize.catalog_check import CatalogCheck
from reader.localize.check import marked_for_review
from reader.localize.po import PoCatalog
from reader.messages import _, ui_language

VERSION = 1

_STYLE = """
:root { color-scheme: light dark; font: 1.125rem/1.6 system-ui, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 1rem; }
section { border-top: 1px solid; padding: 1rem 0; }
.pair { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); }
audio, textarea { width: 100%; box-sizing: border-box; } textarea { font: inherit; }
button { font: inherit; padding: .5rem 1rem; }
:focus-visible { outline: 3px solid; outline-offset: 2px; }
"""

_SCRIPT = """
const form = document.querySelector("form");
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const answers = [...document.querySelectorAll("section[data-hash]")].map((each) => ({
    hash: each.dataset.hash,
    approve: each.querySelector("input").checked,
    comment: each.querySelector("textarea").value.trim(),
  })).filter((each) => each.approve || each.comment);
  const name = document.querySelector("#reviewer").value.trim();
  const form_ = { version: 1, article: document.body.dataset.article,
    language: document.body.dataset.language, reviewer: name, answers };
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(form_, null, 1)], { type: "application/json" }));
  link.download = document.body.dataset.file;
  link.click();
  document.querySelector("output").textContent = document.body.dataset.saved;
});
"""


def page(
    catalog: PoCatalog, title: str, tag: str, sound: Callable[[list[str]], list[bytes]] | None = None
) -> str:
    """The page as HTML.

    Args:
        catalog: the article's, in the language.
        title: of the article.
        tag: BCP 47 tag of the language.
        sound: makes MP3s of translations; None: the page has no sound.
    """
    check = CatalogCheck(catalog, tag)
    source = catalog.headers.get("X-Source-Language") or "en"
    article = catalog.headers.get("X-Article-Id", "")
    messages = [each for each in catalog.messages() if str(each.string or "").strip() and not each.fuzzy]
    name = languages.display_name(tag, ui_language())
    heading = _("Review: {title}, {language}").format(title=title, language=name)
    saved = _("Saved. Give the file to “reader catalog review” with --answers.")
    heard = [each for each in messages if sound is not None and not check.faults(each)]
    sounds = sound([str(each.string) for each in heard]) if sound is not None else []
    by_hash = dict(zip(map(fingerprint, heard), sounds, strict=True))
    sections = [
        _section(number, each, check, (source, tag), by_hash.get(fingerprint(each), b""))
        for number, each in enumerate(messages, start=1)
    ]
    # Babel finds no message inside an f-string before Python 3.12.
    scripts, your_name, save = (
        _("Saving the answers needs scripts."),
        _("Your name"),
        _("Save the answers"),
    )
    policy = (
        f"default-src 'none'; media-src data:; style-src '{_hash(_STYLE)}'; script-src '{_hash(_SCRIPT)}'"
    )
    return "".join([
        "<!DOCTYPE html>\n",
        f'<html lang="{ui_language()}" dir="{direction(ui_language())}"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(heading)}</title><style>{_STYLE}</style></head>",
        f'<body data-article="{escape(article)}" data-language="{tag}" data-saved="{escape(saved)}" ',
        f'data-file="{escape(article)}.{tag}.answers.json">',
        f"<main><h1>{escape(heading)}</h1>",
        f"<noscript><p>{escape(scripts)}</p></noscript>",
        "<form>", *sections,
        f'<p><label for="reviewer">{escape(your_name)}</label>',
        ' <input id="reviewer" autocomplete="name"></p>',
        f"<p><button>{escape(save)}</button> <output></output></p>",
        f"</form></main><script>{_SCRIPT}</script></body></html>\n",
    ])  # fmt: skip


def direction(tag: str) -> str:
    """``rtl`` or ``ltr``: how the language's lines run."""
    return languages.locale(tag).text_direction


def _section(
    number: int,
    message: Message,
    check: CatalogCheck,
    tags: tuple[str, str],
    sound: bytes,
) -> str:
    source, target = tags
    faults = check.faults(message)
    notes = [each.text for each in faults or check.doubts(message)]
    doubt = marked_for_review(message.user_comments)
    if doubt:
        notes.append(_("The translator asks: {doubt}").format(doubt=doubt))
    role = message.context or next(iter(message.auto_comments), "")
    heading = _("{number}. {role}").format(number=number, role=role)
    audio = ""
    if sound:
        data = base64.b64encode(sound).decode()
        audio = f'<audio controls preload="none" src="data:audio/mpeg;base64,{data}"></audio>'
    checked = " checked" if is_approved(message) else ""
    to_look_at, approve_it, comment = (
        _("To look at"),
        _("I approve this translation"),
        _("Comment for the translator"),
    )
    listed = "".join(f"<li>{escape(note)}</li>" for note in notes)
    return "".join([
        f'<section data-hash="{fingerprint(message)}" aria-labelledby="m{number}">',
        f'<h2 id="m{number}">{escape(heading)}</h2><div class="pair">',
        f'<p lang="{source}" dir="{direction(source)}">{escape(str(message.id))}</p>',
        f'<p lang="{target}" dir="{direction(target)}">{escape(str(message.string))}</p></div>',
        audio,
        f"<h3>{escape(to_look_at)}</h3><ul>{listed}</ul>" if notes else "",
        f'<p><input type="checkbox" id="a{number}"{checked}> ',
        f'<label for="a{number}">{escape(approve_it)}</label></p>',
        f'<p><label for="c{number}">{escape(comment)}</label>',
        f'<textarea id="c{number}" rows="2"></textarea></p></section>',
    ])  # fmt: skip


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


# --- answers


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a reviewer's answers."""

    approved: int
    commented: int
    expired: int
    """Answers to messages that have changed since, or are gone: not taken."""


def read(path: Path) -> dict[str, Any]:
    """The answers of a page.

    Raises:
        InputError: it cannot be read, or holds no answers.
    """
    try:
        form = json.loads(path.read_text(encoding="utf-8"))
        answers = form["answers"]
        right = form["version"] == VERSION and all(
            isinstance(each["hash"], str) and isinstance(each["approve"], bool)
            and isinstance(each.get("comment", ""), str)
            for each in answers
        )  # fmt: skip
    except OSError as error:
        raise InputError(
            _("This file cannot be read: {reason}.").format(reason=error.strerror or error), where=str(path)
        ) from error
    except (ValueError, KeyError, TypeError):
        right = False
    if not right:
        raise InputError(
            _("These are no answers of a reviewer."),
            where=str(path),
            advice=_("Give the file that the page of “reader catalog review” saved."),
        )
    return dict(form)


def take(catalog: PoCatalog, answers: Sequence[dict[str, Any]], reviewer: str = "") -> Taken:
    """Write answers into the catalog's translator comments."""
    by_hash = {fingerprint(message): message for message in catalog.messages()}
    approved = commented = expired = 0
    for answer in answers:
        message = by_hash.get(answer["hash"])
        if message is None:
            expired += 1
            continue
        if answer["approve"] and not is_approved(message):
            approve(message, _line(reviewer))
            approved += 1
        if comment := _line(answer.get("comment", "")):
            line = f"review: {comment}"
            if line not in message.user_comments:
                message.user_comments.append(line)
                commented += 1
    return Taken(approved, commented, expired)


def _line(text: str) -> str:
    return " ".join(text.split()).replace("(", "[").replace(")", "]")
