// Before anything is drawn: light or dark, if the reader has chosen one here.
{
  const chosen = localStorage.getItem("newsgraph theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
}
