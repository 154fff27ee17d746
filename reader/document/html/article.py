"""The article in a web page: what surrounds it is left out, and said so.

The page's own markup is believed first (``main``, ``article``, ARIA's landmarks); then names that sites
give to their furniture. What holds much of the page's words is never furniture, whatever its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element

from reader.document.html.elements import classes, heading_level, is_hidden, roles
from reader.document.html.tree import tag_of, words_of
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
    pager prevnext related sphinxsidebar sidebar mw-jump-link navlinks nav-links localtoc catlinks mw-
    navigation printfooter footer-nav language-switcher langswitch""".split()  # noqa: SIM905
)
_FURNITURE = frozenset(
    """cookie cookies cookie-banner cookie-consent cookie-notice consent gdpr newsletter share sharing
    social social-share share-buttons advert advertisement ads banner site-header site-footer noprint
    popup modal subscribe""".split()  # noqa: SIM905
)
"""Classes and ids by which sites name what surrounds their articles."""

_COOKIES = re.compile(r"cookie|consent|gdpr", re.IGNORECASE)


def surroundings(root: _Element) -> dict[_Element, Reason]:
    """The elements of a page that are not its article, each with the reason."""
    dropped: dict[_Element, Reason] = {}
    body = next(root.iter("body"), root)
    main = _main(body)
    if main is not None:
        _outside(body, main, dropped)
    _furniture(main if main is not None else body, dropped)
    return dropped


def _main(body: _Element) -> _Element | None:
    """The element that the page says is its article; None: none is."""
    mains = [each for each in body.iter() if tag_of(each) == "main" or "main" in roles(each)]
    mains = [each for each in mains if not is_hidden(each)]
    articles = [each for each in body.iter("article") if not is_hidden(each)]
    outer = [
        each for each in articles if not any(tag_of(above) == "article" for above in each.iterancestors())
    ]
    for found in (mains, outer):
        if len(found) == 1 and len(words_of(found[0])) >= _ENOUGH:
            return found[0]
    return None


def _outside(body: _Element, main: _Element, dropped: dict[_Element, Reason]) -> None:
    """Leave out what stands beside the main part; but its title, if that stands there."""
    kept = {main, *main.iterancestors()}
    if not any(heading_level(each) == 1 for each in main.iter() if tag_of(each)):
        titles = [each for each in body.iter("h1") if not is_hidden(each) and words_of(each)]
        if len(titles) == 1:
            kept |= {titles[0], *titles[0].iterancestors()}
    for element in list(kept):
        if element is main or tag_of(element) in ("html", "h1"):
            continue
        for child in element:
            if tag_of(child) and child not in kept:
                dropped[child] = _reason(child) or "outside the article"


def _furniture(article: _Element, dropped: dict[_Element, Reason]) -> None:
    whole = max(1, len(words_of(article)))
    inner = tag_of(article) != "body"
    for element in _candidates(article, dropped):
        reason = _reason(element)
        if reason is None and not inner and tag_of(element) in ("header", "footer") and _is_of_page(element):
            reason = "page furniture"
        if reason is None and _is_contents(element):
            reason = "navigation"
        if reason is None or (tag_of(element) != "nav" and len(words_of(element)) > _MUCH * whole):
            continue
        title = next((each for each in element.iter("h1") if words_of(each)), None)
        if title is None:
            dropped[element] = reason
        else:  # The head of a page that holds the article's title.
            way = {title, *title.iterancestors()}
            for each in [
                element,
                *(above for above in title.iterancestors() if above in set(element.iter())),
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


def _is_contents(element: _Element) -> bool:
    """Whether a list is a table of contents: nothing but links to places on the page."""
    if tag_of(element) not in ("ul", "ol", "dl", "div"):
        return False
    links = list(element.iter("a"))
    if len(links) < 3 or not all((link.get("href") or "").startswith("#") for link in links):
        return False
    rest = sum(map(str.isalpha, words_of(element))) - sum(
        sum(map(str.isalpha, words_of(link))) for link in links
    )
    return rest == 0
