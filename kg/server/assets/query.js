// The SPARQL page: YASGUI's editor and tables in place of the plain field. What was asked in the
// address stands in the editor, and its answer is the page's own until another is asked.

import { Suggestions } from "./suggestions.js";

for (const field of document.querySelectorAll("[data-suggest]")) {
  new Suggestions(field, (item) => { field.value = item.label; });
}

const box = document.getElementById("yasgui");
const plain = document.getElementById("query");

if (window.Yasgui) {
  const { Yasqe, Yasr } = window.Yasgui;
  // The other completers ask prefix.cc and Linked Open Vocabularies.
  Yasqe.defaults.autocompleters = ["variables"];
  Yasqe.defaults.createShareableLink = () => ({});
  Yasr.defaults.prefixes = () => prefixes();
  const yasgui = new window.Yasgui(box, {
    requestConfig: { endpoint: new URL(box.dataset.endpoint, window.location.href).href, method: "POST" },
    copyEndpointOnNewTab: true,
    persistenceId: null,
    populateFromUrl: false,
    autofocus: false,
    yasqe: { value: declared(plain.value), resizeable: true },
  });
  const tab = yasgui.getTab();
  tab.setQuery(declared(plain.value));
  window.yasgui = yasgui;
  document.getElementById("written").hidden = true;
  plain.disabled = true;   // a named query is asked by its name and values, not by the text
  box.hidden = false;
  tab.getYasqe().refresh();
  const answer = document.getElementById("answer");
  box.classList.toggle("asked", Boolean(answer));   // the page has its answer: no empty table above
  tab.getYasqe().on("query", () => {
    answer?.remove();
    box.classList.remove("asked");
    const asked = new URLSearchParams({ query: tab.getYasqe().getValue() });
    window.history.replaceState(null, "", `/query?${asked}`);
  });
  box.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const page = link && pageOf(link.getAttribute("href"));
    if (!page) return;
    event.preventDefault();
    window.location.href = page;
  });
  document.body.classList.add("ready");
}

/** The page about an IRI of the graph; "" for any other. */
function pageOf(iri) {
  const found = /^https:\/\/w3id\.org\/newsgraph\/(entity|event|article)\/(.+)$/.exec(iri);
  return found ? `/${found[1]}/${encodeURIComponent(found[2])}` : "";
}

/** A query with the declarations that the editor wants to see, of the prefixes it uses. */
function declared(text) {
  const missing = Object.entries(prefixes()).filter(([name]) => new RegExp(`(?<![\\w:])${name}:`).test(text)
    && !new RegExp(`prefix\\s+${name}:`, "i").test(text));
  const lines = missing.map(([name, iri]) => `PREFIX ${name}: <${iri}>\n`).join("");
  return lines + text.trimEnd();
}

function prefixes() {
  const lines = document.getElementById("prefixes").textContent.matchAll(/PREFIX (\w+): <(.*)>/g);
  return Object.fromEntries([...lines].map(([, name, iri]) => [name, iri]));
}
