// The legend on the left is also the filter: every entry can be switched off.

class Legend {
  constructor(graph, state) {
    this.graph = graph;
    this.state = state;
    this.box = byId("legend");
    this.types = new Map();       // category name -> Map(type -> number of nodes)
    for (const node of graph.nodes) {
      if (!this.types.has(node.group)) this.types.set(node.group, new Map());
      const types = this.types.get(node.group);
      types.set(node.type, (types.get(node.type) ?? 0) + 1);
    }
    this.build();
  }

  build() {
    const { graph } = this;
    const predicates = counted(graph.edges.map((edge) => edge.predicate));
    const relations = predicates.filter(([name]) => !(name in ROLE_OF_EVENT));
    const roles = predicates.filter(([name]) => name in ROLE_OF_EVENT);
    const certainty = counted([...graph.nodes, ...graph.edges].map((item) => item.factuality));
    this.box.replaceChildren(
      el("div", { class: "filters-head" }, el("h2", {}, "Show"), this.reset = button("Reset", "Switch everything back on", () => {
        this.state.set({ offTypes: new Set(), offPredicates: new Set(), offCertainty: new Set(), article: null, publisher: "", sources: 1, from: "", to: "" });
      })),
      ...[...graph.categories.values()].filter((category) => this.types.has(category.name)).map((category) => this.category(category)),
      certainty.length > 1 ? this.choices("Certainty", certainty.map(([name, number]) => this.check(capital(CERTAINTY[name]), number, "offCertainty", name, line(name))), true) : "",
      relations.length ? this.choices("Relations", relations.map(([name, number]) => this.check(capital(predicateWords(name)), number, "offPredicates", name))) : "",
      roles.length ? this.choices("Roles in events", roles.map(([name, number]) => this.check(capital(name), number, "offPredicates", name))) : "",
      this.choices("Sources", [this.leastSources(), this.publisherChoice(), this.articleChoice()]),
    );
  }

  category(category) {
    const types = [...this.types.get(category.name)].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
    const total = types.reduce((sum, [, number]) => sum + number, 0);
    const keys = types.map(([type]) => `${category.name}:${type}`);
    const box = el("input", { type: "checkbox", onchange: () => {
      const off = new Set(this.state.offTypes);
      for (const key of keys) box.checked ? off.delete(key) : off.add(key);
      this.state.set({ offTypes: off });
    } });
    box.sync = () => {
      const off = keys.filter((key) => this.state.offTypes.has(key)).length;
      box.checked = off < keys.length;
      box.indeterminate = off > 0 && off < keys.length;
    };
    const head = el("label", {}, box, icon(category), el("span", {}, category.label), el("span", { class: "count" }, String(total)));
    if (types.length < 2) return el("div", { class: "category" }, head);
    const list = el("div", { hidden: true }, types.map(([type, number]) =>
      this.check(capital(spaced(type)), number, "offTypes", `${category.name}:${type}`)));
    // A button beside the box, not a summary around it: one control inside another has no name.
    const unfold = button("▸", `Kinds of ${category.label.toLowerCase()}`, () => {
      list.hidden = !list.hidden;
      unfold.setAttribute("aria-expanded", String(!list.hidden));
      unfold.textContent = list.hidden ? "▸" : "▾";
    }, { class: "unfold", "aria-expanded": "false", "aria-label": `Kinds of ${category.label.toLowerCase()}` });
    return el("div", { class: "category" }, el("div", { class: "head" }, head, unfold), list);
  }

  check(label, number, set, key, mark = null) {
    const box = el("input", { type: "checkbox", onchange: () => {
      const off = new Set(this.state[set]);
      box.checked ? off.delete(key) : off.add(key);
      this.state.set({ [set]: off });
    } });
    box.sync = () => { box.checked = !this.state[set].has(key); };
    return el("label", { class: "type" }, box, mark, el("span", {}, label), el("span", { class: "count" }, String(number)));
  }

  choices(title, children, open = false) {
    return el("details", { class: "choices", open }, el("summary", {}, title), children);
  }

  leastSources() {
    const input = el("input", { type: "number", min: 1, max: 99, step: 1, onchange: () => {
      this.state.set({ sources: Math.max(1, Math.floor(Number(input.value)) || 1) });
    } });
    input.sync = () => { input.value = this.state.sources; };
    return el("label", { class: "field" }, "Ties backed by at least", input, "articles");
  }

  publisherChoice() {
    const publishers = [...this.graph.articlesBy.keys()].filter(Boolean).sort();
    if (publishers.length < 2) return "";
    const select = el("select", { onchange: () => {
      this.state.set({ publisher: select.value, article: null });
    } }, el("option", { value: "" }, "All publishers"), publishers.map((name) => el("option", { value: name }, name)));
    select.sync = () => { select.value = this.state.publisher; };
    return el("label", { class: "field" }, "Only what this publisher says", select);
  }

  articleChoice() {
    const select = el("select", { onchange: () => {
      this.state.set({ article: select.value === "" ? null : Number(select.value), publisher: "" });
    } }, el("option", { value: "" }, "All articles"),
    this.graph.tables.articles.map((article, number) => el("option", { value: number },
      [article.published, article.title || article.id].filter(Boolean).join(" · "))));
    select.sync = () => { select.value = this.state.article ?? ""; };
    return el("label", { class: "field" }, "Only what this article says", select);
  }

  draw() {
    for (const input of this.box.querySelectorAll("input, select")) input.sync?.();
    this.reset.hidden = !this.state.filtered;
  }
}

/** [value, how often] of a list, most frequent first. */
function counted(values) {
  const count = new Map();
  for (const value of values) count.set(value, (count.get(value) ?? 0) + 1);
  return [...count].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
}

/** A sample of the line a certainty is drawn with. */
function line(factuality) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 26 8");
  svg.setAttribute("class", "line");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", "M0 4H26");
  if (DASHES[factuality]) path.setAttribute("stroke-dasharray", DASHES[factuality].map((n) => n * 0.7).join(" "));
  svg.append(path);
  return svg;
}
