"""The blocks of a part: headings, lists, quotes, code, tables; captions beside what they name."""

from __future__ import annotations

from lxml import etree

from reader.document.importers.word.inline import Inline, line_of, place
from reader.document.importers.word.names import children, find, get, switch, tag, value, whole
from reader.document.importers.word.numbering import Item
from reader.document.importers.word.runs import Runs
from reader.document.model import Reason

_WIDEST = 1000
"""Columns that one cell may span (HTML allows as many)."""


class Flow:
    """Writes paragraphs into a container, and makes lists, quotes and code of those that belong together."""

    def __init__(self, container: etree._Element) -> None:
        self.container = container
        self._lists: list[tuple[int, str, etree._Element]] = []
        self._next: dict[etree._Element, int] = {}
        self._grouped: tuple[str, etree._Element] | None = None
        self.captions = False
        self._lines: list[etree._Element] = []

    def add(self, block: etree._Element) -> None:
        """A block of its own."""
        self.close()
        self._end_grouped()
        self.container.append(block)

    def grouped(self, name: str, block: etree._Element) -> None:
        """A block that shares an element (``blockquote``, ``dl``) with its neighbours of the same kind."""
        if self._grouped is None or self._grouped[0] != name:
            self.add(etree.Element(name))
            self._grouped = (name, self.container[-1])
            place(self._grouped[1], line_of(block))
        self._grouped[1].append(block)

    def code(self, block: etree._Element) -> None:
        """A line of code."""
        self._end_grouped()
        self._lines.append(block)

    def close(self) -> None:
        """All is written."""
        if not self._lines:
            return
        pre = place(etree.Element("pre"), line_of(self._lines[0]))
        out = Inline(pre)
        for number, line in enumerate(self._lines):
            out.text("\n" * bool(number) + (line.text or ""))
            for child in list(line):
                tail, child.tail = child.tail, None
                out.add(child)
                out.text(tail or "")
        out.close()
        self._lines.clear()
        self.container.append(pre)

    def _end_grouped(self) -> None:
        self._lists.clear()
        self._grouped = None

    def item(self, item: Item, block: etree._Element) -> None:
        """An item of a list."""
        self.close()
        self._grouped = None
        while self._lists and self._lists[-1][0] > item.level:
            self._lists.pop()
        if not self._lists or self._lists[-1][0] < item.level or self._lists[-1][1] != item.key:
            parent = self.container
            if self._lists and self._lists[-1][0] == item.level:
                self._lists.pop()
            if self._lists:
                parent = self._lists[-1][2][-1]
            made = etree.SubElement(parent, "ol" if item.ordered else "ul")
            place(made, line_of(block))
            if item.ordered and item.number != 1:
                made.set("start", str(item.number))
            if item.type:
                made.set("type", item.type)
            self._next[made] = item.number
            self._lists.append((item.level, item.key, made))
        target = self._lists[-1][2]
        block.tag = "li"
        if item.ordered and self._next[target] != item.number:
            block.set("value", str(item.number))
        self._next[target] = item.number + 1
        target.append(block)


class Blocks(Runs):
    """Reads the blocks of one part. See `Runs` for the arguments."""

    def read(self, element: etree._Element, container: etree._Element) -> None:
        """The blocks in an element, into a container."""
        flow = Flow(container)
        self._blocks(element, flow, [])
        flow.close()
        self.flush()
        if flow.captions:
            attach_captions(container)

    def drop(self, element: etree._Element, reason: Reason) -> None:
        line = self.line
        self.flush()
        self.reasons.append(reason)
        self.read(element, etree.Element("div"))
        self.reasons.pop()
        self.line = line

    def _blocks(self, element: etree._Element, flow: Flow, begun: list[etree._Element]) -> None:
        """Read blocks; `begun` are the paragraphs that go on in the next one."""
        for child in children(element):
            name = tag(child)
            if name == "w:p":
                self._paragraph(child, flow, begun)
                continue
            if name in ("w:tbl", "w:sdt"):
                self._end(flow, begun)
            if name == "w:tbl":
                self._table(child, flow)
            elif name == "w:sdt":
                self._contents(child, flow)
            elif name in ("m:oMathPara", "m:oMath", "w:r", "w:hyperlink", "w:fldSimple"):
                block = etree.Element("p")
                out = Inline(block)
                if name.startswith("m:"):
                    self._formulas(child, out, None)
                elif name == "w:r":
                    self._run(child, out, None)
                else:
                    self.inline(child, out)
                out.close()
                self._add(block, flow, out)
            elif name == "w:altChunk":
                flow.add(place(etree.Element("img", src=self._target(child)), self.line))
            elif not name.endswith("Pr"):
                self._blocks(child, flow, begun)
        self._end(flow, begun)

    def _target(self, element: etree._Element) -> str:
        relation = self.book.package.relations(self.part).get(get(element, "r:id"))
        return relation.target if relation else ""

    def _contents(self, control: etree._Element, flow: Flow) -> None:
        """A table of contents."""
        content = find(control, "w:sdtContent")
        if content is None:
            return
        if self.book.whole_page and not self.reason:
            listing = etree.Element("nav")
            self.read(content, listing)
            flow.add(listing)
        else:
            self.drop(content, self.reason or "navigation")

    def _paragraph(self, paragraph: etree._Element, flow: Flow, begun: list[etree._Element]) -> None:
        self.flush()
        line = self.line = self.number(paragraph)
        properties = find(paragraph, "w:pPr")
        style = value(properties, "w:pStyle") or self.book.styles.default_paragraph
        right_to_left = self.book.styles.right_to_left(properties, style)
        self.begin(style, right_to_left)
        block = place(etree.Element("p"), line)
        if right_to_left:
            block.set("dir", "rtl")
        out = Inline(block)
        for before in begun:
            _continue(out, before)
        begun.clear()
        boxes, self.boxes = self.boxes, []
        self.inline(paragraph, out)
        out.close()
        self.flush()
        boxes, self.boxes = self.boxes, boxes
        for after, box in boxes:
            if not after:
                self._box(box, flow)
        if _goes_on(properties):
            if not out.empty:
                begun.append(block)
        else:
            self.line = line
            self._role(block, properties, style, flow, out)
        for after, box in boxes:
            if after:
                self._box(box, flow)

    def _end(self, flow: Flow, begun: list[etree._Element]) -> None:
        for block in begun:
            flow.add(block)
        begun.clear()

    def _box(self, box: etree._Element, flow: Flow) -> None:
        if tag(box) == "w:sdt":
            self._contents(box, flow)
            return
        if not tag(box).startswith("w:"):
            flow.add(place(box, self.line))
            return
        container = etree.Element("div")
        container.set("class", "text-box")
        if tag(box) in ("w:p", "w:tbl"):
            inner = Flow(container)
            if tag(box) == "w:p":
                self._paragraph(box, inner, [])
            else:
                self._table(box, inner)
            inner.close()
        else:
            self.read(box, container)
        if len(container):
            flow.add(container)

    def _role(
        self, block: etree._Element, properties: etree._Element | None, style: str, flow: Flow, out: Inline
    ) -> None:
        """Put a paragraph where its style and its number say."""
        item = None if self.reason else self.book.numbering.item(properties, style)
        if out.empty:
            return
        role, level = self.book.styles.role(style), self.book.styles.level(properties, style)
        if role == "title" and not level:
            block.tag = "h0"
            flow.add(block)
        elif level:
            block.tag = f"h{min(level, 6)}"
            _number(block, item)
            flow.add(block)
        elif role == "caption":
            _number(block, item)
            block.set("class", "caption")
            flow.captions = True
            flow.add(block)
        elif item and item.worded:
            _number(block, item)
            flow.add(block)
        elif item:
            flow.item(item, block)
        elif role == "quote":
            flow.grouped("blockquote", block)
        elif role in ("term", "definition"):
            block.tag = "dt" if role == "term" else "dd"
            flow.grouped("dl", block)
        elif role == "code":
            for line_break in list(block.iter("br")):
                line_break.tail = "\n" + (line_break.tail or "")
            etree.strip_tags(block, "br")
            flow.code(block)
        else:
            flow.add(block)

    def _add(self, block: etree._Element, flow: Flow, out: Inline) -> None:
        if not out.empty:
            flow.add(place(block, self.line))

    def _table(self, table: etree._Element, flow: Flow) -> None:
        properties = find(table, "w:tblPr")
        words = [
            get(find(properties, name), "w:val").strip() for name in ("w:tblCaption", "w:tblDescription")
        ]
        said = ". ".join(dict.fromkeys(word for word in words if word))
        first_line = self.upcoming
        if self.reason:
            self.line = first_line
            self.leave_out("table", said, self.reason)
        made = place(etree.Element("table"), first_line)
        if said:
            etree.SubElement(made, "caption").text = said
            made[0].set("class", "description")
        header_row, header_column = self._headers(properties)
        head: etree._Element | None = None
        body: etree._Element | None = None
        rows = Rows()
        for row in children(table):
            if tag(row) != "w:tr":
                if not tag(row).endswith(("Pr", "Grid")):
                    self._blocks(row, flow, [])
                continue
            row_properties = find(row, "w:trPr")
            if find(row_properties, "w:del") is not None:
                continue
            if find(row_properties, "w:hidden") is not None and switch(row_properties, "w:hidden"):
                self.drop(row, self.reason or "hidden")
                continue
            heads = body is None and (
                bool(switch(row_properties, "w:tblHeader")) or (header_row and head is None)
            )
            if heads:
                head = etree.SubElement(made, "thead") if head is None else head
            elif body is None:
                body = etree.SubElement(made, "tbody")
            line = etree.SubElement(head if heads or body is None else body, "tr")
            self._row(row, line, rows, heads, header_column)
        rows.close()
        if self.reason is None and made.find(".//tr") is not None:
            flow.add(made)

    def _headers(self, properties: etree._Element | None) -> tuple[bool, bool]:
        """Whether the first row and the first column look like headers."""
        looks = find(properties, "w:tblLook")
        style = value(properties, "w:tblStyle")
        try:
            mask = int(get(looks, "w:val")[:8] or "0", 16)
        except ValueError:
            mask = 0
        row = get(looks, "w:firstRow") in ("1", "true", "on") or bool(mask & 0x20)
        column = get(looks, "w:firstColumn") in ("1", "true", "on") or bool(mask & 0x80)
        return (
            row and self.book.styles.sets_off(style, "firstRow"),
            column and self.book.styles.sets_off(style, "firstCol"),
        )

    def _row(
        self, row: etree._Element, line: etree._Element, rows: Rows, heads: bool, header_column: bool
    ) -> None:
        properties = find(row, "w:trPr")
        column = 0
        if skipped := min(max(whole(value(properties, "w:gridBefore")), 0), _WIDEST):
            rows.cell(line, "td", column, skipped)
            column += skipped
        for cell in children(row):
            if tag(cell) != "w:tc":
                continue
            own = find(cell, "w:tcPr")
            span = min(max(whole(value(own, "w:gridSpan"), 1), 1), _WIDEST)
            down, across = find(own, "w:vMerge"), find(own, "w:hMerge")
            if across is not None and get(across, "w:val") != "restart" and rows.widen(line):
                self.drop(cell, self.reason or "hidden")
            elif down is not None and get(down, "w:val") != "restart" and rows.lengthen(column, span):
                self.drop(cell, self.reason or "hidden")  # Word shows none of it.
            else:
                header = heads or (header_column and not column)
                made = rows.cell(line, "th" if header else "td", column, span, merges=down is not None)
                if header:
                    made.set("scope", "col" if heads else "row")
                place(made, self.upcoming)
                self.read(cell, made)
                _unwrap(made)
            column += span


class Rows:
    """The cells of a table that go on in the next row."""

    def __init__(self) -> None:
        self._open: dict[int, tuple[etree._Element, int]] = {}
        self._tall: dict[etree._Element, int] = {}

    def cell(
        self, row: etree._Element, name: str, column: int, span: int, *, merges: bool = False
    ) -> etree._Element:
        """A new cell in a row."""
        made = etree.SubElement(row, name)
        if span > 1:
            made.set("colspan", str(span))
        self._open.pop(column, None)
        if merges:
            self._open[column] = (made, span)
        return made

    def lengthen(self, column: int, span: int) -> bool:
        """The cell above goes on here; False if there is none."""
        above = self._open.get(column)
        if above is None or above[1] != span:
            return False
        self._tall[above[0]] = self._tall.get(above[0], 1) + 1
        return True

    def widen(self, row: etree._Element) -> bool:
        """The cell before goes on here; False if there is none."""
        if not len(row):
            return False
        row[-1].set("colspan", str(min(int(row[-1].get("colspan", "1")) + 1, _WIDEST)))
        return True

    def close(self) -> None:
        """Write how many rows each cell spans."""
        for cell, rows in self._tall.items():
            cell.set("rowspan", str(rows))


def attach_captions(container: etree._Element) -> None:
    """Make captions part of the table or picture beside them, where it is clear which one is meant."""
    for caption in [child for child in container if child.get("class") == "caption"]:
        before, after = caption.getprevious(), caption.getnext()
        if before is not None and _is_picture(before):
            # Below a picture is where its caption stands, whatever follows; above a table.
            if after is None or after.tag != "table" or _captioned(after):
                _figure(before, caption)
        elif before is not None and before.tag == "table" and not _captioned(before):
            if after is None or not (_is_picture(after) or (after.tag == "table" and not _captioned(after))):
                _caption_of(before, caption)
        elif after is not None and after.tag == "table" and not _captioned(after):
            _caption_of(after, caption)
        elif after is not None and _is_picture(after):
            following = after.getnext()
            if following is None or following.get("class") != "caption":
                _figure(after, caption)


def _captioned(table: etree._Element) -> bool:
    return len(table) > 0 and table[0].tag == "caption" and table[0].get("class") != "description"


def _is_picture(block: etree._Element) -> bool:
    return (
        block.tag == "p"
        and block.get("class") is None
        and len(block) > 0
        and not "".join(str(text) for text in block.itertext()).strip()
        and all(child.tag in ("img", "a") for child in block)
        and block.find(".//img") is not None
    )


def _figure(picture: etree._Element, caption: etree._Element) -> None:
    below = picture.getnext() is caption
    picture.tag = "figure"
    caption.tag = "figcaption"
    del caption.attrib["class"]
    if below:
        picture.append(caption)
    else:
        picture.insert(0, caption)


def _caption_of(table: etree._Element, caption: etree._Element) -> None:
    if len(table) and table[0].tag == "caption":
        table.set("aria-label", table[0].text or "")
        table.remove(table[0])
    caption.tag = "caption"
    del caption.attrib["class"]
    table.insert(0, caption)


def _unwrap(cell: etree._Element) -> None:
    """A cell with one plain paragraph holds its words itself."""
    if len(cell) == 1 and cell[0].tag == "p" and not cell[0].get("class"):
        paragraph = cell[0]
        line = line_of(paragraph)
        for name, said in paragraph.attrib.items():
            cell.set(str(name), str(said))
        cell.text = paragraph.text
        cell.remove(paragraph)
        cell.extend(list(paragraph))
        place(cell, line)


def _goes_on(properties: etree._Element | None) -> bool:
    """Whether a paragraph and the next one are seen as one: its mark is deleted, or it is a big initial."""
    marks = find(properties, "w:rPr")
    return (
        find(marks, "w:del") is not None
        or find(marks, "w:moveFrom") is not None
        or get(find(properties, "w:framePr"), "w:dropCap") in ("drop", "margin")
    )


def _continue(out: Inline, before: etree._Element) -> None:
    out.text(before.text or "")
    for child in list(before):
        tail, child.tail = child.tail, None
        out.add(child)
        out.text(tail or "")


def _number(block: etree._Element, item: Item | None) -> None:
    """Write the number that a reader sees before the words."""
    if item and item.label:
        block.text = f"{item.label} {block.text or ''}"
