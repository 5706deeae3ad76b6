import { acts, type Act, type Outcome } from './provider.ts';
import type { Payment } from './storage.ts';
import { type Language, words } from './words.ts';

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const money = (fen: number, currency: string, language: Language): string =>
  new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).format(fen / 100);

const instant = (at: number, language: Language): string =>
  new Intl.DateTimeFormat(language, { timeZone: 'Asia/Shanghai', dateStyle: 'medium', timeStyle: 'short' }).format(at);

interface Shown {
  payment: Payment;
  language: Language;
  now: number;
}

/** The page on which a payer decides; one form, works without JavaScript. */
export function payPage({ payment, language, now }: Shown): string {
  const say = words[language];
  const isOver = payment.expiresAt !== null && payment.expiresAt <= now;
  const isOpen = payment.state === 'open' && payment.payAt === null && !isOver;
  return page(
    language,
    say.title,
    `
    ${summary(payment, language)}
    ${isOpen ? form(language) : `<p class="state" role="status">${escape(stateLine(payment, isOver, language))}</p>`}
    ${isOpen ? '' : `<p><a class="button" href="${escape(payment.returnUrl)}">${say.back}</a></p>`}
    <p class="switch"><a hreflang="${say.other.lang}" lang="${say.other.lang}" href="?lang=${say.other.lang}">${say.other.name}</a></p>`,
  );
}

/** What the payer sees after a choice that does not lead back to the shop. */
export function donePage({ payment, language }: Omit<Shown, 'now'>, outcome: Outcome): string {
  const say = words[language];
  const line = outcome === 'scheduled' ? say.scheduled : say.already;
  return page(
    language,
    say.title,
    `
    ${summary(payment, language)}
    <p class="state" role="status">${line}</p>
    <p><a class="button" href="${escape(payment.returnUrl)}">${say.back}</a></p>`,
  );
}

export const missingPage = (language: Language): string =>
  page(language, words[language].missing, `<h1>${words[language].missing}</h1><p>${words[language].missingHint}</p>`);

function summary(payment: Payment, language: Language): string {
  const say = words[language];
  const until = payment.expiresAt === null ? '' : `<dt>${say.until}</dt><dd>${escape(instant(payment.expiresAt, language))}</dd>`;
  return `<h1>${say.title}</h1>
    <p class="amount">${escape(money(payment.amountFen, payment.currency, language))}</p>
    <dl><dt>${say.payee}</dt><dd>${say.merchant}</dd><dt>${say.order}</dt><dd>${escape(payment.reference)}</dd>${until}</dl>`;
}

function form(language: Language): string {
  const say = words[language];
  const button = (act: Act) =>
    `<button name="act" value="${act}" class="${act === 'pay' ? 'button' : 'quiet'}" type="submit">${say.acts[act].label}</button>` +
    (say.acts[act].hint === '' ? '' : `<span class="hint">${say.acts[act].hint}</span>`);
  const [pay, decline, ...rest] = acts;
  return `<form method="post">
      <p>${button(pay)}</p>
      <p>${button(decline)}</p>
      <fieldset><legend>${say.badDays}</legend>${rest.map((act) => `<p>${button(act)}</p>`).join('')}</fieldset>
    </form>`;
}

function stateLine(payment: Payment, isOver: boolean, language: Language): string {
  const say = words[language];
  if (payment.state === 'paid') return say.paid;
  if (payment.state === 'declined') return say.declined;
  return payment.payAt === null && isOver ? say.over : say.scheduled;
}

const page = (language: Language, title: string, body: string): string => `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · ${words[language].brand}</title>
<style>${style}</style>
</head>
<body>
<header><strong>${words[language].brand}</strong> <span>${words[language].notReal}</span></header>
<main>${body}</main>
</body>
</html>
`;

const style = `
:root { color-scheme: light dark; --ink: #16212e; --soft: #55616f; --paper: #fff; --ground: #eef1f5; --line: #c9d1da; --act: #0b5cad; --on-act: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #eef2f6; --soft: #b3bfcb; --paper: #1b242e; --ground: #10161d; --line: #3c4a58; --act: #7db9f2; --on-act: #0a1622; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.55 system-ui, 'PingFang SC', 'Noto Sans CJK SC', 'Droid Sans Fallback', sans-serif; }
header { padding: 14px 20px; border-bottom: 1px solid var(--line); background: var(--paper); }
header span { color: var(--soft); font-size: 14px; margin-left: 8px; }
main { max-width: 480px; margin: 24px auto; padding: 24px; background: var(--paper); border: 1px solid var(--line); border-radius: 12px; }
h1 { font-size: 18px; margin: 0 0 4px; font-weight: 600; }
.amount { font-size: 40px; font-weight: 650; margin: 0 0 16px; font-variant-numeric: tabular-nums; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 4px 16px; margin: 0 0 20px; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
form p { margin: 0 0 12px; } fieldset { border: 1px solid var(--line); border-radius: 8px; padding: 12px 16px 4px; margin: 20px 0 0; }
legend { color: var(--soft); padding: 0 6px; font-size: 14px; }
button, .button { display: inline-block; font: inherit; min-height: 44px; padding: 10px 20px; border-radius: 8px; cursor: pointer; text-decoration: none; }
.button { width: 100%; text-align: center; border: 1px solid var(--act); background: var(--act); color: var(--on-act); font-weight: 600; }
.quiet { width: 100%; border: 1px solid var(--line); background: transparent; color: var(--ink); }
.hint { display: block; color: var(--soft); font-size: 14px; margin-top: 2px; }
.state { padding: 12px 16px; border-left: 4px solid var(--act); background: var(--ground); }
.switch { margin: 20px 0 0; text-align: center; } a { color: var(--act); } a.button { color: var(--on-act); }
:focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
`;
