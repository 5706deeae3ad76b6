// The rules of prices, pure: which of several prices holds at an instant, and how low one may go.
import type { pricing as contract } from '@tongshang/contract';
import type * as z from 'zod';

export type PriceKind = z.output<typeof contract.PriceKind>;

/** One price in its half-open window [validFrom, validTo); a missing end runs on. */
export interface PriceWindow {
  id: string;
  kind: PriceKind;
  /** null holds in every channel. */
  channel: string | null;
  amountFen: number;
  currency: string;
  validFrom: Date;
  validTo: Date | null;
}

export interface EffectivePrice {
  amountFen: number;
  /** Before any mark-down, fen; equal to amountFen when none runs. */
  listFen: number;
  currency: string;
  priceId: string;
  kind: PriceKind;
  /** When this price stops, as far as is known; null while no end is set. */
  validTo: Date | null;
}

/** The margin over cost that no price set by hand or by a playbook may go under, basis points. */
export const marginFloorBp = 500;

export const holdsAt = ({ validFrom, validTo }: Pick<PriceWindow, 'validFrom' | 'validTo'>, at: Date): boolean =>
  validFrom <= at && (validTo === null || at < validTo);

/**
 * The price of one SKU in one channel at one instant: the channel's own price before the general one, and of the mark-downs that run
 * there the channel's own before the general one; a mark-down only ever lowers. Undefined while the SKU has no list price.
 */
export function priceAt(
  windows: readonly PriceWindow[],
  { channel, at }: { channel: string; at: Date },
): EffectivePrice | undefined {
  const running = windows.filter((window) => holdsAt(window, at) && (window.channel === null || window.channel === channel));
  const pick = (kind: PriceKind, own: string | null) => running.find((window) => window.kind === kind && window.channel === own);
  const base = pick('channel', channel) ?? pick('list', null);
  if (base === undefined) return undefined;
  const markdown = pick('markdown', channel) ?? pick('markdown', null);
  const chosen =
    markdown !== undefined && markdown.currency === base.currency && markdown.amountFen < base.amountFen ? markdown : base;
  return {
    amountFen: chosen.amountFen,
    listFen: base.amountFen,
    currency: chosen.currency,
    priceId: chosen.id,
    kind: chosen.kind,
    validTo: earlier(chosen.validTo, chosen === base ? null : base.validTo),
  };
}

/** The lowest price, VAT included, that keeps the margin floor: cost × (1 + floor) × (1 + VAT), rounded up. 0 while the cost is unknown. */
export const floorOf = ({ costFen, taxRateBp }: { costFen: number; taxRateBp: number }): number =>
  Number((BigInt(costFen) * BigInt(10_000 + marginFloorBp) * BigInt(10_000 + taxRateBp) + 99_999_999n) / 100_000_000n);

export type WindowState = 'scheduled' | 'running' | 'ended';
export function stateAt(window: Pick<PriceWindow, 'validFrom' | 'validTo'>, at: Date): WindowState {
  if (at < window.validFrom) return 'scheduled';
  return holdsAt(window, at) ? 'running' : 'ended';
}

const earlier = (a: Date | null, b: Date | null): Date | null => (a === null ? b : b === null || a < b ? a : b);
