// What a parcel weighs, before anybody puts it on scales. Pure.

/** A unit nobody weighed yet, and box and filling of a parcel, grams. */
const unknownGrams = 500;
const boxGrams = 120;

/** Grams of a parcel with these units. */
export const gramsOf = (
  lines: readonly { sku: string; quantity: number }[],
  facts: ReadonlyMap<string, { weightGrams: number | null }>,
): number => lines.reduce((sum, { sku, quantity }) => sum + quantity * (facts.get(sku)?.weightGrams ?? unknownGrams), boxGrams);
