interface Division {
  code: string;
  name: string;
}

/** Choosing a province fills the cities, choosing a city the districts; without this script a button does. */
export function connectDivisions(): void {
  for (const group of document.querySelectorAll<HTMLElement>('[data-divisions]')) {
    const selects = [...group.querySelectorAll<HTMLSelectElement>('select[data-level]')];
    selects.forEach((select, index) => {
      select.addEventListener('change', () => void fill(group, selects, index));
    });
  }
}

async function fill(group: HTMLElement, selects: readonly HTMLSelectElement[], index: number): Promise<void> {
  const { divisions: url = '', choose = '', none = '' } = group.dataset;
  const chosen = selects[index]?.value ?? '';
  const [next, ...later] = selects.slice(index + 1);
  for (const select of later) offer(select, [], select.dataset['after'] ?? '');
  if (next === undefined) return;
  if (chosen === '') return offer(next, [], next.dataset['after'] ?? '');
  const response = await fetch(`${url}?parent=${chosen}`, { headers: { accept: 'application/json' } }).catch(() => undefined);
  if (!response?.ok || selects[index]?.value !== chosen) return; // the button of the page still leads on
  const { items } = (await response.json()) as { items: Division[] };
  offer(next, items, items.length === 0 ? none : choose);
  const [only] = items;
  if (items.length === 1 && only) {
    next.value = only.code;
    next.dispatchEvent(new Event('change')); // 北京市 has one city: go on to its districts
  }
}

function offer(select: HTMLSelectElement, divisions: readonly Division[], empty: string): void {
  const option = (text: string, value: string): HTMLOptionElement => new Option(text, value);
  select.replaceChildren(option(empty, ''), ...divisions.map(({ code, name }) => option(name, code)));
}
