// The one script of every page: small things at once, islands when they are near or touched.
import { trackPage } from './behaviour.ts';
import { showCartCount } from './cart-count.ts';
import { lockForms, sendQuantities, takeFocus } from './forms.ts';
import { connectSwitches } from './switches.ts';

showCartCount();
lockForms();
sendQuantities();
takeFocus();
connectSwitches();
trackPage();

// a page that comes back from the browser's memory shows what has happened since
addEventListener('pageshow', (event) => event.persisted && showCartCount());

const one = (selector: string): HTMLElement | null => document.querySelector<HTMLElement>(selector);

const search = one('[data-suggest]');
search?.addEventListener(
  'focusin',
  () => void import('./suggest.tsx').then(({ connectSuggest }) => connectSuggest(search as HTMLFormElement)),
  {
    once: true,
  },
);

const buyBox = one('[data-island="buy-box"]');
if (buyBox) void import('./hydrate-buy-box.tsx').then(({ hydrateBuyBox }) => hydrateBuyBox(buyBox));

if (one('[data-strip]')) void import('./gallery.ts').then(({ connectGallery }) => connectGallery());
if (one('[data-more]')) void import('./load-more.ts').then(({ connectMore }) => connectMore());

const waiting = one('[data-poll]');
if (waiting) void import('./poll.ts').then(({ poll }) => poll(waiting));

if (one('[data-until], [data-island]')) void import('./countdown.ts').then(({ connectCountdowns }) => connectCountdowns());
if (one('[data-divisions]')) void import('./divisions.ts').then(({ connectDivisions }) => connectDivisions());
const checkout = one('[data-total]')?.closest('form');
if (checkout) void import('./amounts.ts').then(({ keepAmounts }) => keepAmounts(checkout));
const flash = one('[data-flash]');
if (flash) void import('./flash.ts').then(({ watchFlash }) => watchFlash(flash));
