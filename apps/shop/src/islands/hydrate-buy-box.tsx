import { hydrate } from 'preact';
import { BuyBox, type BuyBoxProps } from './buy-box.tsx';

/** Takes over what the server drew, and what somebody typed while the script was still on its way. */
export function hydrateBuyBox(place: HTMLElement): void {
  const props = document.querySelector('[data-props="buy-box"]')?.textContent;
  const typed = place.querySelector<HTMLInputElement>('input[name=quantity]')?.value;
  if (props) hydrate(<BuyBox {...(JSON.parse(props) as BuyBoxProps)} typed={typed} />, place);
}
