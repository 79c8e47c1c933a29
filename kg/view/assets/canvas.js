// The drawing: vis-network holds and draws nodes and edges; labels, badges and the light on a
// selection are drawn here, so that they stay readable at any zoom and never overlap.

const DASHES = { Factual: false, Planned: [9, 6], Possible: [2, 5], Denied: [12, 5, 2, 5] };
const SMALLEST = 2.6;      // pixels: below this radius a colour cannot be told
const MOST_ARRANGED = 600; // nodes: more would hold the page up for seconds
const MOST_LABELS = 160;   // more is not read, and costs a frame on a slow machine

class Canvas {
  constructor(graph, state) {
    this.graph = graph;
    this.state = state;
    this.shown = { nodes: new Set(), edges: new Set() };
    this.moved = new Map();
    this.layout = "";
    this.hovered = null;
    this.widths = new Map();
    this.order = [];
    this.drawn = [];          // the labels of the last frame, for the SVG
    this.nodes = new vis.DataSet();
    this.edges = new vis.DataSet();
    this.network = new vis.Network(byId("network"), { nodes: this.nodes, edges: this.edges }, {
      autoResize: true,
      physics: false,
      layout: { improvedLayout: false, randomSeed: 1 },
      nodes: { borderWidth: 1.5, borderWidthSelected: 3, shapeProperties: { interpolation: false } },
      edges: {
        smooth: false,
        selectionWidth: 1.5,
        hoverWidth: 1,
        arrows: { to: { scaleFactor: 0.45 }, from: { scaleFactor: 0.45 } },
      },
      interaction: {
        hover: true,
        hoverConnectedEdges: false,
        selectConnectedEdges: false,
        zoomSpeed: 0.8,
        tooltipDelay: 100,
      },
    });
    this.listen();
  }

  listen() {
    const { network, state } = this;
    network.on("afterDrawing", (context) => this.drawOver(context));
    network.on("click", ({ nodes, edges }) => {
      if (nodes.length) state.set({ selected: { kind: "node", id: nodes[0] } });
      else if (edges.length) state.set({ selected: { kind: "edge", id: edges[0] } });
      else if (state.selected) state.set({ selected: null });
    });
    network.on("doubleClick", ({ nodes }) => {
      if (nodes.length) state.set({ focus: { id: nodes[0], hops: 1 } });
    });
    network.on("dragEnd", ({ nodes }) => {
      for (const [id, place] of Object.entries(network.getPositions(nodes))) {
        this.moved.set(Number(id), place);
      }
    });
    network.on("hoverNode", ({ node }) => this.hover({ kind: "node", id: node }));
    network.on("hoverEdge", ({ edge }) => this.hover({ kind: "edge", id: edge }));
    network.on("blurNode", () => this.hover(null));
    network.on("blurEdge", () => this.hover(null));
    byId("network").addEventListener("mousemove", (event) => this.moveTip(event));
    byId("network").addEventListener("mouseleave", () => this.hover(null));
  }

  // --- what is shown and where -------------------------------------------------------------

  /** Make the drawing hold exactly what `shown` says, moving nodes where the layout changed. */
  sync(shown) {
    const layout = this.layoutName();
    const moved = layout !== this.layout;
    if (moved) this.moved.clear();
    this.layout = layout;
    this.ring = this.state.focus ? this.radial(shown.nodes) : null;
    const before = this.shown;
    this.shown = shown;
    const many = shown.edges.size > 2500;
    this.network.setOptions({
      interaction: { hideEdgesOnDrag: many, hideEdgesOnZoom: many, hover: !many },
    });
    this.edges.remove([...before.edges].filter((id) => !shown.edges.has(id)));
    this.nodes.remove([...before.nodes].filter((id) => !shown.nodes.has(id)));
    this.nodes.update([...shown.nodes].filter((id) => moved || this.ring || !before.nodes.has(id))
      .map((id) => this.nodeStyle(id)));
    this.edges.update([...shown.edges].filter((id) => !before.edges.has(id))
      .map((id) => this.edgeStyle(id)));
    this.order = [...shown.nodes].sort((a, b) => this.graph.nodes[b].size - this.graph.nodes[a].size
      || this.graph.nodes[a].rank - this.graph.nodes[b].rank);
    if (moved || !before.nodes.size) this.fit(before.nodes.size > 0);
    this.select();
  }

  layoutName() {
    const { focus, limit, lonely } = this.state;
    if (focus) return `focus ${focus.id} ${focus.hops}`;
    return limit <= this.graph.first && !lonely ? "opening" : "whole";
  }

  position(id) {
    const node = this.graph.nodes[id];
    if (this.moved.has(id)) return this.moved.get(id);
    if (this.ring?.has(id)) return this.ring.get(id);
    if (this.layout === "opening" && "x0" in node) return { x: node.x0, y: node.y0 };
    if (this.layout === "opening" && this.graph.hasOpening) return this.nearNeighbours(id);
    return { x: node.x, y: node.y };
  }

  /** A place for a node that joins the opening view: beside the neighbours it is shown with. */
  nearNeighbours(id) {
    const near = this.graph.neighbours(id).map((n) => this.graph.nodes[n]).filter((n) => "x0" in n);
    if (!near.length) return { x: this.graph.nodes[id].x, y: this.graph.nodes[id].y };
    const angle = (id * 2.399963) % (2 * Math.PI);
    const mean = (key) => near.reduce((sum, node) => sum + node[key], 0) / near.length;
    return { x: mean("x0") + 110 * Math.cos(angle), y: mean("y0") + 80 * Math.sin(angle) };
  }

  /** Rings around the focus: each node outwards from the one it hangs on. */
  radial(ids) {
    const { graph } = this;
    const { id: centre, hops } = this.state.focus;
    const distance = within(graph, centre, hops);
    const places = new Map([[centre, { x: 0, y: 0 }]]);
    const angles = new Map([[centre, 0]]);
    let inner = [centre];
    let radius = 0;
    for (let hop = 1; hop <= hops; hop += 1) {
      const ring = [...ids].filter((id) => distance.get(id) === hop);
      const parent = (id) => inner.find((p) => graph.neighbours(id).includes(p)) ?? centre;
      const sorted = ring.map((id) => [hop === 1 ? graph.nodes[id].community : angles.get(parent(id)), id])
        .sort((a, b) => a[0] - b[0] || a[1] - b[1]).map((pair) => pair[1]);
      radius = Math.max(radius + 170, (sorted.length * 76) / (2 * Math.PI));
      sorted.forEach((id, index) => {
        const angle = ((index + 0.5) / sorted.length) * 2 * Math.PI - Math.PI;
        angles.set(id, angle);
        const stagger = sorted.length > 14 && index % 2 ? 46 : 0;
        places.set(id, {
          x: (radius + stagger) * 1.25 * Math.cos(angle),
          y: (radius + stagger) * 0.85 * Math.sin(angle),
        });
      });
      inner = sorted;
    }
    return places;
  }

  /** Show all nodes, or those given, with room for their labels at the edges. */
  fit(animate, ids = this.shown.nodes) {
    const places = [...ids].map((id) => this.position(id));
    if (!places.length) return;
    const box = byId("network");
    const [left, right] = [Math.min(...places.map((p) => p.x)), Math.max(...places.map((p) => p.x))];
    const [top, bottom] = [Math.min(...places.map((p) => p.y)), Math.max(...places.map((p) => p.y))];
    const wide = box.clientWidth > 600;
    const scale = Math.min(1.25, (box.clientWidth - (wide ? 150 : 70)) / (right - left + 20),
      (box.clientHeight - 110) / (bottom - top + 20));
    this.network.moveTo({
      position: { x: (left + right) / 2, y: (top + bottom) / 2 - 4 / scale },
      scale: Math.max(0.01, scale),
      animation: animate && moves() && { duration: 350 },
    });
  }

  /** Untangle what is shown by vis-network's forces, from where it stands; asked for by hand. */
  arrange() {
    if (this.shown.nodes.size > MOST_ARRANGED || document.body.classList.contains("arranging")) return;
    this.network.setOptions({ physics: {
      enabled: true,
      solver: "forceAtlas2Based",
      forceAtlas2Based: { gravitationalConstant: -60, centralGravity: 0.008, springLength: 80, avoidOverlap: 0.6 },
      stabilization: { enabled: true, iterations: 200, fit: false },
    } });
    this.network.once("stabilizationIterationsDone", () => {
      this.network.setOptions({ physics: false });
      for (const [id, place] of Object.entries(this.network.getPositions())) this.moved.set(Number(id), place);
      this.fit(false);
      document.body.classList.remove("arranging");
    });
    document.body.classList.add("arranging");
    this.network.stabilize(200);
  }

  select() {
    const { selected } = this.state;
    const here = selected && this.shown[`${selected.kind}s`].has(selected.id);
    this.network.setSelection({
      nodes: here && selected.kind === "node" ? [selected.id] : [],
      edges: here && selected.kind === "edge" ? [selected.id] : [],
    }, { highlightEdges: false });
    this.network.redraw();
  }

  /** Bring a node and its neighbours into sight, unless they are. */
  show(id) {
    if (!this.shown.nodes.has(id)) return;
    const { x, y } = this.network.canvasToDOM(this.position(id));
    const box = byId("network");
    const inside = x > 80 && y > 60 && x < box.clientWidth - 80 && y < box.clientHeight - 60;
    const scale = this.network.getScale();
    if (inside && scale > 0.5) return;
    this.network.focus(id, { scale: Math.max(scale, 0.7), animation: moves() && { duration: 350 } });
  }

  restyle() {
    this.nodes.update([...this.shown.nodes].map((id) => this.nodeStyle(id)));
    this.edges.update([...this.shown.edges].map((id) => this.edgeStyle(id)));
  }

  // --- how things look -----------------------------------------------------------------------

  nodeStyle(id) {
    const node = this.graph.nodes[id];
    const colour = Theme.colour(this.graph.category(id));
    const real = node.factuality === "Factual";
    const border = node.factuality === "Denied" ? Theme.edge : real ? Theme.background : colour;
    const background = real ? colour : Theme.background;
    const state = { background, border: Theme.strong };
    return {
      id,
      shape: node.shape,
      size: node.size,
      ...this.position(id),
      borderWidth: real ? 1.5 : 2.5,
      color: { background, border, highlight: state, hover: state },
      shapeProperties: { borderDashes: DASHES[node.factuality] && [4, 3] },
    };
  }

  edgeStyle(id) {
    const edge = this.graph.edges[id];
    const bow = Math.ceil(edge.lane / 2) * 0.18 * (edge.from < edge.to ? 1 : -1);
    const clockwise = edge.lane % 2 ? bow : -bow;
    return {
      id,
      from: edge.from,
      to: edge.to,
      arrows: edge.arrows,
      width: edge.status === "Accepted" ? Math.min(4, 0.8 + 0.5 * this.graph.articlesOf(edge.evidence).size) : 0.9,
      dashes: DASHES[edge.factuality],
      smooth: edge.lane ? { enabled: true, type: clockwise > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bow) } : false,
      color: { color: Theme.edge, highlight: Theme.strong, hover: Theme.strong },
    };
  }

  /** The nodes and edges the reader looks at: the selection with its neighbours, or the path. */
  lit() {
    const { selected, path } = this.state;
    const nodes = new Set();
    const edges = new Set();
    if (selected?.kind === "node" && this.shown.nodes.has(selected.id)) {
      nodes.add(selected.id);
      for (const e of this.graph.edgesOf[selected.id]) {
        if (!this.shown.edges.has(e)) continue;
        edges.add(e);
        nodes.add(this.graph.other(this.graph.edges[e], selected.id));
      }
    } else if (selected?.kind === "edge" && this.shown.edges.has(selected.id)) {
      const edge = this.graph.edges[selected.id];
      edges.add(edge.id).add(edge.id);
      nodes.add(edge.from).add(edge.to);
    } else {
      path.forEach((id, index) => {
        nodes.add(id);
        for (const e of this.graph.edgesOf[id]) {
          const edge = this.graph.edges[e];
          if (this.shown.edges.has(e) && this.graph.other(edge, id) === path[index + 1]) edges.add(e);
        }
      });
    }
    return { nodes, edges };
  }

  drawOver(context) {
    const lit = this.lit();
    if (lit.nodes.size) this.drawLit(context, lit);
    const at = context.getTransform();
    const ratio = context.canvas.width / context.canvas.clientWidth;
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const places = this.screenPlaces(at, ratio);
    this.drawSmall(context, places);
    this.drawBadges(context, places);
    const labels = new Boxes();
    this.drawLabels(context, places, lit, labels);
    if (lit.nodes.size) this.drawEdgeLabels(context, places, lit, labels);
    context.restore();
  }

  /** A veil over everything, and what is looked at once more above it. */
  drawLit(context, lit) {
    const { body } = this.network;
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalAlpha = 0.78;
    context.fillStyle = Theme.background;
    context.fillRect(0, 0, context.canvas.width, context.canvas.height);
    context.restore();
    for (const id of lit.edges) {
      body.edges[id]?.draw(context);
      body.edges[id]?.drawArrows(context);
    }
    for (const id of lit.nodes) body.nodes[id]?.draw(context);
  }

  /** Where the visible nodes are on the screen, in CSS pixels: [x, y, radius] by id. */
  screenPlaces(at, ratio) {
    const places = new Map();
    const { body } = this.network;
    const width = byId("network").clientWidth;
    const height = byId("network").clientHeight;
    const zoom = at.a / ratio;
    for (const id of this.order) {
      if (!body.nodes[id]) continue;   // vis-network redraws while nodes are being replaced
      const { x, y } = body.nodes[id];
      const left = (x * at.a + at.e) / ratio;
      const top = (y * at.d + at.f) / ratio;
      if (left > -60 && top > -30 && left < width + 60 && top < height + 30) {
        places.set(id, [left, top, this.graph.nodes[id].size * zoom]);
      }
    }
    return places;
  }

  /** Nodes that the zoom has made too small to see, at the least size that shows a colour. */
  drawSmall(context, places) {
    const lit = this.state.selected || this.state.path.length ? this.lit().nodes : null;
    for (const [id, [x, y, radius]] of places) {
      if (radius >= SMALLEST || (lit?.size && !lit.has(id))) continue;
      context.fillStyle = Theme.colour(this.graph.category(id));
      context.fillRect(x - SMALLEST * 0.75, y - SMALLEST * 0.75, SMALLEST * 1.5, SMALLEST * 1.5);
    }
  }

  /** Marks on nodes: a bar through what is denied, "≠" where sources disagree. */
  drawBadges(context, places) {
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (const [id, [x, y, radius]] of places) {
      const node = this.graph.nodes[id];
      if (node.factuality === "Denied" && radius > SMALLEST) {
        context.strokeStyle = Theme.text;
        context.lineWidth = 1.5;
        context.beginPath();
        context.moveTo(x - radius, y + radius);
        context.lineTo(x + radius, y - radius);
        context.stroke();
      }
      if (node.disputed.length && radius > 3) {
        context.fillStyle = Theme.text;
        context.beginPath();
        context.arc(x + radius, y - radius, 7, 0, 2 * Math.PI);
        context.fill();
        context.fillStyle = Theme.background;
        context.font = "bold 11px system-ui, sans-serif";
        context.fillText("≠", x + radius, y - radius + 0.5);
      }
    }
  }

  /**
   * Labels in order of importance, each where it covers no other label and no node. The most
   * important may cover small nodes rather than go without a name.
   */
  drawLabels(context, places, lit, labels) {
    const symbols = new Boxes();
    for (const [x, y, radius] of places.values()) {
      if (radius > 3) symbols.add(x - radius * 0.8, y - radius * 0.8, x + radius * 0.8, y + radius * 0.8);
    }
    const { selected } = this.state;
    const must = new Set();
    if (this.hovered?.kind === "node") must.add(this.hovered.id);
    if (selected?.kind === "node") must.add(selected.id);
    if (selected?.kind === "edge") for (const id of lit.nodes) must.add(id);
    const order = lit.nodes.size ? this.order.filter((id) => lit.nodes.has(id)) : this.order;
    context.textBaseline = "top";
    context.lineJoin = "round";
    this.drawn = [];
    const most = lit.nodes.size || this.order.length < 600 ? MOST_LABELS : MOST_LABELS / 2;
    let tried = 0;
    for (const id of new Set([...must, ...order])) {
      if (this.drawn.length >= most || tried > 3 * MOST_LABELS) break;
      if (!places.has(id)) continue;
      const taken = [labels, symbols];
      this.drawLabel(context, id, places.get(id), taken, must.has(id), tried < 24);
      tried += 1;
    }
  }

  drawLabel(context, id, [x, y, radius], [labels, symbols], must, important) {
    const node = this.graph.nodes[id];
    const size = node.size > 14 ? 13 : 12;
    const lines = this.lines(node);
    const font = (line) => `${line === 0 && (node.size > 14 || node.group === "event") ? "600 " : ""}${size}px system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif`;
    const widths = lines.map((line, index) => this.width(context, font(index), line));
    const width = Math.max(...widths);
    const height = lines.length * (size + 2);
    const gap = radius * 1.1 + 3;
    const tries = [
      [x - width / 2, y + gap], [x + gap, y - height / 2], [x - gap - width, y - height / 2],
      [x - width / 2, y - gap - height],
    ];
    const screen = byId("network").clientWidth;
    const free = ([left, top], boxes) => left > 3 && left + width < screen - 3
      && boxes.free(left, top, left + width, top + height);
    const place = tries.find((at) => free(at, labels) && free(at, symbols))
      ?? (important ? tries.find((at) => free(at, labels)) : null)
      ?? (must ? tries[0] : null);
    if (!place) return;
    const [left, top] = place;
    labels.add(left - 2, top - 1, left + width + 2, top + height + 1);
    this.drawn.push({ lines, middle: left + width / 2, top, size, bold: node.size > 14 || node.group === "event" });
    lines.forEach((line, index) => {
      context.font = font(index);
      context.textAlign = "center";
      context.lineWidth = 3.5;
      context.strokeStyle = Theme.background;
      context.fillStyle = Theme.text;
      const baseline = top + index * (size + 2);
      context.strokeText(line, left + width / 2, baseline);
      context.fillText(line, left + width / 2, baseline);
      if (node.factuality === "Denied") {
        context.fillRect(left + (width - widths[index]) / 2, baseline + size / 2, widths[index], 1);
      }
    });
  }

  /**
   * A label in one or two lines. An event's type stands above its place and time; who took part
   * is drawn around it anyway.
   */
  lines(node) {
    if (node.lines) return node.lines;
    const parts = node.group === "event" ? this.eventLines(node) : wrapped(node.label);
    // Isolated, so that a right-to-left name does not turn its neighbours around.
    node.lines = parts.map((line) => `\u2068${shortened(line, 30)}\u2069`);
    return node.lines;
  }

  eventLines(node) {
    const { graph } = this;
    const place = graph.edgesOf[node.id].map((e) => graph.edges[e])
      .find((edge) => edge.from === node.id && edge.predicate === "place");
    const where = place ? graph.nodes[place.to].label : "";
    const below = [where, monthWords(node.from, node.to)].filter(Boolean).join(", ");
    return [capital(spaced(node.type)), below].filter(Boolean);
  }

  width(context, font, text) {
    const key = font + text;
    if (!this.widths.has(key)) {
      context.font = font;
      this.widths.set(key, context.measureText(text).width);
    }
    return this.widths.get(key);
  }

  /** The words of the relations looked at, on their edges, where they fit. */
  drawEdgeLabels(context, places, lit, boxes) {
    if (lit.edges.size > 40) return;
    context.font = "11px system-ui, sans-serif";
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (const e of lit.edges) {
      const edge = this.graph.edges[e];
      const from = places.get(edge.from);
      const to = places.get(edge.to);
      if (!from || !to) continue;
      const text = predicateWords(edge.predicate);
      const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
      const width = this.width(context, context.font, text);
      if (length < width + 40) continue;
      const bow = edge.lane ? Math.ceil(edge.lane / 2) * 0.09 * (edge.from < edge.to ? 1 : -1) * (edge.lane % 2 ? 1 : -1) : 0;
      const x = (from[0] + to[0]) / 2 + (to[1] - from[1]) * bow;
      const y = (from[1] + to[1]) / 2 - (to[0] - from[0]) * bow;
      if (!boxes.free(x - width / 2, y - 7, x + width / 2, y + 7)) continue;
      boxes.add(x - width / 2, y - 7, x + width / 2, y + 7);
      context.lineWidth = 4;
      context.strokeStyle = Theme.background;
      context.fillStyle = Theme.text;
      context.strokeText(text, x, y);
      context.fillText(text, x, y);
    }
  }

  // --- the tip beside the pointer ------------------------------------------------------------

  hover(thing) {
    this.hovered = thing;
    const tip = byId("tip");
    byId("network").style.cursor = thing ? "pointer" : "default";
    tip.hidden = !thing;
    if (!thing) return;
    if (thing.kind === "node") {
      const node = this.graph.nodes[thing.id];
      tip.replaceChildren(el("b", {}, bdi(node.label)), el("br"),
        `${capital(spaced(node.type))}, ${count(this.graph.edgesOf[thing.id].length, "tie")}`,
        node.factuality === "Factual" ? "" : `, ${CERTAINTY[node.factuality]}`);
    } else {
      const edge = this.graph.edges[thing.id];
      tip.replaceChildren(bdi(this.graph.nodes[edge.from].label), " ",
        el("b", {}, predicateWords(edge.predicate)), " ", bdi(this.graph.nodes[edge.to].label),
        el("br"), count(edge.evidence.length, "sentence"), ", ",
        count(this.graph.articlesOf(edge.evidence).size, "article"),
        edge.factuality === "Factual" ? "" : `, ${CERTAINTY[edge.factuality]}`);
    }
  }

  moveTip(event) {
    const tip = byId("tip");
    if (tip.hidden) return;
    const frame = byId("network").getBoundingClientRect();
    const x = event.clientX - frame.left;
    const y = event.clientY - frame.top;
    tip.style.left = `${Math.min(x + 14, frame.width - tip.offsetWidth - 8)}px`;
    tip.style.top = `${y + 18 + tip.offsetHeight > frame.height ? y - tip.offsetHeight - 10 : y + 18}px`;
  }
}

/** Whether the reader's system allows movement. */
function moves() {
  return !window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** Rectangles on the screen, in a grid, to ask quickly whether a place is free. */
class Boxes {
  constructor() {
    this.cells = new Map();
  }

  *near(left, top, right, bottom) {
    for (let column = Math.floor(left / 64); column <= Math.floor(right / 64); column += 1) {
      for (let row = Math.floor(top / 32); row <= Math.floor(bottom / 32); row += 1) {
        yield column * 10007 + row;
      }
    }
  }

  add(left, top, right, bottom) {
    for (const cell of this.near(left, top, right, bottom)) {
      if (!this.cells.has(cell)) this.cells.set(cell, []);
      this.cells.get(cell).push([left, top, right, bottom]);
    }
  }

  free(left, top, right, bottom) {
    for (const cell of this.near(left, top, right, bottom)) {
      for (const box of this.cells.get(cell) ?? []) {
        if (left < box[2] && right > box[0] && top < box[3] && bottom > box[1]) return false;
      }
    }
    return true;
  }
}

/** A name in at most two lines, broken between words near the middle. */
function wrapped(text) {
  if (text.length <= 20 || !text.includes(" ")) return [text];
  let best = -1;
  for (let i = text.indexOf(" "); i >= 0; i = text.indexOf(" ", i + 1)) {
    if (best < 0 || Math.abs(i - text.length / 2) < Math.abs(best - text.length / 2)) best = i;
  }
  return [text.slice(0, best), text.slice(best + 1)];
}

function shortened(text, letters) {
  const all = [...text];
  return all.length > letters ? `${all.slice(0, letters - 1).join("")}…` : text;
}
