// What limits a channel beyond the balance itself, pure: lots, rules of the channel, earmarks, units sold ahead.
import { type LotUnits, unusableUnits } from './lot/lot.ts';

/** Who sells, and when. Without a channel nobody in particular: no rules, and no earmark is one's own. */
export interface Seller {
  channel: string | undefined;
  day: string;
}

export interface OpenEarmark {
  id: string;
  kind: 'earmark' | 'quota';
  channel: string;
  /** Units not yet taken. */
  left: number;
}

export interface ChannelLimits {
  minimumLifeDays: number;
  buffer: number;
}

export interface OpenAhead {
  fromDay: string;
  /** Units that may still be sold ahead. */
  left: number;
}

export interface Limits {
  lots: readonly LotUnits[];
  /** By channel; a channel without rules is absent. */
  rules: ReadonlyMap<string, ChannelLimits>;
  /** Those that are open now, first ending first. */
  earmarks: readonly OpenEarmark[];
  /** Units that orders sold ahead wait for. */
  waiting: number;
  /** By day. */
  ahead: readonly OpenAhead[];
}

const noRules: ChannelLimits = { minimumLifeDays: 0, buffer: 0 };

export const rulesFor = (limits: Limits | undefined, channel: string | undefined): ChannelLimits =>
  (channel === undefined ? undefined : limits?.rules.get(channel)) ?? noRules;

/** Of units that are not promised: those that this seller must leave alone. */
export function keptFrom(limits: Limits, { channel, day }: Seller): number {
  const { minimumLifeDays, buffer } = rulesFor(limits, channel);
  const others = limits.earmarks.filter((one) => one.kind === 'earmark' && one.channel !== channel);
  return (
    unusableUnits(limits.lots, { day, minimumLifeDays }) +
    others.reduce((sum, { left }) => sum + left, 0) +
    limits.waiting +
    buffer
  );
}

/** The most that this seller may still take, whatever is there. */
export const quotaLeft = (limits: Limits, { channel }: Seller): number =>
  Math.min(
    Number.POSITIVE_INFINITY,
    ...limits.earmarks.flatMap((one) => (one.kind === 'quota' && one.channel === channel ? one.left : [])),
  );

/** Takes units from the seller's own earmarks, first ending first, and counts them against its quotas. */
export function takeEarmarks(
  earmarks: readonly OpenEarmark[],
  channel: string,
  quantity: number,
): { earmarkId: string; quantity: number }[] {
  let rest = quantity;
  return earmarks.flatMap((one) => {
    if (one.channel !== channel) return [];
    const part = one.kind === 'quota' ? quantity : Math.min(rest, one.left);
    if (one.kind === 'earmark') rest -= part;
    return part > 0 ? [{ earmarkId: one.id, quantity: part }] : [];
  });
}
