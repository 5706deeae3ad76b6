/** A form that costs something is sent once: the second press waits for the first. */
export function lockForms(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-once]')) {
    form.addEventListener('submit', (event) => {
      if (form.ariaBusy === 'true') event.preventDefault();
      form.ariaBusy = 'true';
    });
    addEventListener('pageshow', () => {
      form.ariaBusy = null;
    });
  }
}

/** A new quantity in the cart goes off by itself when the field is left; the button is for browsers without scripts. */
export function sendQuantities(): void {
  for (const button of document.querySelectorAll<HTMLElement>('[data-autosent]')) button.hidden = true;
  for (const input of document.querySelectorAll<HTMLInputElement>('[data-autosend]'))
    input.addEventListener('change', () => input.checkValidity() && input.form?.requestSubmit());
}

/** After a form was refused, the summary of what is wrong is where one continues. */
export const takeFocus = (): void => document.querySelector<HTMLElement>('[data-focus]')?.focus();
