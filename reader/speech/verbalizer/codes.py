"""Acronyms, and codes of letters and digits: MRI, CD4+, IL-6, BRCA1, H₂O."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reader.speech.verbalizer.language import Language
from reader.speech.verbalizer.numbers import Number, speller

_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉₊₋⁺⁻", "0123456789+-+-")
_SUPERSCRIPTS = str.maketrans("¹²³⁴⁺⁻\u2212", "1234+--")
_ELEMENTS = "Na|K|Ca|Mg|Cl|Fe|Zn|Cu|Li|H|Al|Mn|I|F"
"""Those whose ions articles speak of."""
_PIECE = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]+|[a-z]+|[0-9]+(?:[.,][0-9]+)?|[\u0370-\u03ff]|[+-]")

_SPELLED_BY_VOICES = 3
"""eSpeak NG spells up to so many capitals, word or not ("PET", "HER"); small letters it says."""


class Codes:
    """Finds and says them in a language."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._speller = speller(language)
        table = language.acronyms
        self._spoken = frozenset(table.get("spoken", ()))
        self._spelled = frozenset(table.get("spelled", ()))
        self._plural = str(table.get("plural", ""))
        self._plural_join = str(table.get("plural_join", " "))
        self._longest = int(table.get("longest_number", 3))
        self._positive = str(table.get("positive", language.numbers.get("plus", "+")))
        edge = "A-Za-z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u03ff"
        if language.spaced and not table.get("attached"):
            edge = r"\w"
        self._code = re.compile(
            rf"(?<![{edge}₀-₉/.@#_°º])(?<![A-Z0-9]-)"
            r"(?!(?<=[0-9][ \u00a0\u202f])[A-Z][-\u2010\u2011][0-9])"  # 10 L-15 L: a unit.
            r"(?=[A-Za-z\u0370-\u03ff+-]*[0-9₀-₉\u0370-\u03ff]|[A-Z][a-z]?[₊⁺])"
            r"(?:[A-Z][A-Za-z]{0,5}|[a-z]{1,2}(?=[A-Z]))(?:[-\u2010\u2011]?(?:[A-Z]{1,6}[a-z]?|[0-9]{1,4}|[₀-₉]+|[\u0370-\u03ff]))+"
            rf"(?:[a-z](?![a-z]))?(?:[+₊⁺](?!\d)|[₋⁻])?(?![{edge}₀-₉@_]|[.-]\d)"
        )
        self._ion = re.compile(rf"(?<![{edge}])({_ELEMENTS})([1-4¹²³⁴]?[+\u2212⁺⁻])(?![{edge}])")
        letters = str(table.get("letters", ""))  # those of another script
        more = f"|[{letters}]{{2,7}}" if letters else ""
        vowels = f"AEIOUY{table.get('vowels', '')}"
        self._vowels = re.compile(f"[{vowels}]")
        self._syllable = re.compile(rf"[^\W{vowels}][{vowels}][^\W{vowels}]")
        plural = f"(?P<s>[{self._plural}])?" if self._plural else "(?P<s>(?!))?"
        self._acronym = re.compile(rf"(?<![{edge}@_.])(?P<a>[A-Z]{{2,7}}{more}){plural}(?![{edge}@_])")

    def found(self, text: str) -> Iterator[tuple[int, int, str]]:
        """(start, end, words) of codes that mix letters and digits."""
        for match in self._ion.finditer(text):
            digits = match[2].translate(_SUPERSCRIPTS)
            words = [*match[1].upper(), *(self._number(each) if each.isdigit() else "" for each in digits)]
            sign = self._plus if digits.endswith("+") else str(self._language.numbers.get("minus", "-"))
            yield match.start(), match.end(), self._joined([*filter(None, words), sign])
        for match in self._code.finditer(text):
            said = self._said(match[0])
            if said is not None:
                hyphen = _leads_on(text, match.end())
                yield match.start(), match.end() + hyphen, f"{said} " if hyphen else said

    def _said(self, code: str) -> str | None:
        plain = code.translate(_SUBSCRIPTS).replace("\u2010", "-").replace("\u2011", "-")
        pieces = _PIECE.findall(plain)
        words: list[str] = []
        for at, piece in enumerate(pieces):
            if piece == "-":
                if at == len(pieces) - 1:
                    words.append(str(self._language.numbers.get("minus", "-")))
            elif piece == "+":
                words.append(self._positive if len(pieces[0]) > 1 and len(pieces) > 2 else self._plus)
            elif piece[0].isdigit():
                words.append(self._number(piece))
            elif piece in self._language.greek:
                words.append(self._language.greek[piece])
            elif piece in self._spoken or (piece[0].isupper() and len(piece) > 2 and piece[1:].islower()):
                short = 1 < len(piece) <= _SPELLED_BY_VOICES and piece.isupper()
                words.append(piece.lower() if short else piece)
            else:
                words += list(piece)
        return self._joined(words)

    def _joined(self, words: list[str]) -> str:
        said = ""
        for word in words:
            said += self._language.gap(said, word) + word
        return said

    @property
    def _plus(self) -> str:
        return str(self._language.numbers.get("plus", "+"))

    def _number(self, digits: str) -> str:
        if not digits.isdigit():
            return digits
        if len(digits) > self._longest or (len(digits) > 1 and digits[0] == "0"):
            return self._speller.digits(digits)
        return self._speller.number(Number(digits))

    def acronyms(self, text: str) -> Iterator[tuple[int, int, str]]:
        """(start, end, words) of acronyms that are said letter by letter."""
        shouted = self._language.spaced and _shouted(text)
        for match in self._acronym.finditer(text):
            letters = match["a"]
            short = len(letters) <= _SPELLED_BY_VOICES and not match["s"]
            if short and letters in self._spoken and not shouted:
                opens = text[: match.start()].rstrip()[-1:] in ("", ".", "!", "?")
                yield match.start(), match.end(), letters.capitalize() if opens else letters.lower()
                continue
            if not self._is_spelled(letters, shouted):
                continue
            said = " ".join(letters) + (self._plural_join + match["s"] if match["s"] else "")
            if _leads_on(text, match.end()):
                yield match.start(), match.end() + 1, f"{said} "
            else:
                yield match.start(), match.end(), said

    def _is_spelled(self, letters: str, shouted: bool) -> bool:
        if letters in self._spoken:
            return False
        if letters in self._spelled:
            return True
        if len(letters) == 3 and self._syllable.fullmatch(letters):
            return False  # MIX, PET: a word in capitals as likely as letters.
        return not shouted and (len(letters) < 4 or not self._vowels.search(letters[1:-1]))


def _leads_on(text: str, at: int) -> bool:
    """Whether a hyphen joins a word to what ends here: HIV-positive."""
    after = text[at + 1 : at + 2]
    return text[at : at + 1] in ("-", "\u2010", "\u2011") and after.isalpha() and not after.isupper()


def _shouted(text: str) -> bool:
    """Whether the text is in capitals as a whole."""
    capitals = sum(map(str.isupper, text))
    return capitals > max(12, 4 * (sum(map(str.isalpha, text)) - capitals))
