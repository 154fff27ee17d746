"""A process that reads documents within limits.

It reads requests from its standard input, one JSON object a line, and forks a child for each: a hang, a crash
of the interpreter or too much memory end the child alone. The child says how it went as JSON.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

CPU = 60
"""Seconds of computing after which a child is killed: what is meant to take a few has then hung."""
MEMORY = 500 * 2**20
"""Most bytes that a child may have in memory."""
_ADDRESSES = 3 * 2**30
"""Bytes of addresses, which are cheap, but keep this machine from being filled."""


def read(data: bytes, suffix: str) -> dict[str, Any]:
    """Read, collect, narrate and account for a document, as the command does; says how it went."""
    from reader.document import collect, load
    from reader.errors import ArticleError
    from reader.speech import Options, narrate
    from reader.speech.ledger import ledger

    path = Path(f"hostile{suffix}")
    try:
        document = load(path, source_language="en", data=data)
    except ArticleError as error:
        # What cannot be read may be collected, or refused in the same way.
        try:
            for _run in collect(path, data=data):
                pass
        except ArticleError:
            pass
        return {"refused": [error.problem, error.where, error.advice]}
    try:
        runs = collect(path, data=data)
    except ArticleError as error:
        return {"refused": [error.problem, error.where, error.advice]}
    script = narrate(document, document, Options())
    found = ledger(runs, document, document, script)
    said = sum(len(chapter.utterances) for chapter in script.chapters)
    words = " ".join(utterance.text for chapter in script.chapters for utterance in chapter.utterances)
    return {"said": said, "words": words[:2000], "lost": [repr(entry.run)[:200] for entry in found.lost[:3]]}


def _status(name: str) -> int:
    """A number of kilobytes that the kernel tells of this process, in bytes."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024
    return 0


def _child(request: dict[str, Any]) -> dict[str, Any]:
    import resource
    import traceback

    hard = request.get("cpu", CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (hard, hard + 5))
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESSES, _ADDRESSES))
    data = Path(request["path"]).read_bytes()
    try:
        result = read(data, request["suffix"])
    except BaseException:  # noqa: BLE001 - whatever it is, it is told.
        result = {"error": traceback.format_exc()[-3000:]}
    used = resource.getrusage(resource.RUSAGE_SELF)
    return result | {"memory": _status("VmHWM"), "seconds": used.ru_utime + used.ru_stime}


def serve() -> None:
    """Answer requests until there are no more."""
    # Everything is imported once, so that each child is a copy that is ready.
    for suffix in (".md", ".txt", ".epub", ".docx", ".html"):
        read(b"", suffix)
    read(b"<p>Words and <math><mi>x</mi></math>", ".html")
    for line in sys.stdin:
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.close(reading)
            with os.fdopen(writing, "w", encoding="utf-8") as answer:
                json.dump(_child(json.loads(line)), answer)
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading, encoding="utf-8") as answer:
            said = answer.read()
        _child_id, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            said = json.dumps({"error": f"killed by signal {os.WTERMSIG(status)}"})
        print(said or json.dumps({"error": f"ended with {status}"}), flush=True)  # noqa: T201


if __name__ == "__main__":
    serve()
