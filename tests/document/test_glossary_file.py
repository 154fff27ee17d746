"""A glossary beside an article: CSV, TBX of 2008 and of 2019; what is broken, or hostile, is refused."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from reader.document import Entry, load
from reader.document.glossary_file import beside, read
from reader.errors import ArticleError
from reader.localize import localize
from reader.localize.catalog import extract

CSV = """\
term,definition,language
Donor,"A person who gives, to others.",en
Donante,Persona que da.,es
Marrow,Soft tissue.,
"""

MARTIF = """\
<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en">
 <martifHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></martifHeader>
 <text><body>
  <termEntry id="1">
   <langSet xml:lang="en">
    <descripGrp><descrip type="definition">Who <hi>gives</hi>.</descrip></descripGrp>
    <tig><term>giver</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig>
    <ntig><termGrp><term>Donor</term></termGrp></ntig>
   </langSet>
   <langSet xml:lang="es">
    <descrip type="definition">Quien da.</descrip><tig><term>Donante</term></tig>
   </langSet>
  </termEntry>
  <termEntry>
   <descrip type="definition">Soft tissue.</descrip>
   <langSet xml:lang="en"><tig><term>Marrow</term></tig></langSet>
   <langSet xml:lang="de"><tig><term>Mark</term></tig></langSet>
  </termEntry>
  <termEntry><langSet xml:lang="en"><tig><term>Undefined</term></tig></langSet></termEntry>
 </body></text>
</martif>
"""

TBX3 = """\
<?xml version="1.0" encoding="UTF-8"?>
<tbx style="dct" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
  xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
 <tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader>
 <text><body>
  <conceptEntry id="c1">
   <langSec xml:lang="en-US">
    <basic:definition>Who gives.</basic:definition>
    <termSec><term>giver</term><min:administrativeStatus>supersededTerm-admn-sts</min:administrativeStatus></termSec>
    <termSec><term>Donor</term></termSec>
   </langSec>
   <langSec xml:lang="es">
    <basic:definition>Quien da.</basic:definition><termSec><term>Donante</term></termSec>
   </langSec>
  </conceptEntry>
  <conceptEntry id="c2">
   <descripGrp><descrip type="definition">Soft tissue.</descrip></descripGrp>
   <langSec xml:lang="en"><termSec><term>Marrow</term></termSec></langSec>
   <langSec xml:lang="de"><termSec><term>Mark</term></termSec></langSec>
  </conceptEntry>
 </body></text>
</tbx>
"""


def told(entries: tuple[Entry, ...]) -> list[tuple[str, str]]:
    return [(each.terms[0].text, each.definitions[0].text) for each in entries]


def test_a_csv() -> None:
    entries = read(CSV.encode(), "g.csv", "en")
    assert told(entries) == [("Donor", "A person who gives, to others."), ("Marrow", "Soft tissue.")]
    term, definition = entries[0].terms[0], entries[0].definitions[0]
    assert (term.translations, definition.translations) == (
        (("es", "Donante"),),
        (("es", "Persona que da."),),
    )
    assert term.place is not None
    assert entries[1].terms[0].place is not None
    assert (term.place.file, term.place.line, entries[1].terms[0].place.line) == ("g.csv", 2, 4)


@pytest.mark.parametrize(
    "text",
    [
        "Donor,Gives.\n",
        "\ufeffDonor;Gives.\n",
        "definition\tterm\nGives.\tDonor\n",
        "\n\nDonor,Gives.,en-GB\n\n",
        'Donor,"Gives."\r\n',
    ],
)
def test_the_ways_to_write_a_csv(text: str) -> None:
    assert told(read(text.encode("utf-8"), "g.csv", "en")) == [("Donor", "Gives.")]


def test_a_cell_of_several_lines_keeps_the_count(tmp_path: Path) -> None:
    entries = read(b'term,definition\nA,"one\ntwo"\nB,three\n', "g.csv", "en")
    assert told(entries) == [("A", "one two"), ("B", "three")]
    place = entries[1].terms[0].place
    assert place is not None
    assert place.line == 4


@pytest.mark.parametrize("text", [MARTIF, TBX3])
def test_both_dialects_of_tbx(text: str) -> None:
    entries = read(text.encode(), "g.tbx", "en")
    assert told(entries) == [("Donor", "Who gives."), ("Marrow", "Soft tissue.")]
    donor, marrow = entries
    # A term that should not be used is known in the text, and never said.
    assert donor.terms[0].forms == ("giver",)
    assert donor.terms[0].translations == (("es", "Donante"),)
    assert donor.definitions[0].translations == (("es", "Quien da."),)
    assert marrow.terms[0].translations == (("de", "Mark"),)
    assert donor.terms[0].place is not None
    assert donor.terms[0].place.line in (6, 7)


def test_a_tbx_serves_an_article_in_any_of_its_languages() -> None:
    assert told(read(MARTIF.encode(), "g.tbx", "es")) == [("Donante", "Quien da.")]
    assert told(read(TBX3.encode(), "g.tbx", "en-GB"))[0] == ("Donor", "Who gives.")


BOMB = '<!DOCTYPE martif [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><martif>&b;</martif>'
OUTSIDE = '<!DOCTYPE martif [<!ENTITY a SYSTEM "file:///etc/passwd">]><martif>&a;</martif>'


@pytest.mark.parametrize(
    ("name", "text", "where", "problem"),
    [
        ("g.csv", "Donor,Gives.\nMarrow\n", "g.csv, line 2", "needs a term and a definition"),
        ("g.csv", "Donor,Gives.\nMarrow,Soft,klingonish\n", "g.csv, line 2", "klingonish"),
        ("g.csv", "Donante,Da.,es\n", "g.csv, line 1", "there is none"),
        ("g.csv", 'Donor,"Gives."x\n', "g.csv, line 1", "not valid CSV"),
        ("g.csv", 'Donor,"Gives.\n', "g.csv, line 1", "not valid CSV"),
        ("g.csv", "term,definition\n", "g.csv", "no term with a definition"),
        ("g.tbx", "<martif>\n<text></martif>", "g.tbx, line 2", "not well-formed"),
        ("g.tbx", "no XML", "g.tbx, line 1", "not well-formed"),
        ("g.tbx", "<html/>", "g.tbx", "no TBX file"),
        ("g.tbx", "<martif/>", "g.tbx", "no term with a definition"),
        ("g.tbx", MARTIF.replace('"es"', '"klingonish"'), "g.tbx, line 12", "klingonish"),
        ("g.tbx", BOMB, "g.tbx", "declares entities"),
        ("g.tbx", OUTSIDE, "g.tbx", "declares entities"),
        ("g.tbx", "<martif>" + "<a>" * 100_000, "g.tbx, line 1", "not well-formed"),
        ("g.tbx", "<martif>" + "<a/>" * 3_000_001 + "</martif>", "g.tbx", "tags and attributes"),
    ],
)
def test_what_is_broken_or_hostile_is_refused_with_its_place(
    name: str, text: str, where: str, problem: str
) -> None:
    with pytest.raises(ArticleError) as raised:
        read(text.encode(), name, "en")
    assert raised.value.where == where
    assert problem in str(raised.value)


def article(folder: Path, **files: str) -> Path:
    path = folder / "a.md"
    path.write_text("---\nlanguage: en\n---\n\n# A\n\nMarrow of a donor.\n", encoding="utf-8")
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(textwrap.dedent(text), encoding="utf-8")
    return path


def test_the_file_beside_the_article_is_read(tmp_path: Path) -> None:
    path = article(tmp_path, a__glossary__csv=CSV)
    assert beside(path) == tmp_path / "a.glossary.csv"
    document = load(path)
    assert told(document.glossary) == [
        ("Donor", "A person who gives, to others."),
        ("Marrow", "Soft tissue."),
    ]
    assert all(text.id and text.language == "en" for entry in document.glossary for text in entry.terms)


def test_an_article_that_is_itself_such_a_file_is_not_its_own_glossary(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Donor,Gives.\n", encoding="utf-8")
    assert beside(tmp_path / "a.csv") is None


def test_the_file_that_is_named_is_read_instead(tmp_path: Path) -> None:
    path = article(tmp_path, a__glossary__csv=CSV, other__tbx=TBX3)
    assert load(path, glossary=tmp_path / "other.tbx").glossary[0].definitions[0].text == "Who gives."
    with pytest.raises(ArticleError, match="no such file"):
        load(path, glossary=tmp_path / "none.csv")


def test_its_words_are_messages_of_the_articles_catalog(tmp_path: Path) -> None:
    template = extract(load(article(tmp_path, a__glossary__csv=CSV)), root=tmp_path)
    found = {(each.context, each.id): each.locations for each in template.messages()}
    assert found["term", "Marrow"] == [("a.glossary.csv", 4)]
    assert found["definition", "Soft tissue."] == [("a.glossary.csv", 4)]


def test_its_translations_serve_where_no_catalog_translates(tmp_path: Path) -> None:
    document = load(article(tmp_path, a__tbx=MARTIF))
    spanish = localize(document, "es-MX", locales=tmp_path).document.glossary
    assert told(spanish) == [("Donante", "Quien da."), ("Marrow", "Soft tissue.")]
    assert {text.language for text in (spanish[0].terms[0], spanish[0].definitions[0])} == {"es-MX"}
    folder = tmp_path / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "a.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nX-Article-Id: a\\nLanguage: es\\n"\n\n'
        'msgctxt "term"\nmsgid "Donor"\nmsgstr "Donador"\n',
        encoding="utf-8",
    )
    localized = localize(document, "es-MX", locales=tmp_path)
    assert told(localized.document.glossary)[0] == ("Donador", "Quien da.")
    untranslated = [text.text for text in localized.coverage.untranslated]
    assert "Marrow" in untranslated
    assert "Who gives." not in untranslated
