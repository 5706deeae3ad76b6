import type { BodyOf, ReplyOf, warehouse } from '@tongshang/contract';

export type PickList = ReplyOf<typeof warehouse.getPickList>;
export type Stop = PickList['stops'][number];
export type Shortage = NonNullable<BodyOf<typeof warehouse.finishPicking>['shortages']>[number];

/** What the picker has said about each stop: how many were taken, and why not all. Kept in the tab until the list is finished. */
export interface Taken {
  quantity: number;
  /** Only where less was taken than asked. */
  reason?: Shortage['reason'];
}
export type Progress = Readonly<Record<string, Taken>>;

export const stopKey = (stop: Stop): string => `${stop.bin ?? ''} ${stop.sku} ${stop.lots.map(({ lot }) => lot).join()}`;

export const isDone = (progress: Progress, stop: Stop): boolean => progress[stopKey(stop)] !== undefined;

/** The stop to walk to next; undefined when every one was answered. */
export const nextStop = (progress: Progress, stops: readonly Stop[]): Stop | undefined =>
  stops.find((stop) => !isDone(progress, stop));

/** The stop that a scanned code belongs to: the next one first, else any that is open. */
export function stopOf(progress: Progress, stops: readonly Stop[], code: string): Stop | undefined {
  const open = stops.filter((stop) => !isDone(progress, stop));
  return open.find(({ sku, barcode }) => code === sku || code === barcode);
}

/** What is missing, as the contract wants it: one entry a SKU and reason. */
export function shortagesOf(progress: Progress, stops: readonly Stop[]): Shortage[] {
  const missing = new Map<string, Shortage>();
  for (const stop of stops) {
    const taken = progress[stopKey(stop)];
    if (taken?.reason === undefined || taken.quantity >= stop.quantity) continue;
    const key = `${stop.sku} ${taken.reason}`;
    const before = missing.get(key)?.quantity ?? 0;
    missing.set(key, { sku: stop.sku, reason: taken.reason, quantity: before + stop.quantity - taken.quantity });
  }
  return [...missing.values()];
}
