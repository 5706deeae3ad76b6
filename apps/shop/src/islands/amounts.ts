/** What changes an amount: how many units travel elsewhere, and whose limits count. */
const counts = (name: string): boolean => ['phone', 'way', 'pickup'].includes(name) || /^p\d-units-/.test(name);

const parts = ['.amounts', '.saved', '[data-pay]', '[data-total]'];

/** The amounts of checkout follow what is typed; without this script a button does, and paying asks before charging. */
export function keepAmounts(form: HTMLFormElement): void {
  for (const button of form.querySelectorAll<HTMLElement>('[data-amounts]')) button.hidden = true;
  let last = 0;
  form.addEventListener('change', ({ target }) => {
    const isField = target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
    if (!isField || !counts(target.name)) return;
    last += 1;
    const mine = last;
    void countAgain(form).then((page) => page && mine === last && showAmounts(page));
  });
}

async function countAgain(form: HTMLFormElement): Promise<Document | undefined> {
  const body = new URLSearchParams(
    [...new FormData(form)].map(([name, value]) => [name, typeof value === 'string' ? value : '']),
  );
  body.set('do', 'amounts');
  const response = await fetch(form.action, { method: 'POST', body }).catch(() => undefined);
  return response?.ok ? new DOMParser().parseFromString(await response.text(), 'text/html') : undefined;
}

function showAmounts(page: Document): void {
  for (const part of parts) {
    const [now, then] = [document.querySelector(part), page.querySelector(part)];
    if (now && then) now.replaceWith(document.adoptNode(then));
  }
}
