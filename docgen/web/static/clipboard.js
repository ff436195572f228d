// What was copied from Excel or Word, as rows of cells.

/** Rows of cells in the clipboard; null where it holds no table but a piece of text. */
export function cellsOf(data) {
  const html = data.getData("text/html");
  if (html.includes("<table") || html.includes("<TABLE")) return ofHtml(html);
  const text = data.getData("text/plain");
  return text.includes("\t") ? ofText(text) : null;
}

function ofHtml(html) {
  const table = new DOMParser().parseFromString(html, "text/html").querySelector("table");
  return table && [...table.rows].map((row) => [...row.cells].flatMap((cell) => [
    textOf(cell), ...Array(Math.max(0, cell.colSpan - 1)).fill(""),
  ]));
}

/** The text of a cell; its paragraphs and line breaks are lines, everything else one space. */
function textOf(cell) {
  for (const end of cell.querySelectorAll("br, p, div, li")) end.append("\u0000");
  for (const br of cell.querySelectorAll("br")) br.replaceWith("\u0000");
  return cell.textContent.split("\u0000").map((line) => line.replace(/\s+/g, " ").trim())
    .filter(Boolean).join("\n");
}

/** Excel's text: cells parted by tabs; one with line ends stands in quotes. */
export function ofText(text) {
  const rows = [[]];
  const cell = /("(?:[^"]|"")*"(?=[\t\r\n]|$)|[^\t\r\n]*)(\t|\r?\n|$)/gy;
  for (let found = cell.exec(text); found; found = cell.exec(text)) {
    const quoted = found[1].startsWith('"') && found[1].length > 1 && found[1].endsWith('"');
    rows.at(-1).push(quoted ? found[1].slice(1, -1).replaceAll('""', '"') : found[1].trim());
    if (cell.lastIndex >= text.length) break;
    if (found[2] !== "\t") rows.push([]);
  }
  return rows;
}
