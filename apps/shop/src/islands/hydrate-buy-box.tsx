import { hydrate } from 'preact';
import { BuyBox, type BuyBoxProps } from './buy-box.tsx';

export function hydrateBuyBox(place: HTMLElement): void {
  const props = document.querySelector('[data-props="buy-box"]')?.textContent;
  if (props) hydrate(<BuyBox {...(JSON.parse(props) as BuyBoxProps)} />, place);
}
