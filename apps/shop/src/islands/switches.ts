import { isRefused, setRefused } from './behaviour.ts';

/** The two switches that only a script can serve; without one they are not shown. */
export function connectSwitches(): void {
  const theme = document.querySelector<HTMLElement>('[data-theme-switch]');
  const choice = theme?.querySelector('select');
  if (theme && choice) {
    theme.hidden = false;
    choice.value = document.documentElement.dataset['theme'] ?? '';
    choice.addEventListener('change', () => {
      localStorage.setItem('ts_theme', choice.value);
      if (choice.value === '') delete document.documentElement.dataset['theme'];
      else document.documentElement.dataset['theme'] = choice.value;
    });
  }
  const usage = document.querySelector<HTMLElement>('[data-usage-switch]');
  const box = usage?.querySelector('input');
  const saved = usage?.querySelector<HTMLElement>('[data-saved]');
  if (usage && box && saved) {
    usage.hidden = false;
    box.checked = !isRefused();
    box.addEventListener('change', () => {
      setRefused(!box.checked);
      saved.textContent = saved.dataset['saved'] ?? '';
    });
  }
}
