"""The player, driven in a real browser by keyboard, in three languages, from a folder and from a server."""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from reader.publish.player_words import words
from tests.packs import browser as browsers
from tests.packs.browser import Visit, axe
from tests.packs.making import LANGUAGES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Open = Callable[..., AbstractContextManager[Visit]]

WORDS = words("en")
DESK = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsers.chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def address(shelf: Path) -> Iterator[str]:
    with browsers.served(shelf / "hay-fever") as served:
        yield served


@pytest.fixture
def visit(browser: Browser, address: str) -> Open:
    def opened(language: str = "en", hash_: str = "", **options: Any) -> AbstractContextManager[Visit]:
        options.setdefault("viewport", DESK)
        return browsers.visit(browser, f"{address}/{language}/index.html{hash_}", **options)

    return opened


@pytest.fixture
def alone(shelf: Path, tmp_path: Path) -> Path:
    """A copy of the English pack without anything above it."""
    return Path(shutil.copytree(shelf / "hay-fever" / "en", tmp_path / "copy" / "pack"))


def times(shelf: Path, language: str = "en") -> list[dict[str, Any]]:
    """Chapters of the timeline, in milliseconds."""
    form = json.loads((shelf / "hay-fever" / language / "timeline.json").read_text(encoding="utf-8"))
    scale = 1000 / form["rate"]
    return [
        {
            "ms": each["samples"] * scale,
            "spans": [(span["id"], span["start"] * scale, span["end"] * scale) for span in each["spans"]],
        }
        for each in form["chapters"]
    ]


def status(page: Page) -> str:
    return page.locator("#status").text_content() or ""


def spoken(page: Page) -> str | None:
    found = page.locator("[aria-current=true].sentence")
    return found.get_attribute("id") if found.count() else None


def now(page: Page) -> str:
    return page.locator("#now").text_content() or ""


def is_playing(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.classList.contains('playing')"))


def tab_to(page: Page, selector: str, most: int = 120) -> None:
    """Reach something by Tab alone, and see that the focus is seen."""
    for _step in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement?.matches(wanted)", selector):
            break
    else:
        pytest.fail(f"Tab does not reach {selector}")
    style, width = page.evaluate(
        "(s => [s.outlineStyle, s.outlineWidth])(getComputedStyle(document.activeElement))"
    )
    assert (style, float(width.removesuffix("px"))) >= ("solid", 2.0)
    # Seen means seen: nothing lies over it.
    assert page.evaluate(
        """() => { const e = document.activeElement, b = e.getClientRects()[0];
                   const top = document.elementFromPoint(b.x + b.width / 2, b.y + b.height / 2);
                   return e.contains(top) || top?.contains(e) || e.matches('.skip') }"""
    ), f"{selector} is covered"


def settle(page: Page, condition: str, seconds: float = 30) -> None:
    """Wait until it holds. Playwright's own waiting compiles strings, which the page's policy forbids."""
    until = time.monotonic() + seconds
    while not page.evaluate(condition):
        assert time.monotonic() < until, condition
        page.wait_for_timeout(20)


def plays(page: Page, *, wanted: bool = True) -> None:
    """The sound begins, or stops."""
    settle(page, f"document.documentElement.classList.contains('playing') === {json.dumps(wanted)}")


# What is loaded, and from where.


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_loaded_but_the_pack_and_nothing_breaks_its_policy(
    visit: Open, address: str, language: str
) -> None:
    with visit(language) as seen:
        seen.page.keyboard.press("2")
        settle(seen.page, "document.querySelector('.spoken')")
        assert {url.removeprefix(address) for url in seen.requests} <= {
            f"/{language}/index.html",
            "/languages.js",
            *(f"/{language}/{name}" for name in seen.page.evaluate(
                "[...document.querySelectorAll('[data-chapter]')].map(e => e.getAttribute('href'))")),
        }  # fmt: skip
        assert seen.errors == []


def test_the_policy_stops_what_does_not_belong(visit: Open, address: str) -> None:
    with visit() as seen:
        seen.page.evaluate(
            """() => { const image = new Image(); image.src = '/en/x.png'; document.body.append(image);
                       document.body.insertAdjacentHTML('beforeend', '<style>body{display:none}</style>');
                       fetch('/en/reader.json').catch(() => {}) }"""
        )
        seen.page.wait_for_timeout(200)
        assert f"{address}/en/x.png" in seen.refused
        assert f"{address}/en/reader.json" not in seen.requests
        assert seen.page.evaluate("getComputedStyle(document.body).display") == "block"
        assert len([each for each in seen.errors if "Content Security Policy" in each]) >= 3


def test_a_pack_alone_plays_from_its_folder(browser: Browser, alone: Path) -> None:
    with browsers.visit(browser, (alone / "index.html").as_uri(), viewport=DESK) as seen:
        seen.page.keyboard.press("Space")
        settle(seen.page, "document.querySelector('.spoken')")
        plays(seen.page)
        assert not seen.page.locator("#languages").is_visible()
        assert seen.faults == []
        # Its places are kept there as well.
        seen.page.keyboard.press("b")
        store = seen.page.evaluate("Object.keys(localStorage)")
        assert "voice-reader/hay-fever" in store


# Playing, by keyboard.


def test_every_function_is_reached_by_tab(visit: Open) -> None:
    wanted = (
        ".skip", "summary", "#open-settings", "#open-shortcuts", "#position", "#back", "#play", "#forward",
        "#previous-chapter", "#previous-sentence", "#next-sentence", "#next-chapter", "#slower", "#speed",
        "#faster", "#sleep", "#chapters a", "#add-bookmark",
    )  # fmt: skip
    with visit() as seen:
        for selector in wanted:
            tab_to(seen.page, selector, 30)
        # One sentence is a stop of Tab; the arrows lead to all others.
        assert seen.page.locator(".sentence[tabindex='0']").count() == 1


def test_the_buttons_do_what_they_say_by_the_keyboard(visit: Open, shelf: Path) -> None:
    chapters = times(shelf)
    with visit() as seen:
        page = seen.page
        tab_to(page, "#next-chapter")
        assert page.locator("#next-chapter").get_attribute("aria-label") == WORDS["next_chapter"]
        page.keyboard.press("Enter")
        assert now(page).startswith("Chapter 2 of")
        assert status(page) == now(page)
        page.keyboard.press("Enter")
        assert now(page).startswith("Chapter 3 of")
        page.focus("#previous-chapter")
        page.keyboard.press("Enter")
        page.focus("#next-sentence")
        page.keyboard.press("Enter")
        assert spoken(page) == chapters[1]["spans"][0][0]
        page.keyboard.press("Enter")
        assert spoken(page) == chapters[1]["spans"][1][0]
        page.focus("#previous-sentence")
        page.keyboard.press("Enter")
        assert spoken(page) == chapters[1]["spans"][0][0]
        page.focus("#forward")
        assert page.locator("#forward").get_attribute("aria-label") == "Forward 10 seconds"
        page.keyboard.press("Enter")
        ms = chapters[1]["spans"][0][1] + 10_000
        assert spoken(page) == next(id_ for id_, start, end in chapters[1]["spans"] if start <= ms < end)
        page.focus("#back")
        page.keyboard.press("Enter")
        assert spoken(page) == chapters[1]["spans"][0][0]
        page.focus("#play")
        page.keyboard.press("Space")
        plays(page)
        assert page.locator("#play").get_attribute("aria-label") == WORDS["pause"]
        page.keyboard.press("Space")
        plays(page, wanted=False)
        page.focus("#faster")
        page.keyboard.press("Enter")
        assert status(page) == "Speed 1.1×"
        page.focus("#speed")
        page.keyboard.press("Enter")
        assert status(page) == "Speed 1.0×"
        page.focus("#position")
        page.keyboard.press("Home")
        page.keyboard.press("ArrowRight")
        assert page.locator("#position").get_attribute("aria-valuetext", timeout=1000) is not None
        assert "1 second; in all " in str(page.locator("#position").get_attribute("aria-valuetext"))
        page.focus("#chapters li:nth-child(3) a")
        page.keyboard.press("Enter")
        assert now(page).startswith("Chapter 3 of")
        assert page.locator("#chapters [aria-current=true]").get_attribute("data-chapter") == "2"


def test_the_shortcuts_do_the_same(visit: Open, shelf: Path) -> None:
    chapters = times(shelf)
    with visit() as seen:
        page, press = seen.page, seen.page.keyboard.press
        press("Space")
        plays(page)
        press("Space")
        plays(page, wanted=False)
        press("2")
        assert now(page).startswith("Chapter 2 of")
        plays(page)
        press("Space")
        plays(page, wanted=False)
        press("ArrowRight")
        press("ArrowRight")
        # The first may have sounded already.
        assert spoken(page) in {chapters[1]["spans"][at][0] for at in (1, 2)}
        before = spoken(page)
        press("ArrowLeft")
        assert spoken(page) != before
        press("Shift+ArrowRight")
        assert now(page).startswith("Chapter 3 of")
        press("Shift+ArrowLeft")
        assert now(page).startswith("Chapter 2 of")
        press("l")
        first = page.locator("#position").input_value()
        assert first == "10"
        press("j")
        assert page.locator("#position").input_value() == "0"
        press("]")
        assert status(page) == "Speed 1.1×"
        press("[")
        press("[")
        assert status(page) == "Speed 0.9×"
        press("0")
        assert status(page) == "Speed 1.0×"
        press("b")
        assert status(page).startswith("Bookmark added: ")
        press("s")
        assert status(page) == "Sleep timer: In 5 minutes"
        press("c")
        assert status(page) == "Colours: Light"
        press("+")
        assert status(page) == "Text size: 115%"
        press("-")
        assert status(page) == "Text size: 100%"
        press("f")
        press("?")
        assert page.locator("#shortcuts").is_visible()
        press("Space")  # ... belongs to the dialog now.
        assert not is_playing(page)
        press("Escape")
        assert not page.locator("#shortcuts").is_visible()
        assert seen.errors == []


def test_every_shortcut_is_in_the_help_and_has_its_text(visit: Open) -> None:
    with visit() as seen:
        seen.page.click("#open-shortcuts")
        rows = seen.page.locator("#keys tr").all_inner_texts()
        assert len(rows) == 18 + len(seen.page.locator("#chapters li").all())
        assert all(re.fullmatch(r".+\t.+", each) for each in rows)


@pytest.mark.parametrize(
    ("focused", "key", "untouched"),
    [
        ("#sleep", "s", "#status"),
        ("#position", "ArrowRight", ".spoken"),
        ("#position", "1", "#status"),
        ("#open-settings", "Space", ".spoken"),
    ],
)
def test_a_control_that_needs_a_key_has_it(visit: Open, focused: str, key: str, untouched: str) -> None:
    with visit() as seen:
        before = seen.page.locator(untouched).all_inner_texts()
        seen.page.focus(focused)
        seen.page.keyboard.press(key)
        assert seen.page.locator(untouched).all_inner_texts() == before
        assert not is_playing(seen.page)


def test_shortcuts_can_be_turned_off_and_stay_off(visit: Open) -> None:
    with visit() as seen:
        page = seen.page
        page.keyboard.press("?")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "shortcuts-on"
        page.keyboard.press("Space")
        page.keyboard.press("Escape")
        page.keyboard.press("2")
        assert now(page).startswith("Chapter 1 of")
        store = page.context.storage_state()
    with visit(store=store) as seen:
        seen.page.keyboard.press("2")
        assert now(seen.page).startswith("Chapter 1 of")


@pytest.mark.parametrize(
    ("key", "code", "does"), [("и", "KeyB", "Bookmark added"), ("ب", "BracketRight", "Speed")]
)
def test_shortcuts_work_on_keyboards_of_other_scripts(visit: Open, key: str, code: str, does: str) -> None:
    with visit() as seen:
        seen.page.evaluate(
            "init => document.body.dispatchEvent(new KeyboardEvent('keydown', init))",
            {"key": key, "code": code, "bubbles": True},
        )
        assert status(seen.page).startswith(does)


def test_speed_goes_from_a_half_to_three_and_keeps_the_pitch(visit: Open) -> None:
    heard = """
        window.heard = [];
        const own = window.Audio;
        window.Audio = function () { heard.push(new own()); return heard.at(-1) };
    """
    with visit() as seen:
        page = seen.page
        page.add_init_script(heard)
        page.reload()
        for key, last in (("]", 3), ("[", 0.5)):
            for _press in range(26):
                page.keyboard.press(key)
            assert page.evaluate("[heard[0].playbackRate, heard[0].preservesPitch]") == [last, True]
        page.keyboard.press("3")
        settle(page, "!heard[0].paused && heard[0].currentTime > 0")
        assert page.evaluate("heard[0].playbackRate") == 0.5


def test_the_mark_is_where_the_voice_is(visit: Open, shelf: Path) -> None:
    """Within 100 ms of the timeline, at every change, through chapters."""
    watch = """
        window.changes = []; window.heard = null;
        const own = window.Audio; window.Audio = function () { return window.heard = new own() };
        addEventListener('DOMContentLoaded', () => new MutationObserver((list) => {
          for (const { target } of list)
            if (target.getAttribute('aria-current') === 'true' && target.matches('.sentence'))
              changes.push([target.id, heard.currentTime * 1000, heard.src.split('/').pop()]);
        }).observe(document.body, { subtree: true, attributeFilter: ['aria-current'] }));
    """
    spans = {id_: start for each in times(shelf) for id_, start, _end in each["spans"]}
    with visit() as seen:
        seen.page.add_init_script(watch)
        seen.page.reload()
        seen.page.keyboard.press("2")
        settle(seen.page, "changes.length >= 5", 60)
        changes = seen.page.evaluate("changes")
        assert [id_ for id_, _ms, _file in changes] == [
            each for each in spans if each in {c[0] for c in changes}
        ]
        for id_, ms, _file in changes:
            assert -1 <= ms - spans[id_] < 100, id_


def test_it_goes_on_to_the_next_chapter_and_says_when_it_is_over(visit: Open, shelf: Path) -> None:
    chapters = times(shelf)
    with visit() as seen:
        page = seen.page
        page.keyboard.press("1")
        page.focus("#position")
        page.keyboard.press("End")
        settle(page, "document.querySelector('#now').textContent.startsWith('Chapter 2 of')")
        assert is_playing(page)
        assert status(page).startswith("Chapter 2 of")
        page.focus(f"#chapters li:nth-child({len(chapters)}) a")
        page.keyboard.press("Enter")
        page.focus("#position")
        page.keyboard.press("End")
        settle(page, f"document.querySelector('#status').textContent === {json.dumps(WORDS['finished'])}")


def test_a_missing_sound_is_told(browser: Browser, alone: Path) -> None:
    next(iter(sorted(alone.glob("*.mp3")))).unlink()
    with browsers.visit(browser, (alone / "index.html").as_uri()) as seen:
        seen.page.keyboard.press("Space")
        settle(
            seen.page, f"document.querySelector('#status').textContent === {json.dumps(WORDS['sound_error'])}"
        )


# The sleep timer.


def test_the_sleep_timer_warns_and_stops(visit: Open) -> None:
    with visit() as seen:
        page = seen.page
        page.clock.install()
        page.reload()
        tab_to(page, "#sleep")
        page.keyboard.press("ArrowDown")
        assert page.locator("#sleep option:checked").inner_text() == "In 5 minutes"
        page.locator("#play").click()
        # The sound goes by the true time: it is told to wait, and only the clock runs.
        page.evaluate("document.querySelector('#play').click()")
        page.clock.run_for(3 * 60_000)
        assert status(page) != WORDS["sleep_soon"]
        page.keyboard.press("Escape")
        page.evaluate("document.querySelector('#play').click()")
        page.clock.run_for(61_000)
        assert status(page) == WORDS["sleep_soon"]
        page.clock.run_for(60_000)
        assert status(page) == WORDS["sleep_now"]
        plays(page, wanted=False)
        assert page.locator("#sleep").input_value() == "off"


def test_the_sleep_timer_stops_at_the_end_of_the_chapter(visit: Open) -> None:
    with visit() as seen:
        page = seen.page
        page.select_option("#sleep", "chapter")
        page.keyboard.press("Escape")
        page.locator("#chapters a").first.click()
        page.focus("#position")
        page.keyboard.press("End")
        settle(page, f"document.querySelector('#status').textContent === {json.dumps(WORDS['sleep_now'])}")
        assert now(page).startswith("Chapter 2 of")
        plays(page, wanted=False)


# What is kept.


def test_it_goes_on_where_one_stopped(visit: Open, shelf: Path) -> None:
    second = times(shelf)[1]
    with visit() as seen:
        assert not seen.page.locator("#resume").is_visible()
        seen.page.keyboard.press("2")
        seen.page.keyboard.press("ArrowRight")
        seen.page.keyboard.press("ArrowRight")
        stopped = spoken(seen.page)
        store = seen.page.context.storage_state()
    assert stopped in {id_ for id_, _start, _end in second["spans"]}
    with visit(store=store) as seen:
        page = seen.page
        assert now(page).startswith("Chapter 2 of")
        assert page.locator("#go-on").inner_text().startswith("Go on where you stopped: ")
        tab_to(page, "#go-on")
        page.keyboard.press("Enter")
        plays(page)
        assert spoken(page) == stopped
        assert not page.locator("#resume").is_visible()
        assert page.evaluate("document.activeElement.id") == "play"
    with visit("ar", store=store) as seen:
        # The same sentence in Arabic.
        assert spoken(seen.page) == stopped
    with visit(store=store) as seen:
        seen.page.locator("#start-over").click()
        assert now(seen.page).startswith("Chapter 1 of")


def test_bookmarks_are_ids_in_the_order_of_the_narration(visit: Open, shelf: Path) -> None:
    chapters = times(shelf)
    with visit() as seen:
        page = seen.page
        assert page.locator("#no-bookmarks").is_visible()
        page.keyboard.press("3")
        page.keyboard.press("b")
        page.keyboard.press("2")
        tab_to(page, "#add-bookmark")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")  # Twice is once.
        kept = page.evaluate("JSON.parse(localStorage['voice-reader/hay-fever']).bookmarks")
        assert kept == [chapters[2]["spans"][0][0], chapters[1]["spans"][0][0]]
        assert page.locator("#bookmarks li").count() == 2
        store = page.context.storage_state()
    with visit(store=store) as seen:
        page = seen.page
        first, second = page.locator("#bookmarks .mark").all()
        tab_to(page, "#bookmarks .mark")
        page.keyboard.press("Enter")
        assert now(page).startswith("Chapter 2 of")
        assert first.inner_text() != second.inner_text()
        tab_to(page, ".remove")
        assert str(page.evaluate("document.activeElement.ariaLabel")).startswith("Remove the bookmark “")
        page.keyboard.press("Enter")
        assert status(page) == WORDS["bookmark_removed"]
        assert page.evaluate("document.activeElement.className") == "remove"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "add-bookmark"


@pytest.mark.parametrize(
    "kept", ['"x"', "[1]", "{", '{"speed": "fast", "size": 7, "colours": 1, "place": {}}', "null"]
)
def test_what_makes_no_sense_in_the_store_is_passed_by(visit: Open, kept: str) -> None:
    with visit() as seen:
        for key in ("voice-reader", "voice-reader/hay-fever"):
            seen.page.evaluate("([key, kept]) => localStorage.setItem(key, kept)", [key, kept])
        seen.page.reload()
        seen.page.keyboard.press("2")
        assert now(seen.page).startswith("Chapter 2 of")
        seen.page.keyboard.press("b")
        assert seen.page.locator("#bookmarks li").count() == 1
        assert seen.errors == []


def test_a_browser_that_keeps_nothing_says_so(visit: Open) -> None:
    with visit() as seen:
        seen.page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('no') }")
        seen.page.reload()
        seen.page.locator("#faster").click()
        seen.page.keyboard.press("Space")
        assert seen.errors == []


# The words.


def test_a_sentence_is_listened_to_by_click_and_by_key(visit: Open, shelf: Path) -> None:
    chapters = times(shelf)
    third = chapters[2]["spans"][1][0]
    with visit() as seen:
        page = seen.page
        page.locator(f'[id="{third}"]').click(position={"x": 4, "y": 8})
        assert spoken(page) == third
        plays(page)
        page.keyboard.press("Space")
        page.locator("#transcript").focus()
        page.keyboard.press("Tab")
        page.evaluate("document.querySelector('.sentence[tabindex=\"0\"]').focus()")
        order = page.evaluate("[...document.querySelectorAll('.sentence')].map(e => e.id)")
        at = order.index(page.evaluate("document.activeElement.id"))
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.id") == order[at - 1]
        page.keyboard.press("Enter")
        plays(page)
        assert spoken(page) == order[at - 1]


def test_all_that_is_said_is_shown_in_its_order(visit: Open, shelf: Path) -> None:
    with visit() as seen:
        order = seen.page.evaluate("[...document.querySelectorAll('.sentence')].map(e => e.id)")
        assert order == [id_ for each in times(shelf) for id_, _start, _end in each["spans"]]
        assert seen.page.locator("h1").count() == 1
        assert (
            seen.page.locator("em[lang=la], [lang=la] em, [lang=la]").first.inner_text()
            == "rhinitis allergica"
        )


def test_a_term_opens_its_definition_and_can_be_heard(visit: Open) -> None:
    with visit() as seen:
        page = seen.page
        page.keyboard.press("Space")
        settle(page, "document.querySelector('.spoken')")
        tab_to(page, "a.term")
        before = page.evaluate("document.activeElement.textContent")
        page.keyboard.press("Enter")
        dialog = page.locator("#term")
        assert dialog.is_visible()
        assert page.evaluate("document.activeElement.id") == "term-title"
        assert page.locator("#term-title").inner_text() == "Allergy"
        assert (
            page.locator("#term-text").inner_text()
            == "A reaction of the immune system to something harmless."
        )
        plays(page, wanted=False)
        place = now(page)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        plays(page)
        assert now(page) != place
        # Heard to its end, the listener is back.
        settle(page, f"document.querySelector('#now').textContent === {json.dumps(place)}")
        plays(page, wanted=False)
        page.keyboard.press("Escape")
        plays(page)
        assert page.evaluate("document.activeElement.textContent") == before


def test_the_page_scrolls_along_only_if_it_may(visit: Open) -> None:
    with visit(viewport={"width": 1280, "height": 400}, reduced_motion="reduce") as seen:
        page = seen.page
        page.keyboard.press("3")
        settle(page, "document.querySelector('.spoken') && scrollY > 0")
        page.keyboard.press("f")
        page.evaluate("scrollTo(0, 0)")
        page.keyboard.press("4")
        page.wait_for_timeout(300)
        assert page.evaluate("scrollY") == 0
        assert page.evaluate("getComputedStyle(document.querySelector('#play')).transitionProperty") in (
            "none",
            "all",
        )
        assert page.evaluate("getComputedStyle(document.querySelector('#play')).transitionDuration") == "0s"


# The lock screen.


def test_the_keys_of_the_lock_screen(visit: Open) -> None:
    catch = """
        window.acts = {}; MediaSession.prototype.setActionHandler = function (name, act) { acts[name] = act };
        window.states = []; MediaSession.prototype.setPositionState = function (state) { states.push(state) };
    """
    with visit() as seen:
        page = seen.page
        page.add_init_script(catch)
        page.reload()
        assert set(page.evaluate("Object.keys(acts)")) >= {
            "play", "pause", "seekbackward", "seekforward", "previoustrack", "nexttrack", "seekto", "stop",
        }  # fmt: skip
        page.evaluate("acts.nexttrack({})")
        assert now(page).startswith("Chapter 2 of")
        assert page.evaluate("navigator.mediaSession.metadata.album") == "Hay fever"
        assert page.evaluate("navigator.mediaSession.metadata.title") in now(page)
        page.evaluate("acts.seekto({seekTime: 3})")
        assert page.locator("#position").input_value() == "3"
        page.evaluate("acts.play({})")
        settle(page, "navigator.mediaSession.playbackState === 'playing'")
        page.evaluate("acts.pause({})")
        assert page.evaluate("states.at(-1).duration") > 0
        assert seen.errors == []


# The languages of the article.


def test_the_language_is_switched_at_the_same_sentence(visit: Open, address: str, shelf: Path) -> None:
    with visit() as seen:
        page = seen.page
        page.keyboard.press("2")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        there = spoken(page)
        settle(page, "!document.querySelector('#languages').hidden")
        tab_to(page, "summary")
        page.keyboard.press("Enter")
        links = page.locator("#language-list a")
        assert sorted(links.all_inner_texts()) == sorted(["English", "العربية", "日本語"])
        assert [links.nth(at).get_attribute("lang") for at in range(3)]
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
        page.keyboard.press("Enter")
        tab_to(page, "a[lang=ar]")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{address}/ar/index.html*")
        assert spoken(page) == there
    with browsers.visit(page.context.browser, f"{address}/index.html") as seen:  # type: ignore[arg-type]
        assert axe(seen.page) == []
        seen.page.keyboard.press("Tab")
        seen.page.keyboard.press("Enter")
        seen.page.wait_for_url(re.compile(r".*/\w+/index\.html"))
        assert seen.errors == []


# How it looks.


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("colours", ["light", "dark", "contrast"])
def test_axe_finds_nothing(visit: Open, language: str, colours: str) -> None:
    with visit(language, color_scheme="dark" if colours == "dark" else "light") as seen:
        page = seen.page
        page.evaluate(
            "wanted => localStorage.setItem('voice-reader', JSON.stringify({colours: wanted}))", colours
        )
        page.reload()
        for key in ("2", "ArrowRight", "b", "Space"):
            page.keyboard.press(key)
        assert page.evaluate("document.documentElement.dataset.colours") == colours
        assert axe(page) == []
        for opener in ("#open-settings", "#open-shortcuts", "a.term"):
            page.locator(opener).first.click()
            assert axe(page) == []
            page.keyboard.press("Escape")


def test_axe_finds_what_is_broken(browser: Browser, alone: Path) -> None:
    file = alone / "index.html"
    text = file.read_text(encoding="utf-8")
    broken = text.replace("<html lang", "<html data-lang").replace('aria-label="Position in the chapter"', "")
    # The style has another fingerprint now: its policy would leave it out.
    broken = re.sub(r"<meta http-equiv[^>]*>", "", broken).replace(
        "--soft: light-dark(#55606d", "--soft: light-dark(#d5d5d5"
    )
    file.write_text(broken, encoding="utf-8")
    with browsers.visit(browser, file.as_uri()) as seen:
        rules = {each.partition(":")[0] for each in axe(seen.page)}
    assert {"html-has-lang", "label", "color-contrast"} <= rules


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("width", "size"),
    [
        (320, 200),
        (1280, 200),
        pytest.param(320, 100, marks=pytest.mark.long),
        pytest.param(768, 200, marks=pytest.mark.long),
    ],
)
def test_nothing_is_cut_or_scrolled_sideways(visit: Open, language: str, width: int, size: int) -> None:
    with visit(language, viewport={"width": width, "height": 800}) as seen:
        page = seen.page
        page.evaluate("size => localStorage.setItem('voice-reader', JSON.stringify({size}))", size)
        page.reload()
        page.keyboard.press("2")
        page.keyboard.press("b")
        assert (
            page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
            == 16 * size / 100
        )
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        cut = """() => [...document.querySelectorAll('body *:not(svg *, option, .skip, #status)')]
            .filter(e => e.checkVisibility() && e.getClientRects().length)
            .filter(e => (b => b.left < -1 || b.right > innerWidth + 1)(e.getBoundingClientRect()))
            .map(e => e.tagName + '#' + e.id + '.' + e.className)"""
        assert page.evaluate(cut) == []
        for opener in ("#open-settings", "#open-shortcuts"):
            page.locator(opener).click()
            assert page.evaluate(
                "(d => d.scrollWidth <= d.clientWidth)(document.querySelector('dialog[open]'))"
            )
            page.keyboard.press("Escape")


def test_targets_are_large(visit: Open) -> None:
    with visit(viewport={"width": 320, "height": 800}) as seen:
        small = """() => [...document.querySelectorAll('button, select, summary, #chapters a')]
            .filter(e => e.checkVisibility()).map(e => [e.id, e.getBoundingClientRect()])
            .filter(([, b]) => b.width < 44 || b.height < 44).map(([id]) => id)"""
        assert seen.page.evaluate(small) == []


def test_the_text_grows_and_the_settings_are_kept(visit: Open) -> None:
    with visit() as seen:
        page = seen.page
        tab_to(page, "#open-settings")
        page.keyboard.press("Enter")
        tab_to(page, "#larger-text")
        for _press in range(9):
            page.keyboard.press("Enter")
        assert page.locator("#size").inner_text() == "200%"
        assert page.evaluate("document.activeElement.id") == "larger-text"
        page.locator("#colours input[value=dark]").check()
        page.locator("#volume").fill("40")
        page.locator("#follow").uncheck()
        store = page.context.storage_state()
    with visit(store=store) as seen:
        page = seen.page
        assert page.evaluate("document.documentElement.style.fontSize") == "200%"
        assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
        page.click("#open-settings")
        assert not page.locator("#follow").is_checked()
        assert page.locator("#volume").input_value() == "40"
        page.click("#reset")
        assert page.locator("#size").inner_text() == "100%"
        assert page.locator("#follow").is_checked()
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.id") == "open-settings"


@pytest.mark.parametrize(
    ("options", "ground"),
    [
        ({"color_scheme": "light"}, "rgb(247, 244, 238)"),
        ({"color_scheme": "dark"}, "rgb(18, 24, 28)"),
        ({"contrast": "more"}, "rgb(255, 255, 255)"),
    ],
)
def test_it_looks_as_the_device_asks(visit: Open, options: dict[str, str], ground: str) -> None:
    with visit(**options) as seen:
        assert seen.page.evaluate("getComputedStyle(document.body).backgroundColor") == ground
        assert axe(seen.page) == []


def test_it_is_used_in_forced_colours(visit: Open) -> None:
    with visit(forced_colors="active") as seen:
        seen.page.keyboard.press("2")
        seen.page.keyboard.press("ArrowRight")
        sentence, page = "document.querySelector('.spoken')", "document.body"
        ground = "e => getComputedStyle(e).backgroundColor"
        assert seen.page.evaluate(f"({ground})({sentence}) !== ({ground})({page})")


def test_right_to_left(visit: Open) -> None:
    with visit("ar") as seen:
        page = seen.page
        assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
        left = "e => document.querySelector(e).getBoundingClientRect().left"
        assert page.evaluate(f"({left})('.side') > ({left})('.transcript')")
        assert page.evaluate(f"({left})('.byline') > ({left})('.tools')")
        # Sound runs from left to right everywhere, as on the buttons of every device; the arrows agree.
        assert page.evaluate(f"({left})('#back') < ({left})('#forward')")
        page.keyboard.press("2")
        page.keyboard.press("ArrowRight")
        first = page.locator("#position").input_value()
        page.keyboard.press("l")
        assert int(page.locator("#position").input_value()) > int(first)
        assert page.locator(".transcript [lang=la]").first.get_attribute("dir") == "ltr"
        ours = words("ar")
        assert page.locator("#play").get_attribute("aria-label") in (ours["play"], ours["pause"])


# Without scripts.


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_scripts_off_there_is_a_player_for_each_chapter(visit: Open, shelf: Path, language: str) -> None:
    with visit(language, java_script_enabled=False) as seen:
        page = seen.page
        chapters = times(shelf, language)
        assert page.locator("audio[controls]").count() == len(chapters)
        names = sorted(path.name for path in (shelf / "hay-fever" / language).glob("[0-9]*.mp3"))
        assert [each.get_attribute("src") for each in page.locator("audio").all()] == names
        assert page.locator(".no-script").is_visible()
        for hidden in ("#player", ".extras", ".bookmarks", ".tools"):
            assert not page.locator(hidden).is_visible()
        assert page.locator(".sentence").count() == sum(len(each["spans"]) for each in chapters)
        assert page.locator("nav[role=doc-toc] a").first.get_attribute("href") == names[0]
        page.keyboard.press("Tab")
        assert page.locator(".skip:focus").inner_text() == words(language)["skip_to_transcript"]


def test_the_words_of_the_player_are_those_of_its_language(visit: Open) -> None:
    with visit("ja") as seen:
        ours = words("ja")
        assert seen.page.locator("#chapters-title").inner_text() == ours["chapters"]
        assert "10" in str(seen.page.locator("#back").get_attribute("aria-label"))
        shown = seen.page.locator("body").inner_text()
        assert "{" not in shown
        labels = seen.page.evaluate(
            "[...document.querySelectorAll('[aria-label]')].map(e => e.ariaLabel).join()"
        )
        assert "{" not in labels


def test_the_entry_page_belongs_to_the_audiobook(shelf: Path) -> None:
    from lxml import html

    pack = shelf / "hay-fever" / "en"
    page = html.parse(str(pack / "index.html"))
    form = json.loads((pack / "publication.json").read_text(encoding="utf-8"))
    assert page.xpath("string(//link[@rel='publication']/@href)") == "publication.json"
    toc = page.xpath("//nav[@role='doc-toc']//a/@href")
    assert toc == [each["url"] for each in form["readingOrder"]]
    entry = next(each for each in form["resources"] if each["url"] == "index.html")
    assert entry["rel"] == ["contents"]
