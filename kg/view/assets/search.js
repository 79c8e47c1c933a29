// Finding a node by any of its names.

class Search {
  constructor(graph, open) {
    this.graph = graph;
    this.open = open;
    this.input = byId("search");
    this.list = byId("suggestions");
    this.index = graph.nodes.map((node) => [node.label, ...node.aliases].map(folded));
    this.found = [];
    this.active = -1;
    this.input.addEventListener("input", () => this.suggest());
    this.input.addEventListener("focus", () => this.suggest());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
  }

  /** The nodes whose names hold all words of `query`; whole names and word starts first. */
  find(query, most = 12) {
    const words = folded(query).split(" ").filter(Boolean);
    if (!words.length) return [];
    const whole = words.join(" ");
    const hits = [];
    this.index.forEach((names, id) => {
      let best = null;
      names.forEach((name, number) => {
        if (!words.every((word) => name.includes(word))) return;
        const kind = name === whole ? 0 : name.startsWith(whole) ? 1
          : words.every((word) => ` ${name}`.includes(` ${word}`)) ? 2 : 3;
        if (!best || kind < best[0]) best = [kind, number];
      });
      if (best) hits.push({ id, kind: best[0], alias: best[1] });
    });
    const { nodes } = this.graph;
    return hits.sort((a, b) => a.kind - b.kind || nodes[b.id].score - nodes[a.id].score || a.id - b.id).slice(0, most);
  }

  suggest() {
    this.found = this.find(this.input.value);
    this.active = this.found.length ? 0 : -1;
    const { graph } = this;
    this.list.replaceChildren(...this.found.map(({ id, alias }, number) => {
      const node = graph.nodes[id];
      return el("li", { role: "option", id: `suggestion-${number}`, onmousedown: (event) => {
        event.preventDefault();
        this.take(number);
      } }, icon(graph.category(id)), bdi(node.label),
      el("span", { class: "count" }, alias ? bdi(node.aliases[alias - 1]) : capital(spaced(node.type))));
    }));
    if (!this.found.length && this.input.value.trim()) {
      this.list.replaceChildren(el("li", { class: "none" }, "Nothing of that name"));
    }
    this.list.hidden = !this.input.value.trim();
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.mark();
  }

  mark() {
    [...this.list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === this.active)));
    if (this.active >= 0) this.input.setAttribute("aria-activedescendant", `suggestion-${this.active}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.found.length) {
      this.active = (this.active + step + this.found.length) % this.found.length;
      this.mark();
      event.preventDefault();
    } else if (event.key === "Enter" && this.active >= 0) {
      this.take(this.active);
    } else if (event.key === "Escape") {
      this.close();
      this.input.blur();
      event.stopPropagation();
    }
  }

  take(number) {
    const { id } = this.found[number];
    this.input.value = "";
    this.close();
    this.input.blur();
    this.open(id);
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
  }
}
