"""The article in a web page: what surrounds it is left out, and said so.

The page's own markup is believed first (``main``, ``article``, ARIA's landmarks); then names that sites
give to their furniture. What holds much of the page's words is never furniture, whatever its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile

from lxml import etree
from lxml.etree import _Element

from reader.document.html.elements import classes, heading_level, is_hidden, roles
from reader.document.html.tree import NOT_SHOWN, tag_of
from reader.document.model import Reason

_ENOUGH = 200
"""Characters of text that a page's main part has at least; with fewer it is not believed."""

_MUCH = 0.4
"""Share of the article's words beyond which nothing is furniture."""

_LANDMARKS: dict[str, Reason] = {
    "navigation": "navigation", "search": "navigation", "menu": "navigation", "menubar": "navigation",
    "directory": "navigation", "doc-toc": "navigation", "doc-pagelist": "navigation", "toolbar": "navigation",
    "banner": "page furniture", "contentinfo": "page furniture", "alertdialog": "page furniture",
    "dialog": "page furniture",
}  # fmt: skip

_NAVIGATION = frozenset(
    """nav navbar navigation navheader navfooter menu menubar breadcrumb breadcrumbs toc tableofcontents
    table-of-contents mw-editsection headerlink permalink skip-link skiplink skip-to-content pagination
    pager prevnext related sphinxsidebar docnav mw-jump-link navlinks nav-links localtoc catlinks mw-
    navigation printfooter footer-nav language-switcher langswitch""".split()  # noqa: SIM905
)
_FURNITURE = frozenset(
    """cookie cookies cookie-banner cookie-consent cookie-notice consent gdpr newsletter share sharing
    social social-share share-buttons advert advertisement ads banner site-header site-footer noprint
    popup modal subscribe""".split()  # noqa: SIM905
)
"""Classes and ids by which sites name what surrounds their articles."""

_PARTS_OF_PAGES = frozenset(
    "nav navbar menu header hdr footer ftr sidebar breadcrumb breadcrumbs search toolbar".split()  # noqa: SIM905
)
"""Words in such names (``site_hdr-nav``), believed of what is mostly links."""
_MOSTLY = 0.6
"""Share of letters in links."""

_COOKIES = re.compile(r"cookie|consent|gdpr", re.IGNORECASE)


@dataclass(slots=True)
class _Measure:
    """What an element holds, in its own elements too."""

    characters: int = 0
    letters: int = 0
    links: int = 0
    """Links to places on the page."""
    others: int = 0
    """Links to elsewhere."""
    linked: int = 0
    """Letters in links."""
    titles: int = 0
    """Headings of the first level that have words."""

    def add(self, text: str | None, *, linked: bool) -> None:
        """Count words."""
        if text and (words := " ".join(text.split())):
            letters = sum(map(str.isalpha, words))
            self.characters += len(words)
            self.letters += letters
            self.linked += letters if linked else 0


_Measures = Mapping[_Element, _Measure]


def surroundings(root: _Element) -> dict[_Element, Reason]:
    """The elements of a page that are not its article, each with the reason."""
    dropped: dict[_Element, Reason] = {}
    body = next(root.iter("body"), root)
    measures = _measured(body)
    main = _main(body, measures)
    if main is not None:
        _outside(body, main, dropped, measures)
    _furniture(main if main is not None else body, dropped, measures)
    return dropped


def _measured(body: _Element) -> dict[_Element, _Measure]:
    """The measures of all elements, in one walk: elements are nested, and each would be walked again."""
    measures: dict[_Element, _Measure] = {}
    within: list[_Measure] = []
    hidden = links = 0
    for event, element in etree.iterwalk(body, events=("start", "end")):
        tag = tag_of(element)
        if event == "start":
            hidden += tag in NOT_SHOWN or not tag
            links += tag == "a"
            own = measures[element] = _Measure()
            within.append(own)
            if not hidden:
                own.add(element.text, linked=links > 0)
            continue
        hidden -= tag in NOT_SHOWN or not tag
        links -= tag == "a"
        own = within.pop()
        if tag == "a":
            local = (element.get("href") or "").startswith("#")
            own.links, own.others = own.links + local, own.others + (not local)
        own.titles += tag == "h1" and own.characters > 0
        if within:
            above = within[-1]
            for name in _Measure.__slots__:
                setattr(above, name, getattr(above, name) + getattr(own, name))
            if not hidden:
                above.add(element.tail, linked=links > 0)
    return measures


def _main(body: _Element, measures: _Measures) -> _Element | None:
    """The element that the page says is its article; None: none is."""
    mains = [each for each in body.iter() if tag_of(each) == "main" or "main" in roles(each)]
    mains = [each for each in mains if not is_hidden(each)]
    articles = [each for each in body.iter("article") if not is_hidden(each)]
    outer = [
        each for each in articles if not any(tag_of(above) == "article" for above in each.iterancestors())
    ]
    for found in (mains, outer):
        if len(found) == 1 and measures[found[0]].characters >= _ENOUGH:
            return found[0]
    return None


def _outside(body: _Element, main: _Element, dropped: dict[_Element, Reason], measures: _Measures) -> None:
    """Leave out what stands beside the main part; but its title, if that stands there."""
    kept = {main, *main.iterancestors()}
    if not any(heading_level(each) == 1 for each in main.iter() if tag_of(each)):
        titles = [each for each in body.iter("h1") if not is_hidden(each) and measures[each].characters]
        if len(titles) == 1:
            kept |= {titles[0], *titles[0].iterancestors()}
    for element in list(kept):
        if element is main or tag_of(element) in ("html", "h1"):
            continue
        for child in element:
            if tag_of(child) and child not in kept:
                dropped[child] = _reason(child) or "outside the article"


def _furniture(article: _Element, dropped: dict[_Element, Reason], measures: _Measures) -> None:
    whole = max(1, measures[article].characters)
    inner = tag_of(article) != "body"
    for element in _candidates(article, dropped):
        reason = _reason(element)
        if reason is None and not inner and tag_of(element) in ("header", "footer") and _is_of_page(element):
            reason = "page furniture"
        if reason is None and (
            _is_contents(element, measures[element]) or _is_menu(element, measures[element])
        ):
            reason = "navigation"
        if reason is None or (tag_of(element) != "nav" and measures[element].characters > _MUCH * whole):
            continue
        title = None
        if measures[element].titles:
            title = next((each for each in element.iter("h1") if measures[each].characters), None)
        if title is None:
            dropped[element] = reason
        else:  # The head of a page that holds the article's title.
            way = {title, *title.iterancestors()}
            for each in [
                element,
                *takewhile(lambda above: above is not element, title.iterancestors()),  # noqa: B023
            ]:
                for child in each:
                    if (
                        tag_of(child)
                        and child not in way
                        and heading_level(child) == 0
                        and tag_of(child) != "p"
                    ):
                        dropped[child] = reason


def _candidates(article: _Element, dropped: dict[_Element, Reason]) -> Iterator[_Element]:
    """All elements in order, but for those in one that has been dropped."""
    stack = [iter(article)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif tag_of(element) and element not in dropped:
            yield element
            if element not in dropped:
                stack.append(iter(element))


def _reason(element: _Element) -> Reason | None:
    """Why an element is no part of an article, by its tag, role or name."""
    tag = tag_of(element)
    if tag == "nav":
        return "navigation"
    if heading_level(element) or tag in (
        "body",
        "main",
        "article",
        "p",
        "em",
        "strong",
        "code",
        "pre",
        "td",
        "tr",
    ):
        return None
    for role in roles(element):
        if role in _LANDMARKS and not (role in ("banner", "contentinfo") and tag == "article"):
            return _LANDMARKS[role]
    if not element.attrib:
        return None
    names = classes(element) | {(element.get("id") or "").lower()}
    if names & _NAVIGATION:
        return "navigation"
    if names & _FURNITURE:
        return "page furniture"
    for name in names:
        if _COOKIES.search(name) and tag in ("div", "section", "aside", "dialog", "form"):
            return "page furniture"
    return None


def _is_of_page(element: _Element) -> bool:
    return not any(
        tag_of(above) in ("article", "section", "main", "aside") for above in element.iterancestors()
    )


def _is_menu(element: _Element, measure: _Measure) -> bool:
    """Whether its name calls it a part of the page that leads elsewhere, and it does little else."""
    if not element.attrib or measure.others < 2 or measure.linked < _MOSTLY * measure.letters:
        return False
    if heading_level(element) or tag_of(element) in ("body", "main", "article", "p", "td", "tr", "table"):
        return False
    names = classes(element) | {(element.get("id") or "").lower()}
    return any(part in _PARTS_OF_PAGES for name in names for part in re.split("[^a-z]+", name))


def _is_contents(element: _Element, measure: _Measure) -> bool:
    """Whether a list is a table of contents: nothing but links to places on the page."""
    if tag_of(element) not in ("ul", "ol", "dl", "div"):
        return False
    return measure.links >= 3 and not measure.others and measure.letters == measure.linked
