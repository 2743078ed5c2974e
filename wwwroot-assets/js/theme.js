// Runs before the first paint, so that a dark page is never white first.
(() => {
  const key = 'catdog-dark';
  const isDark = () => {
    const chosen = localStorage.getItem(key);
    return chosen === null ? matchMedia('(prefers-color-scheme: dark)').matches : chosen === 'true';
  };
  const show = dark => { document.documentElement.dataset.theme = dark ? 'dark' : 'light'; };
  show(isDark());
  window.catdogTheme = {
    isDark,
    choose(dark) {
      localStorage.setItem(key, dark);
      show(dark);
    },
  };
})();
