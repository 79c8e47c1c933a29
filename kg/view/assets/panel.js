// The panel on the right: what there is, at first; then what is said of a node or an edge.

class Panel {
  constructor(graph, state, actions) {
    this.graph = graph;
    this.state = state;
    this.actions = actions;
    this.box = byId("panel");
    this.current = "";
  }

  draw() {
    const { selected, path } = this.state;
    const key = JSON.stringify([selected, path]);
    if (key === this.current) return;
    this.current = key;
    const parts = selected?.kind === "node" ? this.node(selected.id)
      : selected?.kind === "edge" ? this.edge(this.graph.edges[selected.id])
        : path.length ? this.path(path) : this.overview();
    this.box.replaceChildren(...parts.flat().filter(Boolean));
    this.box.scrollTop = 0;
    document.body.classList.toggle("has-selection", Boolean(selected || path.length));
  }

  /** A node's name that opens it. */
  link(id, text = this.graph.nodes[id].label) {
    return el("button", {
      type: "button", class: `link ${this.graph.nodes[id].factuality.toLowerCase()}`,
      onclick: () => this.actions.open(id),
    }, icon(this.graph.category(id)), bdi(text));
  }

  section(title, ...children) {
    return children.flat().some((child) => child && child.childNodes.length)
      ? el("section", {}, el("h3", {}, title), ...children) : null;
  }

  /** A list that shows its first entries and offers the rest. */
  list(items, first = 8, name = "item") {
    const box = el("ul", {}, items.slice(0, first));
    if (items.length > first) {
      const more = el("li", {}, button(`${count(items.length - first, `more ${name}`)}`, "",
        () => more.replaceWith(...items.slice(first)), { class: "more" }));
      box.append(more);
    }
    return box;
  }

  // --- the whole -----------------------------------------------------------------------------

  overview() {
    const { graph } = this;
    const byScore = (ids) => ids.sort((a, b) => graph.nodes[b].score - graph.nodes[a].score || a - b);
    const of = (...groups) => byScore(graph.order.filter((id) => groups.includes(graph.nodes[id].group)));
    const events = graph.order.filter((id) => graph.isEvent(id));
    const people = of("person", "organization");
    // A country is a place and acts as well.
    const actors = byScore([...people, ...of("place").filter((id) => graph.nodes[id].type === "Country")]);
    const places = of("place");
    const disputed = graph.order.filter((id) => graph.nodes[id].disputed.length);
    const unreal = events.filter((id) => graph.nodes[id].factuality !== "Factual");
    const ties = (id) => el("span", { class: "count" }, String(graph.edgesOf[id].length));
    return [
      el("h2", {}, "Overview"),
      el("p", { class: "facts" }, [
        count(graph.tables.articles.length, "article"),
        count(people.length, "person or group", "people and groups"),
        count(places.length, "place"), count(events.length, "event"),
      ].join(" · ")),
      this.section("Key actors", this.list(actors.slice(0, 40).map((id) => el("li", {}, this.link(id), ties(id))), 8, "actor")),
      this.section("What happened", this.list(inTime(graph, events).map((id) => this.eventItem(id)), 8, "event")),
      disputed.length ? this.section("Sources disagree on", this.list(disputed.map((id) => el("li", {}, this.link(id), el("div", { class: "when" }, disagreements(graph.nodes[id]).join("; ")))), 6)) : null,
      unreal.length ? this.section("Planned, possible or denied", this.list(inTime(graph, unreal).map((id) => this.eventItem(id)), 6, "event")) : null,
      this.section("Places", this.list(places.slice(0, 40).map((id) => el("li", {}, this.link(id), ties(id))), 6, "place")),
      this.section("Articles", this.list(graph.tables.articles.map((article, number) => el("li", {},
        button(bdi(article.title || article.id), "Show only what this article says", () => this.actions.article(number), { class: "link plain" }),
        el("div", { class: "when" }, citation(article)))), 10, "article")),
    ];
  }

  /** An event in a list: when, what, and how certain. */
  eventItem(id) {
    const node = this.graph.nodes[id];
    const certain = node.factuality === "Factual" ? "" : CERTAINTY[node.factuality];
    return el("li", {}, this.link(id),
      el("div", { class: "when" }, [periodWords(node.from, node.to), certain].filter(Boolean).join(" · ")));
  }

  // --- a node ----------------------------------------------------------------------------------

  node(id) {
    const { graph } = this;
    const node = graph.nodes[id];
    const edges = graph.edgesOf[id].map((e) => graph.edges[e]);
    const event = graph.isEvent(id);
    const posts = edges.filter((edge) => edge.from === id && /Position$/.test(edge.predicate));
    const happened = event ? [] : [...new Set(edges.filter((edge) => graph.isEvent(edge.from) && edge.from !== id).map((edge) => edge.from))];
    const ties = edges.filter((edge) => !posts.includes(edge) && (event || !graph.isEvent(edge.from)));
    const roles = new Map(edges.filter((edge) => graph.isEvent(edge.from)).map((edge) => [edge.from, edge]));
    const when = event ? periodWords(node.from, node.to) : "";
    return [
      this.top(icon(graph.category(id)), node.label),
      el("p", { class: "facts" }, [capital(spaced(node.type)), when, node.factuality === "Factual" ? "" : el("b", {}, CERTAINTY[node.factuality])].filter(Boolean).flatMap((part, index) => (index ? [" · ", part] : [part]))),
      node.aliases.length ? el("p", { class: "aliases" }, "Also: ", node.aliases.slice(0, 12).flatMap((name, index) => [index ? " · " : "", bdi(name)]), node.aliases.length > 12 ? ` · and ${node.aliases.length - 12} more` : "") : null,
      this.nodeTools(id),
      this.section("Posts", this.list(posts.map((edge) => this.tie(edge, id)))),
      ...this.values(node),
      ...this.tieSections(ties, id),
      happened.length ? this.section(`Events (${happened.length})`, this.list(inTime(graph, happened).map((other) => {
        const item = this.eventItem(other);
        const when = item.querySelector(".when");
        const edge = roles.get(other);
        when.append(when.textContent ? " · " : "", button(`as ${edge.predicate}`, "The sentences that say so", () => this.actions.openEdge(edge.id), { class: "count" }));
        return item;
      }), 10, "event")) : null,
      this.section(`Sentences (${joined(graph, node.mentions).length})`, quotes(graph, node.mentions, event ? 5 : 3)),
      this.copyButton(() => `${node.label} (${spaced(node.type)}${when ? `, ${when}` : ""})\n${quotesAsText(graph, node.mentions)}`),
    ];
  }

  top(mark, ...title) {
    return el("div", { class: "top" }, mark,
      el("h2", {}, title.map((part) => (typeof part === "string" ? bdi(part) : part))),
      button("✕", "Close (Esc)", () => this.state.set({ selected: null, path: [] }), { class: "close", "aria-label": "Close" }));
  }

  nodeTools(id) {
    const { state, actions } = this;
    const focused = state.focus?.id === id;
    return el("div", { class: "buttons" },
      button(focused ? "Focus off" : "Focus", "Only this and what is tied to it (double click)", () => actions.focus(focused ? null : id)),
      focused ? button(`${state.focus.hops === 1 ? "Two steps" : "One step"}`, "How far to look from here", () => actions.hops(state.focus.hops === 1 ? 2 : 1)) : null,
      button("Show neighbours", "Add everything tied to this", () => actions.expand(id)),
      button("Hide neighbours", "Take out what is tied to this alone", () => actions.collapse(id)),
      button("Hide", "Take this out of the picture", () => actions.hide(id)),
      button("Path to …", "The shortest way from here to another node: press, then click the other", () => actions.startPath(id)));
  }

  /**
   * The literal facts: numbers and dates with their sentences, where articles differ all of them,
   * the accepted one first; then the roles played by a phrase and the words for the time.
   */
  values(node) {
    const { quantities } = this.graph.tables;
    const groups = new Map();
    for (const value of node.values) {
      if (!groups.has(value[0])) groups.set(value[0], []);
      groups.get(value[0]).push(value);
    }
    const figures = [];
    const phrases = [];
    for (const [predicate, values] of groups) {
      const figure = quantities.includes(predicate) || (predicate === "date" && values.length > 1);
      if (figure) figures.push(this.figure(node, predicate, values));
      else if (predicate !== "date") phrases.push(...values.map((value) => this.phrase(predicate, value)));
    }
    return [
      figures.length ? this.section("Figures", figures) : null,
      phrases.length ? this.section("In words", phrases) : null,
    ];
  }

  figure(node, predicate, values) {
    const disputed = node.disputed.includes(predicate);
    return el("div", { class: disputed ? "value disputed" : "value" },
      disputed ? el("p", { class: "dispute" }, "≠ Sources disagree") : null,
      [...values].sort((a, b) => b[3] - a[3]).map(([, text, bound, preferred, rows]) => el("details", { open: disputed },
        el("summary", {}, el("b", {}, `${capital(spaced(predicate))}: `, BOUND[bound] ?? "", bdi(valueWords(predicate, text))),
          el("span", { class: "quiet" }, ` ${count(this.graph.articlesOf(rows).size, "article")}${disputed && preferred ? ", taken as the fact" : ""}`)),
        quotes(this.graph, rows, 3))));
  }

  phrase(predicate, [, text, , , rows]) {
    return el("details", { class: "value" },
      el("summary", {}, el("span", { class: "quiet" }, `${capital(predicate === "timePhrase" ? "when" : predicateWords(predicate))}: `), bdi(text)),
      quotes(this.graph, rows, 3));
  }

  /** The other relations, one section for each kind and direction. */
  tieSections(edges, id) {
    const groups = new Map();
    for (const edge of edges) {
      const title = edge.from === id ? predicateWords(edge.predicate) : inverseWords(edge.predicate);
      if (!groups.has(title)) groups.set(title, []);
      groups.get(title).push(edge);
    }
    return [...groups].map(([title, ties]) => this.section(capital(title), this.list(ties.map((edge) => this.tie(edge, id)))));
  }

  tie(edge, id) {
    const sentences = joined(this.graph, edge.evidence).length;
    const certain = edge.factuality === "Factual" ? STATUS[edge.status] : CERTAINTY[edge.factuality];
    return el("li", {}, this.link(this.graph.other(edge, id)),
      button(count(sentences, "sentence"), "The sentences that say so", () => this.actions.openEdge(edge.id), { class: "count" }),
      certain ? el("div", { class: "when" }, certain) : null);
  }

  // --- an edge, a path -------------------------------------------------------------------------

  edge(edge) {
    const { graph } = this;
    const certain = [CERTAINTY[edge.factuality], STATUS[edge.status]].filter(Boolean).join(" · ");
    return [
      this.top(null, graph.nodes[edge.from].label, el("span", { class: "predicate" }, ` ${predicateWords(edge.predicate)} `), graph.nodes[edge.to].label),
      el("p", { class: "facts" }, `${capital(certain)} · ${count(graph.articlesOf(edge.evidence).size, "article")}`),
      el("ul", {}, el("li", {}, this.link(edge.from)), el("li", {}, this.link(edge.to))),
      this.section("Sentences", quotes(graph, edge.evidence, 20)),
      this.copyButton(() => this.edgeAsText(edge)),
    ];
  }

  edgeAsText(edge) {
    const { nodes } = this.graph;
    return `${nodes[edge.from].label} – ${predicateWords(edge.predicate)} – ${nodes[edge.to].label}\n${quotesAsText(this.graph, edge.evidence)}`;
  }

  path(ids) {
    const { graph } = this;
    const steps = ids.slice(1).map((id, index) => graph.edgesOf[id]
      .map((e) => graph.edges[e]).find((edge) => graph.other(edge, id) === ids[index]));
    return [
      this.top(null, "Shortest path"),
      el("p", { class: "facts" }, count(steps.length, "step")),
      el("ol", { class: "path" }, ids.map((id, index) => el("li", {}, this.link(id),
        steps[index] ? el("div", { class: "step" },
          button(predicateWords(steps[index].predicate), "The sentences that say so", () => this.actions.openEdge(steps[index].id), { class: "count" }),
          quotes(graph, steps[index].evidence, 1)) : null))),
      this.copyButton(() => steps.map((edge) => this.edgeAsText(edge)).join("\n\n")),
    ];
  }

  copyButton(text) {
    const copy = button("Copy as text", "The sentences with their sources, to paste into a note", async () => {
      const done = await copyText(text());
      copy.textContent = done ? "Copied" : "Copying is not allowed here";
      setTimeout(() => { copy.textContent = "Copy as text"; }, 1500);
    }, { class: "copy" });
    return copy;
  }
}

/** Events in order of time, those without a date last. */
function inTime(graph, ids) {
  const key = (id) => graph.nodes[id].from || graph.nodes[id].to || "9999";
  return [...ids].sort((a, b) => key(a).localeCompare(key(b)) || a - b);
}

/** What articles disagree on: "deaths: 11 or 12". */
function disagreements(node) {
  return node.disputed.map((predicate) => {
    const values = node.values.filter((value) => value[0] === predicate)
      .map(([, text, bound]) => `${BOUND[bound] ?? ""}${valueWords(predicate, text)}`);
    return `${spaced(predicate)}: ${values.join(" or ")}`;
  });
}

/** A value as it is read: dates in words, everything else as it stands. */
function valueWords(predicate, text) {
  if (predicate !== "date") return text;
  const [from, to] = text.split("/").map((day) => (day === ".." ? "" : day));
  return periodWords(from, to ?? from);
}

/** Copy to the clipboard; pages opened from disk may lack the modern way. */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = el("textarea", { class: "offscreen" });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}
