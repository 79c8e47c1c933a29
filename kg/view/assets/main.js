// Starts the viewer of a page that holds its own data.

Theme.apply();
unpack().then((data) => {
  Theme.categories = data.tables.categories;
  Theme.apply();
  window.newsgraph = new Viewer(new Graph(data));
  document.body.classList.add("ready");
  window.newsgraph.canvas.network.once("afterDrawing", () => {
    performance.mark("drawn");
    document.body.classList.add("drawn");
  });
  window.newsgraph.canvas.network.redraw();
});
