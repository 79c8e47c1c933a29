// Puts the parts together: the viewer, for whoever has its data (`main.js`, or a server's page).

class Viewer {
  constructor(graph) {
    this.graph = graph;
    this.state = new State(graph);
    this.canvas = new Canvas(graph, this.state);
    this.panel = new Panel(graph, this.state, this);
    this.legend = new Legend(graph, this.state);
    this.search = new Search(graph, (id) => this.open(id));
    this.timeline = new Timeline(graph, this.state);
    this.export = new Export(graph, this.canvas, this);
    this.pathStart = null;
    this.state.onChange(() => this.draw());
    window.addEventListener("popstate", () => this.state.read());
    // A turned phone or another window size is another picture: fit it again.
    window.addEventListener("resize", () => {
      clearTimeout(this.resized);
      this.resized = setTimeout(() => this.canvas.fit(false), 200);
    });
    document.addEventListener("keydown", (event) => this.key(event));
    this.tools();
    this.state.read();
  }

  draw() {
    const { state, graph } = this;
    const { selected } = state;
    if (this.pathStart !== null && selected?.kind === "node" && selected.id !== this.pathStart) {
      return this.findPath(this.pathStart, selected.id);
    }
    this.shown = visible(graph, state);
    this.canvas.sync(this.shown);
    this.legend.draw();
    this.timeline.draw();
    this.panel.draw();
    this.notice();
    return undefined;
  }

  tools() {
    byId("tools").append(
      this.phone = button("Filters", "Legend and filters", () => document.body.classList.toggle("show-legend"), { class: "narrow" }),
      button("←", "Back (Alt + left arrow)", () => window.history.back(), { class: "wide", "aria-label": "Back" }),
      button("→", "Forward (Alt + right arrow)", () => window.history.forward(), { class: "wide", "aria-label": "Forward" }),
      button("Fit", "Whole picture ( 0 )", () => this.canvas.fit(true)),
      button("Arrange", "Untangle what is shown", () => this.canvas.arrange(), { class: "wide" }),
      this.export.menu(),
      button("◐", "Light or dark", () => { Theme.toggle(); this.canvas.restyle(); }, { "aria-label": "Light or dark" }),
    );
  }

  /** Says what is not shown, and offers it. */
  notice() {
    const { state, graph } = this;
    const all = state.lonely ? graph.order : graph.connected;
    const lonely = graph.order.length - graph.connected.length;
    const parts = [];
    if (state.focus) {
      parts.push(el("span", {}, "Only what is within ", count(state.focus.hops, "step"), " of ", el("b", {}, bdi(graph.nodes[state.focus.id].label)), ` (${count(this.shown.nodes.size, "node")})`),
        button(state.focus.hops === 1 ? "Two steps" : "One step", "", () => this.hops(state.focus.hops === 1 ? 2 : 1)),
        button("Everything", "Leave the focus", () => state.set({ focus: null })));
    } else if (state.limit < all.length) {
      const more = Math.min(graph.first, all.length - state.limit);
      parts.push(el("span", {}, `The ${state.limit.toLocaleString("en")} most connected of ${count(all.length, "node")}`),
        button(`${more} more`, "", () => state.set({ limit: state.limit + more })),
        button("All", "", () => state.set({ limit: all.length })));
    } else if (lonely && !state.lonely) {
      parts.push(el("span", {}, `${count(lonely, "name")} without a stated tie not shown`),
        button("Show", "", () => state.set({ lonely: true, limit: graph.order.length })));
    }
    if ((state.from || state.to) && this.timeline.undated) {
      parts.push(el("span", {}, `${count(this.timeline.undated, "event")} without a date left out`));
    }
    if (state.removed.size) {
      parts.push(el("span", {}, `${state.removed.size} hidden`), button("Bring back", "", () => state.set({ removed: new Set() })));
    }
    if (state.filtered && !this.shown.nodes.size) parts.push(el("span", {}, "The filters leave nothing to show."));
    if (this.pathStart !== null) {
      parts.unshift(el("b", {}, "Click the node to find the path to"), button("Cancel", "", () => { this.pathStart = null; this.notice(); }));
    }
    byId("notice").replaceChildren(...parts);
  }

  // --- what a reader can do ------------------------------------------------------------------

  /** Select a node, bringing it into the picture first if it is not there. */
  open(id) {
    const { state } = this;
    const added = new Set(state.added);
    const removed = new Set(state.removed);
    removed.delete(id);
    const changes = { selected: { kind: "node", id }, removed };
    if (!this.shown.nodes.has(id)) {
      added.add(id);
      for (const neighbour of this.graph.neighbours(id).slice(0, 12)) added.add(neighbour);
      changes.added = added;
    }
    state.set(changes);
    this.canvas.show(id);
  }

  openEdge(id) {
    const edge = this.graph.edges[id];
    const added = new Set(this.state.added);
    for (const node of [edge.from, edge.to]) if (!this.shown.nodes.has(node)) added.add(node);
    this.state.set({ selected: { kind: "edge", id }, added });
  }

  article(number) {
    this.state.set({ article: this.state.article === number ? null : number });
  }

  focus(id) {
    this.panel.current = "";
    this.state.set({ focus: id === null ? null : { id, hops: 1 } });
  }

  hops(hops) {
    this.panel.current = "";
    this.state.set({ focus: { id: this.state.focus.id, hops } });
  }

  expand(id) {
    const near = this.graph.neighbours(id);
    const removed = new Set([...this.state.removed].filter((other) => !near.includes(other)));
    this.state.set({ added: new Set([...this.state.added, ...near]), removed });
  }

  /** Hide the neighbours that hang on this node alone. */
  collapse(id) {
    const leaves = this.graph.neighbours(id).filter((other) => this.shown.nodes.has(other)
      && this.graph.neighbours(other).every((n) => n === id || !this.shown.nodes.has(n)));
    this.state.set({ removed: new Set([...this.state.removed, ...leaves]) });
  }

  hide(id) {
    this.state.set({ removed: new Set([...this.state.removed, id]), selected: null });
  }

  startPath(id) {
    this.pathStart = id;
    this.notice();
  }

  findPath(from, to) {
    this.pathStart = null;
    const path = shortestPath(this.graph, from, to);
    this.state.set({ path, selected: path.length ? null : { kind: "node", id: to } });
  }

  key(event) {
    const typing = event.target.closest?.("input, select, textarea");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const { state, canvas } = this;
    if (event.key === "/") {
      byId("search").focus();
      event.preventDefault();
    } else if (event.key === "Escape") {
      this.pathStart = null;
      if (state.selected || state.path.length) state.set({ selected: null, path: [] });
      else if (state.focus) state.set({ focus: null });
    } else if (event.key === "0") canvas.fit(true);
    else if (event.key === "f" && state.selected?.kind === "node") this.focus(state.selected.id);
    else if (event.key === "h" && state.selected?.kind === "node") this.hide(state.selected.id);
  }
}

/** The nodes of a shortest path between two nodes, [] when there is none. */
function shortestPath(graph, from, to) {
  const before = new Map([[from, null]]);
  let edge = [from];
  while (edge.length && !before.has(to)) {
    const next = [];
    for (const id of edge) {
      for (const neighbour of graph.neighbours(id)) {
        if (!before.has(neighbour)) {
          before.set(neighbour, id);
          next.push(neighbour);
        }
      }
    }
    edge = next;
  }
  if (!before.has(to)) return [];
  const path = [];
  for (let id = to; id !== null; id = before.get(id)) path.unshift(id);
  return path;
}
