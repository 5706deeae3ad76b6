import type { Product, Variant } from '../views.ts';

// Which variant a choice leads to. Pure, used by the page on the server and by its island in the browser.

type Shape = Pick<Product, 'options' | 'variants'>;

export const canBuy = (variant: Variant | undefined): variant is Variant =>
  variant !== undefined && variant.disabledReason === null && variant.available > 0 && variant.priceFen !== null;

/** The variant asked for, else the first that can be bought, else the first. */
export function pickVariant({ variants }: Shape, sku: string | undefined): Variant | undefined {
  return variants.find((one) => one.sku === sku) ?? variants.find(canBuy) ?? variants[0];
}

const valueOf = (variant: Variant, name: string): string | undefined => variant.options.find((one) => one.name === name)?.value;

export type Reason = 'sold_out' | 'no_such';

export interface OptionChoice {
  value: string;
  valueEn: string;
  isChosen: boolean;
  /** The variant that this value leads to while the other options stay; undefined when it is not made. */
  sku: string | undefined;
  reason: Reason | undefined;
}

/** What each value of one option would lead to, seen from the chosen variant. */
export function choicesOf({ options, variants }: Shape, chosen: Variant | undefined, name: string): OptionChoice[] {
  const option = options.find((one) => one.name === name);
  const others = options.filter((one) => one.name !== name).map((one) => one.name);
  return (option?.values ?? []).map(({ value, valueEn }) => {
    const fits = variants.filter((variant) => valueOf(variant, name) === value);
    const exact = fits.find((variant) =>
      others.every((other) => chosen === undefined || valueOf(variant, other) === valueOf(chosen, other)),
    );
    const isChosen = chosen !== undefined && valueOf(chosen, name) === value;
    return {
      value,
      valueEn,
      isChosen,
      sku: exact?.sku,
      reason: exact === undefined ? 'no_such' : canBuy(exact) ? undefined : 'sold_out',
    };
  });
}
