from __future__ import annotations

import inspect
import pickle

import pytest

from reader import errors
from reader.errors import ReaderError

ALL = [
    kind for _, kind in inspect.getmembers(errors, inspect.isclass)
    if kind.__module__ == errors.__name__ and issubclass(kind, Exception)
]  # fmt: skip


@pytest.mark.parametrize("kind", ALL)
def test_every_error_is_of_the_tree(kind: type[Exception]) -> None:
    assert issubclass(kind, ReaderError)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("kind", ALL)
def test_travels_between_processes(kind: type[ReaderError], protocol: int) -> None:
    sent = kind("The file is empty.", where="article.md, line 12", advice="Write something into it.")
    received = pickle.loads(pickle.dumps(sent, protocol))
    assert type(received) is kind
    assert str(received) == str(sent)
    assert (received.problem, received.where, received.advice) == (sent.problem, sent.where, sent.advice)
    assert received.exit_code == sent.exit_code


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize(
    ("where", "advice", "rendered"),
    [
        ("", "", "The file is empty."),
        ("a.md, line 12", "", "a.md, line 12: The file is empty."),
        ("", "Write something.", "The file is empty. Write something."),
        ("a.md", "Write something.", "a.md: The file is empty. Write something."),
    ],
)
def test_renders_what_where_and_what_next(
    kind: type[ReaderError], where: str, advice: str, rendered: str
) -> None:
    assert str(kind("The file is empty.", where=where, advice=advice)) == rendered


@pytest.mark.parametrize("kind", ALL)
def test_the_docstring_draws_the_tree_with_its_exit_codes(kind: type[ReaderError]) -> None:
    drawn = [line.strip(" │├└─").split() for line in (errors.__doc__ or "").splitlines()]
    [code] = [line[1] for line in drawn if line and line[0] == kind.__name__]
    assert code.split("/")[0] == str(kind.exit_code)
