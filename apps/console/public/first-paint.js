// Decides light or dark and the language before anything is painted. Kept outside the bundle because it must not wait for it.
(() => {
  const root = document.documentElement;
  const read = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  };
  const theme = read('ts.theme');
  const isDark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.dataset.theme = isDark ? 'dark' : 'light';
  root.lang = read('ts.language') === 'en' ? 'en' : 'zh-CN';
})();
