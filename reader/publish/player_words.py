"""The words of the player: what its buttons, its help and its announcements say, in the listener's language.

A key names the place, not the English; the page holds them as one JSON object. Placeholders in braces are
filled in by the page's script; its numbers and durations are formatted by the browser's own `Intl`.
"""

from __future__ import annotations

from reader.messages import N_, phrases

WORDS: dict[str, str] = {
    # Playing. Translators: short imperatives, as on a button.
    "play": N_("Play"),
    "pause": N_("Pause"),
    "back": N_("Back {duration}"),
    "forward": N_("Forward {duration}"),
    "previous_sentence": N_("Previous sentence"),
    "next_sentence": N_("Next sentence"),
    "previous_chapter": N_("Previous chapter"),
    "next_chapter": N_("Next chapter"),
    "position": N_("Position in the chapter"),
    "elapsed": N_("{elapsed}; in all {total}"),
    "volume": N_("Volume"),
    "speed": N_("Speed"),
    "speed_value": N_("Speed {speed}"),
    "slower": N_("Slower"),
    "faster": N_("Faster"),
    "normal_speed": N_("Normal speed"),
    # The page.
    "player": N_("Player"),
    "chapters": N_("Chapters"),
    "chapter_of": N_("Chapter {number} of {count}: {title}"),
    "now_playing": N_("Now playing: {title}"),
    "transcript": N_("Transcript"),
    "listen_from_here": N_("Listen from here"),
    "follow": N_("Scroll along with the voice"),
    "language": N_("Language"),
    "skip_to_player": N_("Skip to the player"),
    "skip_to_transcript": N_("Skip to the transcript"),
    "no_script": N_(
        "This page works without scripts too: play a chapter below, or read the transcript. With scripts you "
        "can also change the speed, follow the text and set bookmarks."
    ),
    "download": N_("Download this chapter"),
    "finished": N_("The end. The last chapter is over."),
    "sound_error": N_("This chapter cannot be played: its sound file is missing or damaged."),
    "about": N_("About this recording"),
    # Sleep timer.
    "sleep_timer": N_("Sleep timer"),
    "sleep_off": N_("Off"),
    "sleep_minutes": N_("In {duration}"),
    "sleep_chapter": N_("At the end of the chapter"),
    "sleep_soon": N_("The sleep timer stops playing in one minute."),
    "sleep_now": N_("Stopped by the sleep timer."),
    # Where one stopped, and bookmarks.
    "resume": N_("Go on where you stopped: {title}, {time}"),
    "from_start": N_("Start from the beginning"),
    "bookmarks": N_("Bookmarks"),
    "add_bookmark": N_("Add a bookmark here"),
    "bookmark_added": N_("Bookmark added: {text}"),
    "remove_bookmark": N_("Remove the bookmark “{text}”"),
    "bookmark_removed": N_("Bookmark removed."),
    "no_bookmarks": N_("There are no bookmarks yet."),
    "not_kept": N_("This browser does not keep your place or your settings."),
    # Glossary.
    "glossary": N_("Glossary"),
    "explain": N_("What does “{term}” mean?"),
    "hear_definition": N_("Hear the definition"),
    "close": N_("Close"),
    # How it looks.
    "settings": N_("Settings"),
    "text_size": N_("Text size"),
    "smaller_text": N_("Smaller text"),
    "larger_text": N_("Larger text"),
    "colours": N_("Colours"),
    "colours_system": N_("As on the device"),
    "colours_light": N_("Light"),
    "colours_dark": N_("Dark"),
    "colours_contrast": N_("High contrast"),
    "reset": N_("Reset the settings"),
    # Keyboard.
    "shortcuts": N_("Keyboard shortcuts"),
    "shortcuts_on": N_("Use keyboard shortcuts"),
    "shortcuts_note": N_("If your screen reader needs these keys itself, turn the shortcuts off."),
    "key": N_("Key"),
    "action": N_("What it does"),
    "key_space": N_("Space"),
    "key_left": N_("Left arrow"),
    "key_right": N_("Right arrow"),
    "key_escape": N_("Escape"),
    "show_shortcuts": N_("Show the keyboard shortcuts"),
}
"""Key: English words."""


def words(tag: str) -> dict[str, str]:
    """All words for a listener of `tag` (BCP 47); what its catalog lacks is English.

    Raises:
        UsageError: the tag names no known language.
    """
    ours = phrases(tag)
    return {key: ours.gettext(english) for key, english in WORDS.items()}
