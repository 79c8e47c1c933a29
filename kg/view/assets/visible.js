// Which nodes and edges the reader's choices leave.

/** The nodes within `hops` ties of `id`, with their distance. */
function within(graph, id, hops) {
  const distance = new Map([[id, 0]]);
  let edge = [id];
  for (let hop = 1; hop <= hops; hop += 1) {
    const next = [];
    for (const node of edge) {
      for (const neighbour of graph.neighbours(node)) {
        if (!distance.has(neighbour)) {
          distance.set(neighbour, hop);
          next.push(neighbour);
        }
      }
    }
    edge = next;
  }
  return distance;
}

/** The nodes looked at before any filter: the best `limit`, or what is near the focus. */
function baseNodes(graph, state) {
  const base = state.focus
    ? new Set(within(graph, state.focus.id, state.focus.hops).keys())
    : new Set((state.lonely ? graph.order : graph.connected).slice(0, state.limit));
  for (const id of state.added) base.add(id);
  for (const id of state.path) base.add(id);
  for (const id of state.removed) base.delete(id);
  return base;
}

function typeKey(node) {
  return `${node.group}:${node.type}`;
}

function passesTime(node, state) {
  if (node.group !== "event" || !(state.from || state.to)) return true;
  if (!node.from && !node.to) return false;
  return (!state.from || (node.to || node.from) >= state.from)
    && (!state.to || (node.from || node.to) <= state.to);
}

/** The articles looked at, when not all: one, or those of one publisher. */
function onlyArticles(graph, state) {
  if (state.article !== null) return new Set([state.article]);
  return state.publisher ? graph.articlesBy.get(state.publisher) ?? new Set() : null;
}

function meets(some, others) {
  for (const item of some) if (others.has(item)) return true;
  return false;
}

function passesNode(graph, node, state) {
  if (state.offTypes.has(typeKey(node)) || state.offCertainty.has(node.factuality)) return false;
  if (!passesTime(node, state)) return false;
  const only = onlyArticles(graph, state);
  return !only || node.group !== "event" || meets(graph.articlesOf(node.mentions), only)
    || graph.edgesOf[node.id].some((e) => meets(graph.articlesOf(graph.edges[e].evidence), only));
}

function passesEdge(graph, edge, state) {
  if (state.offPredicates.has(edge.predicate) || state.offCertainty.has(edge.factuality)) {
    return false;
  }
  const only = onlyArticles(graph, state);
  if (state.sources <= 1 && !only) return true;
  const articles = graph.articlesOf(edge.evidence);
  return articles.size >= state.sources && (!only || meets(articles, only));
}

/** The visible nodes and edges as {nodes, edges}: sets of ids. */
function visible(graph, state) {
  const nodes = new Set();
  for (const id of baseNodes(graph, state)) {
    if (passesNode(graph, graph.nodes[id], state)) nodes.add(id);
  }
  const edges = new Set();
  const tied = new Set();
  for (const id of nodes) {
    for (const e of graph.edgesOf[id]) {
      const edge = graph.edges[e];
      if (edges.has(e) || !nodes.has(edge.from) || !nodes.has(edge.to)) continue;
      if (passesEdge(graph, edge, state)) {
        edges.add(e);
        tied.add(edge.from);
        tied.add(edge.to);
      }
    }
  }
  if (state.filtered) {
    // A filter that takes away a node's last tie takes the node with it, unless asked for.
    const kept = new Set([...state.added, ...state.path, state.focus?.id]);
    for (const id of nodes) {
      if (!tied.has(id) && graph.edgesOf[id].length && !kept.has(id)) nodes.delete(id);
    }
  }
  return { nodes, edges };
}
