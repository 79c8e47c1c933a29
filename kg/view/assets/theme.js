// Light or dark, as the reader's system is set, or as chosen here.

const Theme = {
  dark: window.matchMedia("(prefers-color-scheme: dark)").matches,

  apply() {
    document.documentElement.dataset.theme = this.dark ? "dark" : "light";
  },

  toggle() {
    this.dark = !this.dark;
    this.apply();
  },

  get background() {
    return this.dark ? "#14181f" : "#ffffff";
  },

  get text() {
    return this.dark ? "#e8ecf1" : "#1c2430";
  },

  get line() {
    return this.dark ? "#586679" : "#adb7c4";
  },

  get strong() {
    return this.dark ? "#f4f7fb" : "#10151c";
  },

  colour(category) {
    return this.dark ? category.dark : category.light;
  },
};
