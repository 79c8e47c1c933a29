// Light or dark, as the reader's system is set, or as chosen here. The page's colours are in
// style.css, those of the categories come with the data (kg/view/style.py).

const Theme = {
  dark: window.matchMedia("(prefers-color-scheme: dark)").matches,
  categories: [],

  apply() {
    const root = document.documentElement;
    root.dataset.theme = this.dark ? "dark" : "light";
    for (const category of this.categories) {
      root.style.setProperty(`--${category.name}`, this.colour(category));
    }
    const style = getComputedStyle(root);
    for (const name of ["background", "text", "edge", "strong"]) {
      this[name] = style.getPropertyValue(`--${name}`).trim();
    }
  },

  toggle() {
    this.dark = !this.dark;
    this.apply();
  },

  colour(category) {
    return this.dark ? category.dark : category.light;
  },
};
