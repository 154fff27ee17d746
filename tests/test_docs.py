"""What docs/ says of the commands and the settings is what they do."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from operator import attrgetter
from pathlib import Path

import click
import pytest

from reader.cli.commands import reader as command
from reader.settings import Settings, option_names
from reader.speech.pauses import Pauses


def leaves(group: click.Group, words: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """(words of the command line, command) of everything that can be run."""
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        assert found is not None
        if isinstance(found, click.Group):
            yield from leaves(found, (*words, name))
        else:
            yield " ".join((*words, name)), found


LEAVES = list(leaves(command))
OPTIONS = [
    (verb, spelled)
    for verb, found in LEAVES
    for parameter in found.params
    if isinstance(parameter, click.Option)
    for spelled in (*parameter.opts, *parameter.secondary_opts)
]
SHARED = {"narrate", "outline", "script", "check"}


@pytest.fixture(scope="module")
def sections(root: Path) -> dict[str, str]:
    """Title of a section of docs/commands.md to its text."""
    text = (root / "docs" / "commands.md").read_text(encoding="utf-8")
    parts = re.split(r"(?m)^## +(.*)$", text)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def section(sections: dict[str, str], verb: str) -> str:
    found = [title for title in sections if re.match(rf"`reader {verb}\b", title)]
    assert len(found) == 1, f"docs/commands.md has no section of its own for `reader {verb}`"
    return found[0] + sections[found[0]]


@pytest.mark.parametrize("verb", [verb for verb, _found in LEAVES])
def test_every_verb_is_documented(sections: dict[str, str], verb: str) -> None:
    assert section(sections, verb).strip()


@pytest.mark.parametrize(("verb", "option"), OPTIONS)
def test_every_option_is_documented_with_its_verb(sections: dict[str, str], verb: str, option: str) -> None:
    text = section(sections, verb)
    if verb in SHARED:
        text += sections["Options that shape what is said"]
    assert re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", text), f"{verb} {option}"


def test_every_documented_verb_and_option_is_there(sections: dict[str, str]) -> None:
    verbs = {verb for verb, _found in LEAVES}
    documented = {
        " ".join(re.findall(r"(?<= )[a-z]+(?![\w.])", title.strip("`")))
        for title in sections if title.startswith("`reader ")
    }  # fmt: skip
    assert documented == verbs
    known = {option for _verb, option in OPTIONS} | {
        spelled for parameter in command.params for spelled in parameter.opts
    }
    known |= {"-h", "--help"}
    text = "".join(title + body for title, body in sections.items())
    assert set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*(?![\w-])", text)) <= known


def test_options_of_the_group_are_documented(sections: dict[str, str]) -> None:
    for parameter in command.params:
        for option in parameter.opts:
            assert f"`{option}`" in sections["For all"]


def test_exit_codes_are_documented(sections: dict[str, str]) -> None:
    codes = set(re.findall(r"\d+", " ".join(re.findall(r"(?m)^\|([\d, ]+)\|", sections["Exit codes"]))))
    assert codes == {"0", "1", "2", "3", "4", "5", "130", "143"}


def test_every_setting_is_documented_with_its_default(root: Path) -> None:
    text = (root / "docs" / "settings.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"(?m)^\| `([\w.]+)` \|(.*)\|$", text))
    assert set(rows) == set(option_names())
    for each in fields(Pauses):
        assert f" {each.default} |" in rows[f"pauses.{each.name}"]
    defaults = Settings()
    for name in set(rows) - {f"pauses.{each.name}" for each in fields(Pauses)}:
        value = attrgetter(name)(defaults)
        written = json.dumps(list(value) if isinstance(value, tuple) else value)
        assert f"`{written}`" in rows[name], name


@pytest.mark.parametrize("page", ["README.md", "docs/commands.md", "docs/settings.md", "docs/translating.md"])
def test_verbs_in_the_text_exist(root: Path, page: str) -> None:
    known = {word for verb, _found in LEAVES for word in (verb, verb.split()[0])}
    for line in re.findall(r"[`\n]reader ([a-z]+(?: [a-z]+)?)", (root / page).read_text(encoding="utf-8")):
        assert line in known or line.split()[0] in known, line


def test_a_library_on_paper_follows_from_the_table_of_inputs(root: Path) -> None:
    command = [sys.executable, "scripts/scale_on_paper.py", "--check"]
    assert subprocess.run(command, cwd=root, check=False).returncode == 0
