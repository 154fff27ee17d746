"""A real browser over a pack, as a listener has it: a server with byte ranges, Chromium, and axe.

The server is our own and small: it stands for any web host, and it counts what is asked of it.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.packs import judges

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

_QUIET = ("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run")
_PLAYS = "--autoplay-policy=no-user-gesture-required"


class _Ranges(SimpleHTTPRequestHandler):
    """Files, and parts of them (RFC 9110, 14)."""

    def do_GET(self) -> None:
        wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range") or "")
        path = Path(self.translate_path(self.path))
        if wanted is None or not path.is_file():
            super().do_GET()
            return
        content = path.read_bytes()
        first = int(wanted[1])
        last = min(int(wanted[2] or len(content) - 1), len(content) - 1)
        self.send_response(206)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Range", f"bytes {first}-{last}/{len(content)}")
        self.send_header("Content-Length", str(last + 1 - first))
        self.end_headers()
        self.wfile.write(content[first : last + 1])

    def end_headers(self) -> None:
        self.send_header("Accept-Ranges", "bytes")
        super().end_headers()

    def copyfile(self, source: Any, outputfile: Any) -> None:
        """A browser that has heard enough hangs up."""
        try:
            super().copyfile(source, outputfile)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as the base class names it
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that was hung up is no fault."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder, on loopback."""
    with _Server(("127.0.0.1", 0), partial(_Ranges, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; it reaches no network but loopback, because no page may."""
    path = judges.program("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        judges.missing("playwright")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*_QUIET, _PLAYS])
        yield browser
        browser.close()


@dataclass
class Visit:
    """What a page did while it was looked at."""

    page: Page
    requests: list[str] = field(default_factory=list)
    """Addresses of all that it asked for."""
    refused: list[str] = field(default_factory=list)
    """Of these, what its policy forbade."""
    errors: list[str] = field(default_factory=list)
    """Exceptions, and messages of the console."""

    @property
    def faults(self) -> list[str]:
        """Errors, but not that a pack alone has no list of languages."""
        return [each for each in self.errors if "ERR_FILE_NOT_FOUND" not in each and "404" not in each]


@contextmanager
def visit(browser: Browser, address: str, store: Any = None, **options: Any) -> Iterator[Visit]:
    """A page in a profile of its own; `store` is that of an earlier visit (`storage_state`)."""
    context = browser.new_context(storage_state=store, **options)
    context.set_default_timeout(15_000)
    page = context.new_page()
    seen = Visit(page)
    page.on("request", lambda request: seen.requests.append(request.url))
    page.on(
        "requestfailed",
        lambda request: seen.refused.append(request.url) if "csp" in str(request.failure).lower() else None,
    )
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    page.on("console", lambda told: seen.errors.append(told.text) if told.type == "error" else None)
    page.goto(address)
    try:
        yield seen
    finally:
        context.close()


def axe(page: Page) -> list[str]:
    """What axe has against a page, ``rule: target``; the page's own policy lets no script in, so it is
    put in by the browser itself.
    """
    script = (judges.package("axe-core") / "axe.min.js").read_text(encoding="utf-8")
    page.evaluate(script)
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})",
        AXE_TAGS,
    )
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
