// The SPARQL page: YASGUI's editor in place of the plain field. What was asked in the address stands
// in the editor; the answer below it is the page's own.

import { Suggestions } from "./suggestions.js";

for (const field of document.querySelectorAll("[data-suggest]")) {
  new Suggestions(field, (item) => { field.value = item.label; });
}

const box = document.getElementById("yasgui");
const plain = document.getElementById("query");

if (window.Yasgui) {
  const { Yasqe } = window.Yasgui;
  // The other completers ask prefix.cc and Linked Open Vocabularies.
  Yasqe.defaults.autocompleters = ["variables"];
  Yasqe.defaults.createShareableLink = () => ({});
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
  const editor = tab.getYasqe();
  editor.refresh();
  // The server answers, on a page with an address. YASGUI's own tables hand what articles say to
  // the browser as markup on their way (DataTables' type detection): only the policy stops it.
  editor.query = async () => {
    window.location.href = `/query?${new URLSearchParams({ query: editor.getValue() })}`;
  };
  document.body.classList.add("ready");
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
