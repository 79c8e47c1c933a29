// The viewer over a server: nodes open into more of the graph, names lead to their pages.

const MOST_NODES = 600;   // more cannot be told apart, and make moving the picture slow

/** The panel of the viewer with ways to a thing's page and to what is not in the picture yet. */
class ExplorerPanel extends Panel {
  nodeTools(id) {
    const tools = super.nodeTools(id);
    const node = this.graph.nodes[id];
    const hidden = node.ties - this.graph.neighbours(id).length;
    const more = [...tools.children].find((child) => child.textContent === "Show neighbours");
    if (hidden > 0) more.textContent = `Show neighbours (${hidden} more)`;
    tools.prepend(el("a", { class: "button", href: node.page, target: "_top" }, "Open page"));
    return tools;
  }
}

class Explorer extends Viewer {
  constructor(graph) {
    super(graph);
    this.centres = document.body.dataset.centres.split(" ").filter(Boolean);
    this.panel = new ExplorerPanel(graph, this.state, this);
    this.panel.draw();
    const { network } = this.canvas;
    network.off("doubleClick");
    // The browser's own double click: vis-network's is missed when the machine is slow.
    byId("network").addEventListener("dblclick", ({ clientX, clientY }) => {
      const { left, top } = byId("network").getBoundingClientRect();
      const id = network.getNodeAt({ x: clientX - left, y: clientY - top });
      if (id !== undefined) this.expand(id);
    });
    if (document.body.classList.contains("embedded")) this.letThePageScroll();
  }

  /** In a frame the wheel belongs to the page around it until the picture is clicked. */
  letThePageScroll() {
    const { network } = this.canvas;
    network.setOptions({ interaction: { zoomView: false } });
    byId("network").addEventListener("pointerdown", () => network.setOptions({ interaction: { zoomView: true } }));
    byId("network").addEventListener("mouseleave", () => network.setOptions({ interaction: { zoomView: false } }));
  }

  key(event) {
    const typing = event.target.closest?.("input, select, textarea");
    if (event.key === "e" && !typing && this.state.selected?.kind === "node") this.expand(this.state.selected.id);
    else super.key(event);
  }

  /** Bring everything a node is tied to into the picture, from the server where it is not here. */
  async expand(id) {
    const { iri, ties } = this.graph.nodes[id];
    const name = shortName(iri);
    if (ties <= this.graph.neighbours(id).length || this.centres.includes(name)
      || this.graph.nodes.length > MOST_NODES) return super.expand(id);
    const centres = [...this.centres, name];
    const query = centres.map((centre) => `of=${encodeURIComponent(centre)}`).join("&");
    document.body.classList.add("arranging");
    try {
      const answer = await fetch(`/network.json?${query}`);
      if (!answer.ok) throw new Error(answer.statusText);
      this.take(await answer.json(), iri);
      this.centres = centres;
      const embedded = document.body.classList.contains("embedded") ? "&embedded=1" : "";
      window.history.pushState(null, "", `/network?${query}${embedded}${window.location.hash}`);
      const own = document.querySelector("h1 a[target]");
      if (own) own.href = `/network?${query}${window.location.hash}`;
    } catch (error) {
      byId("notice").replaceChildren(el("b", {}, "The server did not answer. "), button("Try again", "", () => this.expand(id)));
    } finally {
      document.body.classList.remove("arranging");
    }
    return undefined;
  }

  /** Take a larger graph in place of this one; what is in the picture stays where it stands. */
  take(data, around) {
    const { canvas, state } = this;
    const chosen = state.toHash();
    const before = new Map();
    const places = canvas.network.getPositions();
    for (const [id, place] of Object.entries(places)) before.set(this.graph.nodes[id].iri, place);
    const graph = new Graph(data);
    for (const part of [this, canvas, state, this.panel, this.search, this.export]) part.graph = graph;
    canvas.edges.clear();
    canvas.nodes.clear();
    canvas.shown = { nodes: new Set(), edges: new Set() };
    canvas.hovered = null;
    const centre = before.get(around) ?? { x: 0, y: 0 };
    for (const [id, place] of arranged(graph, before, centre)) {
      graph.nodes[id].x = place.x;
      graph.nodes[id].y = place.y;
    }
    canvas.moved.clear();
    this.search.index = graph.nodes.map((node) => [node.label, ...node.aliases].map(folded));
    this.legend = new Legend(graph, state);
    byId("timeline").replaceChildren();
    this.timeline.stop();
    this.timeline = new Timeline(graph, state);
    this.panel.current = "";
    window.history.replaceState(null, "", chosen ? `#${chosen}` : window.location.pathname + window.location.search);
    state.read();
  }
}

/** Where each node stands: where it was; a new one beside those it is tied to, going round. */
function arranged(graph, before, centre) {
  const places = new Map();
  for (const node of graph.nodes) if (before.has(node.iri)) places.set(node.id, before.get(node.iri));
  const fresh = graph.nodes.filter((node) => !before.has(node.iri)).map((node) => node.id);
  fresh.forEach((id, index) => {
    const near = graph.neighbours(id).filter((other) => places.has(other));
    const start = near.length > 1 ? mean(near.map((other) => places.get(other))) : centre;
    // A sunflower around it: even, and never two at one place.
    const radius = 90 + 34 * Math.sqrt(index);
    const angle = index * 2.399963;
    places.set(id, { x: start.x + radius * 1.3 * Math.cos(angle), y: start.y + radius * Math.sin(angle) });
  });
  return places;
}

function mean(points) {
  const sum = points.reduce((all, { x, y }) => ({ x: all.x + x, y: all.y + y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}

/** `ent:Iran` for an entity, `ev:...` for an event. */
function shortName(iri) {
  return iri.replace(/^.*\/entity\//, "ent:").replace(/^.*\/event\//, "ev:");
}

if (localStorage.getItem("newsgraph theme")) Theme.dark = localStorage.getItem("newsgraph theme") === "dark";
Theme.apply();
unpack().then((data) => {
  Theme.categories = data.tables.categories;
  Theme.apply();
  window.newsgraph = new Explorer(new Graph(data));
  document.body.classList.add("ready");
});
