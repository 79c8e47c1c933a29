// The SPARQL page: YASGUI's editor and tables in place of the plain field.

import { Suggestions } from "./suggestions.js";

for (const field of document.querySelectorAll("[data-suggest]")) {
  new Suggestions(field, (item) => { field.value = item.label; });
}
