import { formatCount } from '@tongshang/ui/format/number';
import type { Cart } from '../views.ts';
import { checkout } from '../words/checkout.ts';
import type { Places } from './divisions.ts';
import { checkRecipient, emptyRecipient, readRecipient, type RecipientForm, type Trouble, type Troubles } from './recipient.ts';

// Parcels that go elsewhere than to the recipient. What no parcel names stays with the recipient's.

export const parcelsMax = 5;

export interface ParcelForm {
  recipient: RecipientForm;
  /** Units as typed, by SKU. */
  units: ReadonlyMap<string, string>;
}

export const prefixOf = (index: number): string => `p${index + 1}-`;
export const unitsField = (index: number, sku: string): string => `${prefixOf(index)}units-${sku}`;

export function readParcels(form: URLSearchParams): ParcelForm[] {
  const count = Math.min(parcelsMax, Math.max(0, Math.floor(Number(form.get('parcels') ?? 0)) || 0));
  return Array.from({ length: count }, (_, index) => {
    const start = `${prefixOf(index)}units-`;
    const units = [...form]
      .filter(([name]) => name.startsWith(start))
      .map(([name, value]) => [name.slice(start.length), value] as const);
    return { recipient: readRecipient(form, prefixOf(index)), units: new Map(units) };
  });
}

const countOf = (text: string | undefined): number => {
  const count = Math.floor(Number((text ?? '').normalize('NFKC')));
  return Number.isFinite(count) && count > 0 ? count : 0;
};

/** A parcel that the cart already knows; whom it goes to was never kept. */
export const parcelFrom = ({ lines }: Cart['delivery']['parcels'][number]): ParcelForm => ({
  recipient: emptyRecipient,
  units: new Map(lines.map(({ sku, quantity }) => [sku, String(quantity)])),
});

export const unitsOf = ({ units }: ParcelForm): { sku: string; quantity: number }[] =>
  [...units].map(([sku, text]) => ({ sku, quantity: countOf(text) })).filter(({ quantity }) => quantity > 0);

/** What is wrong with the parcels: an address, an empty one, more units than the cart holds. */
export function checkParcels(parcels: readonly ParcelForm[], places: readonly Places[], cart: Cart): Troubles {
  const troubles: Record<string, Trouble> = {};
  const lines = cart.lines.filter(({ isGift }) => !isGift);
  parcels.forEach((parcel, index) => {
    const own = places[index];
    if (own) Object.assign(troubles, checkRecipient(parcel.recipient, own, prefixOf(index)));
    const first = lines[0];
    if (unitsOf(parcel).length === 0 && first) troubles[unitsField(index, first.sku)] = { word: checkout.parcelEmpty };
  });
  for (const { sku, quantity } of lines) {
    const sent = parcels.map(({ units }) => countOf(units.get(sku)));
    const total = sent.reduce((sum, one) => sum + one, 0);
    const last = sent.findLastIndex((one) => one > 0);
    if (total > quantity)
      troubles[unitsField(last, sku)] = { word: checkout.parcelTooMany, values: { count: formatCount(quantity) } };
  }
  return troubles;
}
