import type { BodyOf, promotions } from '@tongshang/contract';

export const sizeMax = 1_000_000;

/** A batch as people fill it in; an emptied field is no limit. */
export interface BatchForm {
  promotionId: string;
  name: string;
  kind: (typeof promotions.couponBatchKinds)[number];
  size?: number | null;
  prefix?: string;
  code?: string;
  usesPerCode?: number | null;
  usesPerCustomer?: number | null;
  validFrom: string;
  validTo?: string | null;
  validDays?: number | null;
  isPublic?: boolean;
}

/** What is asked for: a word of one's own is one code that works many times, anything else many codes that work once. */
export function batchBody(form: BatchForm): BodyOf<typeof promotions.createCouponBatch> {
  const shared = {
    promotionId: form.promotionId,
    name: form.name,
    kind: form.kind,
    usesPerCustomer: form.usesPerCustomer ?? null,
    validFrom: form.validFrom,
    validTo: form.validTo ?? null,
  };
  if (form.kind === 'multi') return { ...shared, size: 1, code: form.code ?? '', usesPerCode: form.usesPerCode ?? null };
  return {
    ...shared,
    size: form.size ?? 1,
    prefix: form.prefix ?? '',
    usesPerCode: 1,
    validDays: form.validDays ?? null,
    isPublic: form.isPublic ?? false,
  };
}
