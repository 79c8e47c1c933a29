// What scripts add to every page: suggestions while typing, light or dark, the drawing in its
// frame, the map where it is told of. Everything is there without them.

import { Suggestions } from "./suggestions.js";

const field = document.getElementById("find");
new Suggestions(field, (item) => { window.location.href = item.address; });

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, select, textarea, [contenteditable], .CodeMirror");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    field.focus();
    field.select();
    event.preventDefault();
  }
});

const button = document.getElementById("theme");
button.hidden = false;
button.addEventListener("click", () => {
  const root = document.documentElement;
  const dark = root.dataset.theme
    ? root.dataset.theme === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  localStorage.setItem("newsgraph theme", root.dataset.theme);
});

/** Do `act` once `element` comes near the window. */
function whenSeen(element, act) {
  const watch = new IntersectionObserver((seen) => {
    if (seen.some((entry) => entry.isIntersecting)) {
      watch.disconnect();
      act();
    }
  }, { rootMargin: "300px" });
  watch.observe(element);
}

// On a phone the drawing has its own page: in a frame it would hold up the scrolling.
if (window.matchMedia("(min-width: 701px)").matches) {
  for (const section of document.querySelectorAll("[data-frame]")) {
    whenSeen(section, () => {
      const frame = document.createElement("iframe");
      frame.title = "Network";
      frame.src = `${section.dataset.frame}&embedded=1`;
      section.append(frame);
    });
  }
}

for (const section of document.querySelectorAll("[data-map]")) {
  whenSeen(section, async () => {
    const answer = await fetch(section.dataset.map);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const map = page.getElementById("map");
    if (map) section.querySelector("h2").after(document.importNode(map, true));
  });
}

// A link to a sentence opens what hides it.
function reveal() {
  const id = decodeURIComponent(window.location.hash.slice(1));
  const target = id && document.getElementById(id);
  for (let box = target; box; box = box.parentElement?.closest("details")) {
    if (box.tagName === "DETAILS") box.open = true;
  }
  if (target) target.scrollIntoView({ block: target.classList.contains("sentence") ? "center" : "start" });
}
window.addEventListener("hashchange", reveal);
reveal();
