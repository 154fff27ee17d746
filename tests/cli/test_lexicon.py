"""`reader lexicon check`, and the lexicon in `reader say`."""

from __future__ import annotations

import json
from pathlib import Path

from tests.conftest import Command

HEAD = (
    '<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa"'
    ' xml:lang="en">'
)


def written(path: Path, *lexemes: str) -> Path:
    path.write_text("\n".join([HEAD, *lexemes, "</lexicon>"]), encoding="utf-8")
    return path


def lexeme(grapheme: str, phonemes: str) -> str:
    return f"<lexeme><grapheme>{grapheme}</grapheme><phoneme>{phonemes}</phoneme></lexeme>"


def test_a_lexicon_without_faults(reader: Command, tmp_path: Path, root: Path) -> None:
    written(tmp_path / "a.pls", lexeme("a", "eɪ"))
    run = reader("lexicon", "check", "a.pls", root / "locales" / "es" / "lexicon.pls")
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.splitlines()[0] == "a.pls: 1 word in English; nothing is wrong."
    assert "words in Spanish; nothing is wrong." in run.stdout


def test_faults_and_files_that_are_none(reader: Command, tmp_path: Path) -> None:
    written(tmp_path / "a.pls", lexeme("a", "eɪ"), lexeme("a", ""), lexeme("b", "&#x416;"))
    (tmp_path / "b.pls").write_text("<html/>", encoding="utf-8")
    run = reader("lexicon", "check", "a.pls", "b.pls", "c.pls")
    assert run.returncode == 1
    assert run.stdout.splitlines() == [
        "a.pls:3: “a”: the phonemes are empty.",
        "a.pls:3: “a” stands already in line 2, which is the one that counts.",
        "a.pls:4: “b”: not in IPA: Ж.",
    ]
    lines = run.stderr.splitlines()
    assert len(lines) == 2
    assert "b.pls:1: is not a pronunciation lexicon" in lines[0]
    assert "c.pls: cannot be read" in lines[1]


def test_say_uses_the_lexicons(reader: Command, tmp_path: Path) -> None:
    def phonemes(*options: str) -> str:
        run = reader("say", "the zzq", "-l", "en", "--phonemes", *options)
        assert run.returncode == 0, run.stderr
        return run.stdout.split("\t")[1].strip()

    assert phonemes() == "ðə zˌiːzˌiːkjˈuː"
    written(tmp_path / "house.pls", lexeme("zzq", "ˈhaʊs"))
    assert phonemes("--lexicon", "house.pls") == "ðə hˈaʊs"
    written(tmp_path / "lexicon.pls", lexeme("zzq", "ˈnɪr"))
    assert phonemes("--lexicon", "house.pls") == "ðə nˈɪɹ"
    run = reader("say", "[zzq]{ph=ˈluːpəs} zzq", "-l", "en", "--phonemes")
    assert [line.split("\t")[1] for line in run.stdout.splitlines()] == ["lˈuːpəs", "nˈɪɹ"]
    run = reader("say", "the rituximab", "-l", "en", "--phonemes")
    assert run.stdout.strip().endswith("ðə ɹɪtˈʌksɪmˌæb") or "ɹɪtˈʌksɪmæb" in run.stdout


def test_what_a_voice_could_not_follow_is_told(reader: Command, tmp_path: Path) -> None:
    written(tmp_path / "lexicon.pls", lexeme("zzq", "kЖt"))
    run = reader("say", "the zzq", "-l", "en", "-o", "a.mp3")
    assert run.returncode == 0, run.stderr
    assert run.stderr == "The voice says “zzq” in its own way, not as the lexicon has it.\n"
    (tmp_path / "a.md").write_text("# T\n\nThe zzq and the zzq. The HSCT.\n", encoding="utf-8")
    run = reader("narrate", "a.md", "--source-language", "en")
    assert run.returncode == 0, run.stderr
    assert "the voice says 1 word in its own way, not as the lexicon has it: “zzq”." in run.stderr
    form = json.loads((tmp_path / "audio" / "a" / "en" / "reader.json").read_text(encoding="utf-8"))
    assert [each["text"] for each in form["unhonoured"]] == ["zzq", "zzq"]


def test_a_lexicon_that_is_none_ends_the_run_with_one_sentence(reader: Command, tmp_path: Path) -> None:
    (tmp_path / "lexicon.pls").write_text("<html/>", encoding="utf-8")
    (tmp_path / "a.md").write_text("# T\n\nThe zzq.\n", encoding="utf-8")
    english = ("a.md", "--source-language", "en")
    for arguments in (("narrate", *english), ("say", "zzq", "-l", "en", "-o", "a.mp3"), ("script", *english)):
        run = reader(*arguments)
        assert run.returncode == 1
        assert "lexicon.pls:1: is not a pronunciation lexicon" in run.stderr


def test_an_alias_is_said_otherwise(reader: Command, tmp_path: Path) -> None:
    text = "<lexeme><grapheme>HSCT</grapheme><alias>stem cell transplant</alias></lexeme>"
    written(tmp_path / "lexicon.pls", text)
    (tmp_path / "a.md").write_text("# T\n\nAfter HSCT you rest.\n", encoding="utf-8")
    run = reader("check", "a.md", "--source-language", "en")
    assert run.returncode == 0, run.stdout
    assert "a.md:3: said otherwise (a word of the lexicon): “After HSCT you rest.”" in run.stdout
