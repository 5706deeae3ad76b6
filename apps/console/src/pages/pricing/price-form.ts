import type { BodyOf, pricing } from '@tongshang/contract';
import { fenOf } from '../../parts/form.tsx';

/** A price as people set it; what is left empty holds for all, from now, without end. */
export interface PriceForm {
  for: 'everybody' | 'group' | 'member';
  channel?: string | undefined;
  group?: string | undefined;
  fromQuantity?: number | null;
  amount: string;
  validFrom?: string | null;
  validTo?: string | null;
  cause?: string;
}

export function priceBody(sku: string, form: PriceForm): BodyOf<typeof pricing.setListPrice> {
  const { channel, group, fromQuantity, validFrom, validTo, cause } = form;
  return {
    sku,
    amountFen: fenOf(form.amount),
    ...(channel && { channel }),
    ...(form.for !== 'everybody' && { kind: form.for }),
    ...(form.for !== 'everybody' && group && { group }),
    ...(typeof fromQuantity === 'number' && fromQuantity > 1 && { fromQuantity }),
    ...(validFrom && { validFrom }),
    ...(validTo && { validTo }),
    ...(cause?.trim() && { cause: cause.trim() }),
  };
}
