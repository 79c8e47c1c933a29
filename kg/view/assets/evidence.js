// A sentence that supports something: the words, the article, the date, who says it, how sure.

/** The text of a row with its highlights marked; offsets count characters, not UTF-16 units. */
function marked(row) {
  const letters = [...row.text];
  const parts = [];
  let at = 0;
  for (let i = 0; i < row.highlights.length; i += 2) {
    const [start, end] = [Math.max(at, row.highlights[i]), row.highlights[i + 1]];
    if (end <= start) continue;
    parts.push(letters.slice(at, start).join(""));
    parts.push(el("mark", {}, letters.slice(start, end).join("")));
    at = end;
  }
  parts.push(letters.slice(at).join(""));
  return parts;
}

/** Rows of the same sentence and speaker become one, their highlights joined. */
function joined(graph, rows) {
  const found = new Map();
  for (const number of rows) {
    const row = graph.evidence(number);
    const key = `${row.sentence} ${row.factuality} ${row.speaker}`;
    const old = found.get(key);
    if (!old) found.set(key, { ...row, highlights: pairs(row.highlights) });
    else {
      old.highlights.push(...pairs(row.highlights));
      old.confidence = Math.max(old.confidence, row.confidence);
    }
  }
  for (const row of found.values()) row.highlights = row.highlights.sort((a, b) => a[0] - b[0]).flat();
  return [...found.values()].sort((a, b) => publication(graph, a).localeCompare(publication(graph, b))
    || a.article - b.article || a.start - b.start);
}

function pairs(flat) {
  const out = [];
  for (let i = 0; i < flat.length; i += 2) out.push([flat[i], flat[i + 1]]);
  return out;
}

function publication(graph, row) {
  return graph.tables.articles[row.article].published || "9999";
}

/** Who an article is by and when, as one line. */
function citation(article) {
  return [article.source, dayWords(article.published)].filter(Boolean).join(", ");
}

function quote(graph, row) {
  const article = graph.tables.articles[row.article];
  const certain = [
    row.speaker && ["said by ", bdi(row.speaker)],
    row.factuality !== "Factual" && CERTAINTY[row.factuality],
    STATUS[row.status],
    row.confidence < 0.995 && `${Math.round(row.confidence * 100)}% sure`,
  ].filter(Boolean);
  return el("figure", { class: `quote ${row.factuality.toLowerCase()}` },
    el("blockquote", { dir: "auto" }, marked(row)),
    el("figcaption", {},
      el("cite", { dir: "auto" }, article.page
        ? el("a", { href: `${article.page}#c${row.start}-${row.end}`, target: "_top" }, article.title || article.id)
        : article.title || article.id),
      citation(article) ? ` · ${citation(article)}` : "",
      certain.length ? el("div", { class: "certainty" },
        certain.map((item) => el("span", {}, item))) : ""));
}

/** Quotes of some rows, the first few at once and the rest on demand. */
function quotes(graph, rows, first = 5) {
  const all = joined(graph, rows);
  const box = el("div", { class: "quotes" }, all.slice(0, first).map((row) => quote(graph, row)));
  if (all.length > first) {
    const more = button(`Show ${count(all.length - first, "more sentence")}`, "", () => {
      more.replaceWith(...all.slice(first).map((row) => quote(graph, row)));
    }, { class: "more" });
    box.append(more);
  }
  return box;
}

/** The same as plain text, to paste into a note with its source. */
function quotesAsText(graph, rows) {
  return joined(graph, rows).map((row) => {
    const article = graph.tables.articles[row.article];
    const source = [article.title || article.id, citation(article), article.url,
      `characters ${row.start}-${row.end}`].filter(Boolean).join(", ");
    const says = [row.speaker && `said by ${row.speaker}`,
      row.factuality !== "Factual" && CERTAINTY[row.factuality], STATUS[row.status]].filter(Boolean);
    return `“${row.text.trim()}”\n  ${source}${says.length ? ` [${says.join("; ")}]` : ""}`;
  }).join("\n");
}
