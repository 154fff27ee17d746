"""A tree of HTML elements into blocks: the one reader of all formats that have markup.

Beside HTML itself it understands the attributes ``data-reader-ph`` (IPA), ``data-reader-sub`` (what to
say instead), ``data-reader-abbr``, ``data-reader-tex`` (the element shows a formula in TeX),
``data-reader-label`` (a note's mark), ``data-reader-key`` (what marks refer to it by, if not its label),
``data-reader-role`` (of the text in a ``div``), ``data-reader-epub-type``, ``data-reader-file`` and
``data-reader-line``.
"""

from reader.document.html.reading import Reading, read
from reader.document.html.tree import parse, text_of

__all__ = ["Reading", "parse", "read", "text_of"]
