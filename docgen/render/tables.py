"""Table grids that have as many columns as the rows: made from a header, or mended afterwards."""

from __future__ import annotations

import re

_WIDE_CELL = '<w:tcW w:w="{{'
_GRID_AND_ROWS = re.compile(
    r"<w:tblGrid(?:/>|>.*?</w:tblGrid>)((?:(?!<w:tblGrid|</w:tbl>).)*)", re.DOTALL
)
_ROW = re.compile(r"<w:tr[ >](?:(?!</w:tr>).)*", re.DOTALL)
_CELL_OR_TAG = re.compile(r"<w:tc[ >].*?</w:tc>|{%.*?%}", re.DOTALL)
_CELL_WIDTH = re.compile(r'<w:tcW\b[^>]*?w:w="([^"]*)"')
_CELL_SPAN = re.compile(r'<w:gridSpan\b[^>]*?w:val="(\d+)"')


def generate_grids(source: str) -> str:
    """Source where each table with `{% colwidth %}` takes its grid from that row's own loop."""
    return _GRID_AND_ROWS.sub(_with_grid, source) if _WIDE_CELL in source else source


def _with_grid(table: re.Match[str]) -> str:
    for row in _ROW.finditer(table[1]):
        if _WIDE_CELL in row[0]:
            columns = "".join(map(_columns, _CELL_OR_TAG.findall(row[0])))
            return f"<w:tblGrid>{columns}</w:tblGrid>{table[1]}"
    return table[0]


def _columns(piece: str) -> str:
    """The grid columns of one cell; a loop or condition around cells stays what it is."""
    if piece.startswith("{%"):
        return piece
    width = _CELL_WIDTH.search(piece)
    span = _CELL_SPAN.search(piece)
    column = f'<w:gridCol w:w="{width[1] if width else 0}"/>'
    return column * (int(span[1]) if span else 1)


# --- mending a rendered table ---------------------------------------------------------------

# In bytes, as they are written: most of the time goes into counting rows, and a search for ASCII
# in bytes is several times as fast as in Cyrillic text.

_EDGE = re.compile(rb"<w:tbl[ >]|</w:tbl>")
_GRID = re.compile(rb"<w:tblGrid(?:/>|>.*?</w:tblGrid>)", re.DOTALL)
_PARTS = re.compile(
    rb"<w:tbl>|<w:tbl [^>]*>|</w:tbl>|<w:tr[ >]|</w:tr>|<w:tc[ >/]"
    rb'|<w:gridSpan\b[^>]*?w:val="(\d+)"|<w:tblGrid(?:/>|>(.*?)</w:tblGrid>)',
    re.DOTALL,
)
_SPAN = re.compile(rb'<w:gridSpan\b[^>]*?w:val="(\d+)"')
_COLUMN = re.compile(rb"<w:gridCol\b[^>]*?/?>(?:</w:gridCol>)?")
_COLUMN_WIDTH = re.compile(rb'w:w="([^"]*)"')


class _Table:
    """What one table's rows need: the largest number of cells, and of columns they span."""

    def __init__(self) -> None:
        self.cells = 0
        self.columns = 0
        self.rows: list[list[int]] = []
        self.grid: tuple[int, int] | None = None


def mend_grids(xml: bytes) -> bytes:
    """The XML with as many grid columns in every table as its widest row spans."""
    pieces: list[bytes] = []
    done = start = depth = 0
    nested = False
    for edge in _EDGE.finditer(xml):
        if edge[0] != b"</w:tbl>":
            depth += 1
            start, nested = (edge.start(), False) if depth == 1 else (start, True)
        elif depth:
            depth -= 1
            if not depth:
                mend = _mended_nest if nested else _mended_table
                pieces += (xml[done:start], mend(xml[start : edge.end()]))
                done = edge.end()
    return b"".join((*pieces, xml[done:]))


def mend_repaired_grids(xml: bytes) -> bytes:
    """The same for XML that was repaired, where a row may stand in a cell without a table."""
    return _mended_nest(xml)


def _mended_table(xml: bytes) -> bytes:
    """A table without tables in its cells, where rows can be counted by their text alone."""
    table = _Table()
    for row in xml.split(b"</w:tr>")[:-1]:
        cells = row.count(b"<w:tc>") + row.count(b"<w:tc ")
        columns = cells
        if b"<w:gridSpan" in row:
            columns += sum(int(span) - 1 for span in _SPAN.findall(row))
        table.cells, table.columns = max(table.cells, cells), max(table.columns, columns)
    grid = _GRID.search(xml)
    table.grid = grid.span() if grid else None
    for start, end, columns_xml in _mended(xml, table):
        return xml[:start] + columns_xml + xml[end:]
    return xml


def _mended_nest(xml: bytes) -> bytes:
    """A table with tables in its cells."""
    tables: list[_Table] = []
    changes: list[tuple[int, int, bytes]] = []
    for part in _PARTS.finditer(xml):
        if part[0] != b"</w:tbl>":
            _count(part, tables)
        elif tables:
            changes.extend(_mended(xml, tables.pop()))
    for start, end, grid in sorted(changes, reverse=True):
        xml = xml[:start] + grid + xml[end:]
    return xml


def _count(part: re.Match[bytes], tables: list[_Table]) -> None:
    text = part[0]
    if text.startswith(b"<w:tblGrid"):
        if tables and tables[-1].grid is None:  # a second one strayed from a table torn apart
            tables[-1].grid = part.span()
    elif text.startswith(b"<w:tbl"):
        tables.append(_Table())
    elif not tables:
        return
    elif text.startswith(b"<w:tr"):
        tables[-1].rows.append([0, 0])
    elif text == b"</w:tr>":
        _close_row(tables)
    elif tables[-1].rows:
        _count_cell(tables[-1].rows[-1], part[1])


def _count_cell(row: list[int], span: bytes | None) -> None:
    if span is None:
        row[0] += 1
        row[1] += 1
    else:
        row[1] += int(span) - 1


def _close_row(tables: list[_Table]) -> None:
    if not tables[-1].rows:
        return
    cells, columns = tables[-1].rows.pop()
    for table in tables:  # a table inside a cell counts for the tables around it, as in docxtpl
        table.cells = max(table.cells, cells)
        table.columns = max(table.columns, columns)


def _mended(xml: bytes, table: _Table) -> list[tuple[int, int, bytes]]:
    if table.grid is None:
        return []
    start, end = table.grid
    columns = _COLUMN.findall(xml, start, end)
    grid = mended_columns(columns, table.cells, table.columns)
    return [(start, end, b"<w:tblGrid>%b</w:tblGrid>" % b"".join(grid))] if grid != columns else []


def mended_columns(columns: list[bytes], cells: int, spanned: int) -> list[bytes]:
    """Grid columns, widths adjusted, for rows of at most `cells` cells over `spanned` columns."""
    if cells > len(columns):
        columns = _widened(columns, cells)
    if spanned < len(columns):
        columns = _narrowed(columns, spanned)
    return columns


def _widened(columns: list[bytes], count: int) -> list[bytes]:
    """The same total width shared by more columns, the old ones keeping their proportions."""
    total = sum(map(_width, columns))
    if not total:
        return columns
    old, new = total / len(columns), total / count
    scaled = [_set(column, int(_width(column) * new / old)) for column in columns]
    return scaled + [b'<w:gridCol w:w="%d"/>' % int(new)] * (count - len(columns))


def _narrowed(columns: list[bytes], count: int) -> list[bytes]:
    """The first `count` columns, with the width of the others shared among them."""
    if not count:
        return []
    share = int(sum(map(_width, columns[count:])) / count)
    return [_set(column, int(_width(column) + share)) for column in columns[:count]]


def _width(column: bytes) -> float:
    width = _COLUMN_WIDTH.search(column)
    return float(width[1]) if width else 0.0


def _set(column: bytes, width: int) -> bytes:
    if not _COLUMN_WIDTH.search(column):
        return column.replace(b"<w:gridCol", b'<w:gridCol w:w="%d"' % width, 1)
    return _COLUMN_WIDTH.sub(b'w:w="%d"' % width, column, count=1)
