// Runs before the first paint, so that a chosen theme never flashes. No import may come in here.
try {
  const theme = localStorage.getItem('ts_theme');
  if (theme) document.documentElement.dataset['theme'] = theme;
} catch {
  // storage is blocked: the system's choice stands
}
document.documentElement.classList.add('js');
