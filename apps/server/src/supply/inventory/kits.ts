// Kits in stock, pure: a kit is as many as its scarcest component allows.
export type Kits = ReadonlyMap<string, readonly { sku: string; quantity: number }[]>;

/** Lines of kits become lines of their components, one a component and line; other lines stay. */
export function expandKits<Line extends { lineNo: number; sku: string; location: string; quantity: number }>(
  lines: readonly Line[],
  kits: Kits,
): Line[] {
  if (kits.size === 0) return [...lines];
  return lines.flatMap((line) => {
    const components = kits.get(line.sku);
    if (components === undefined) return [line];
    return components.map(({ sku, quantity }) => ({ ...line, sku, quantity: quantity * line.quantity }));
  });
}

/** Units of a kit that its components suffice for. */
export const kitsFrom = (components: readonly { sku: string; quantity: number }[], available: (sku: string) => number): number =>
  Math.min(...components.map(({ sku, quantity }) => Math.floor(available(sku) / quantity)));
