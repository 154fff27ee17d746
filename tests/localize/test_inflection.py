"""Terms in texts, in the forms that each language gives them, from the data of its `speech.toml`."""

from __future__ import annotations

import pytest

from reader.localize.inflection import TermFinder

# (language, term as the glossary has it, text, the words that are the term)
FORMS = [
    ("en", "Stem cell", "Many stem-cells, stem\n cells.", ["stem-cells", "stem\n cells"]),
    ("en", "Biopsy", "two biopsies", ["biopsies"]),
    ("en", "Metastasis", "no metastases", ["metastases"]),
    ("en", "Crohn's disease", "with Crohn’s disease", ["Crohn’s disease"]),
    ("en", "Donor", "the donor's sister", ["donor"]),
    ("en", "C++ (x)", "We use c++ (x) here.", ["c++ (x"]),
    ("en", "MS", "He has 5 ms. MS, two MRIs", ["MS"]),
    ("en", "MRI", "two MRIs", ["MRIs"]),
    ("en", "AIDS", "hearing aids", []),
    ("en", "cell", "a cellar, cancelled", []),
    ("en", "Immune system", "It is immune. System failure.", []),
    ("es", "Célula madre", "Las Células madre", ["Células madre"]),
    ("es", "Célula madre", "una microcélula madre", []),
    ("es", "Infección", "las infecciones", ["infecciones"]),
    ("es", "Donante autólogo", "donantes autólogos", ["donantes autólogos"]),
    ("es", "Imagen", "dos imágenes", ["imágenes"]),
    ("es", "Médico", "la medicina", []),
    ("fr", "Effet secondaire", "des effets secondaires", ["effets secondaires"]),
    ("fr", "Essai clinique", "L’essai clinique", ["essai clinique"]),
    ("fr", "Animal", "les animaux", ["animaux"]),
    ("de", "Arzt", "die Ärzte", ["Ärzte"]),
    ("de", "Krankenhaus", "in den Krankenhäusern", ["Krankenhäusern"]),
    ("de", "Klinische Studie", "in klinischen Studien", ["klinischen Studien"]),
    ("de", "Spender", "die Spenderinnen", ["Spenderinnen"]),
    ("de", "Spende", "der Spender", []),
    ("de", "Stammzelle", "eine Stammzelltransplantation; Stamm\u00adzellen", ["Stammzellen"]),
    ("it", "Malattia autoimmune", "le malattie autoimmuni", ["malattie autoimmuni"]),
    ("it", "Infezione", "un’infezione, due infezioni", ["infezione", "infezioni"]),
    ("it", "Donatore", "una donatrice", ["donatrice"]),
    ("pt-BR", "Infecção", "as infecções", ["infecções"]),
    ("pt-BR", "Ensaio clínico", "ensaios clínicos", ["ensaios clínicos"]),
    ("ru", "Стволовая клетка", "из стволовых клеток", ["стволовых клеток"]),
    ("ru", "Костный мозг", "в костном мозге", ["костном мозге"]),
    ("ru", "Костный мозг", "мозг и костный", []),
    ("ru", "Заболевание", "при заболеваниях", ["заболеваниях"]),
    ("ru", "Отёк", "от отеков", ["отеков"]),
    ("ru", "Рак", "ракурс, барак", []),
    ("ar", "الزراعة الذاتية", "وللزراعة الذاتية", ["وللزراعة الذاتية"]),
    ("ar", "الخلايا الجذعية", "بِالخَلايا الجذعية", ["بِالخَلايا الجذعية"]),
    ("ar", "التهاب", "بالالتهابات", ["بالالتهابات"]),
    ("ar", "زراعة", "زراعتها", ["زراعتها"]),
    ("ar", "دم", "قدم", []),
    ("hi", "बीमारी", "बीमारियों में, बीमारियाँ", ["बीमारियों", "बीमारियाँ"]),
    ("hi", "इन्फ़ेक्शन", "इन्फेक्शनों से", ["इन्फेक्शनों"]),
    ("hi", "दाना", "दाने", ["दाने"]),
    ("hi", "कीमोथेरेपी", "रेडिएशन थेरेपी", []),
    ("ja", "幹細胞", "造血幹細胞を", ["幹細胞"]),
    ("ja", "ドナー", "ドナーカードとドナーの", ["ドナー"]),
    ("ja", "MS", "MSの治療、HMSの", ["MS"]),
    ("zh-Hans", "干细胞", "我们用干细胞治疗", ["干细胞"]),
    # No data: as it stands.
    ("tlh", "Qel", "Qel, Qelpu", ["Qel"]),
]


@pytest.mark.parametrize(("language", "term", "text", "found"), FORMS)
def test_the_forms_of_a_term(language: str, term: str, text: str, found: list[str]) -> None:
    plain = text.replace("\u00ad", "")
    assert [plain[each.start : each.end] for each in TermFinder([(0, term)], language).find(text)] == found


def test_the_longest_term_counts_and_what_lies_inside_it_does_not() -> None:
    finder = TermFinder(enumerate(["cell", "stem cell", "stem cell transplantation"]), "en")
    assert [each.number for each in finder.find("Stem cells; stem cell transplantation; a cell.")] == [
        1,
        2,
        0,
    ]


def test_in_a_script_without_spaces_too() -> None:
    finder = TermFinder(enumerate(["感染", "感染症"]), "ja")
    assert [each.number for each in finder.find("感染症と感染")] == [1, 0]


def test_several_terms_may_be_one_entry() -> None:
    finder = TermFinder([(7, "Multiple sclerosis"), (7, "MS")], "en")
    assert [each.number for each in finder.find("MS is multiple sclerosis.")] == [7, 7]


def test_a_term_without_letters_is_never_found() -> None:
    finder = TermFinder([(0, "—"), (1, "")], "en")
    assert not finder
    assert list(finder.find("a — b")) == []
