from __future__ import annotations

from dataclasses import replace

from reader.document.model import Span, Text, map_texts
from reader.speech import Options, narrate
from reader.speech.ledger import ledger
from tests.speech.ledger.making import account, article, lost, run, text


def test_what_is_said_names_its_utterances() -> None:
    document = article(text("Eat well. Drink milk.", 2), text("Move.", 3))
    found = account([run("Eat well. Drink milk.", 2), run("Move.", 3)], document)
    one, two = (block.id for block in document.sections[0].blocks if isinstance(block, Text))
    assert [entry.utterances for entry in found.entries[1:]] == [(f"{one}.1", f"{one}.2"), (f"{two}.1",)]
    assert found.counts == {"spoken": 3, "announced": 0, "rule": 0, "lost": 0}


def test_what_the_narrator_drops_is_lost() -> None:
    document = article(text("Eat well. Drink milk.", 2), text("Move.", 3))
    script = narrate(document, document, Options())
    first = script.chapters[0]
    kept = tuple(each for each in first.utterances if "Drink" not in each.text and "Move" not in each.text)
    found = account([run("Eat well. Drink milk.", 2), run("Move.", 3)], document, replace(
        script, chapters=(replace(first, utterances=kept), *script.chapters[1:])
    ))  # fmt: skip
    assert lost(found) == [(2, "Drink milk."), (3, "Move.")]
    assert {entry.why for entry in found.lost} == {"not in the script"}


def test_a_translation_is_compared_block_by_block() -> None:
    source = article(text("Eat well.", 2), text("Move.", 3))
    words = {"Bones": "Huesos", "Eat well.": "Coma bien. Beba leche.", "Move.": "Muévase."}
    target = map_texts(source, lambda each: replace(each, spans=(Span(words[each.text]),), language="es"))
    target = replace(target, language="es")
    script = narrate(source, target, Options())
    runs = [run("Bones", 1), run("Eat well.", 2), run("Move.", 3)]
    assert ledger(runs, source, target, script).counts["lost"] == 0
    first = script.chapters[0]
    dropped = replace(first, utterances=tuple(each for each in first.utterances if "leche" not in each.text))
    script = replace(script, chapters=(dropped, *script.chapters[1:]))
    assert lost(ledger(runs, source, target, script)) == [(2, "Eat well.")]
