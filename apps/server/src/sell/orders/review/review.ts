// Which paid orders a person must look at before they go on, pure. Rules are data; each may hold an order by itself.
import type { routing as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { type HoldReason, isComplete } from '../order.ts';

export type ReviewRule = z.output<typeof contract.ReviewRule>;

/** The rules of a house that has set none. */
export const firstReviewRules: readonly ReviewRule[] = [
  { kind: 'address', isOn: true, limit: null, words: [] },
  { kind: 'payment', isOn: true, limit: null, words: [] },
  {
    kind: 'remark',
    isOn: true,
    limit: null,
    words: [
      '改地址',
      '换地址',
      '发票',
      '取消',
      '不要发',
      '晚点发',
      '换货',
      '换成',
      '改成',
      'address',
      'cancel',
      'invoice',
      'instead',
    ],
  },
  { kind: 'large_amount', isOn: true, limit: 2_000_000, words: [] },
  { kind: 'address_watch', isOn: false, limit: null, words: [] },
  { kind: 'risk_score', isOn: true, limit: 70, words: [] },
];

export interface ReviewedOrder {
  recipient: { name: string; phone: string; region: string; address: string };
  /** The buyer comes for it: no address is needed. */
  isPickup: boolean;
  note: string;
  /** What it costs after what was called off, fen. */
  owedFen: number;
  /** What is held of what came in for it, fen. */
  heldFen: number;
  isGuest: boolean;
  units: number;
  /** Orders of the same buyer within the last day, this one too. */
  ordersToday: number;
  /** It is the buyer's first. */
  isFirst: boolean;
}

export interface Finding {
  reason: HoldReason;
  details: Record<string, unknown>;
}

/** Every reason for which these rules hold an order, in the order of the rules. */
export const review = (order: ReviewedOrder, rules: readonly ReviewRule[]): Finding[] =>
  rules.filter(({ isOn }) => isOn).flatMap((rule) => judge(order, rule) ?? []);

function judge(order: ReviewedOrder, { kind, limit, words }: ReviewRule): Finding | undefined {
  switch (kind) {
    case 'address':
      return isReachable(order) ? undefined : { reason: 'address_incomplete', details: {} };
    case 'payment':
      return order.heldFen < order.owedFen
        ? { reason: 'payment_refunded', details: { heldFen: order.heldFen, owedFen: order.owedFen } }
        : undefined;
    case 'remark':
      return remarkIn(order.note, words);
    case 'large_amount':
      return limit !== null && order.owedFen >= limit
        ? { reason: 'large_amount', details: { owedFen: order.owedFen, limitFen: limit } }
        : undefined;
    case 'address_watch': {
      const place = `${order.recipient.region} ${order.recipient.address}`;
      const word = words.find((one) => place.includes(one));
      return word === undefined ? undefined : { reason: 'address_watch', details: { word } };
    }
    case 'risk_score': {
      const { score, signals } = riskOf(order);
      return limit !== null && score >= limit ? { reason: 'risk_score', details: { score, limit, signals } } : undefined;
    }
  }
}

const isReachable = ({ recipient, isPickup }: ReviewedOrder): boolean =>
  isComplete(isPickup ? { ...recipient, region: '-', address: 'pick-up' } : recipient);

/** A remark with one of the words; with no words, any remark. */
function remarkIn(note: string, words: readonly string[]): Finding | undefined {
  const said = note.trim().toLowerCase();
  if (said === '') return undefined;
  const word = words.find((one) => said.includes(one.toLowerCase()));
  if (words.length > 0 && word === undefined) return undefined;
  return { reason: 'remark', details: { remark: note.trim().slice(0, 200), ...(word !== undefined && { word }) } };
}

export type RiskSignal = 'guest' | 'first_order' | 'many_orders' | 'many_units' | 'high_amount';

const manyUnits = 30;
const highFen = 500_000;

/** How unlike an ordinary order it is, 0 to 100, and by which signs. Signs say nothing alone: it takes several. */
export function riskOf(order: Pick<ReviewedOrder, 'isGuest' | 'isFirst' | 'ordersToday' | 'units' | 'owedFen'>): {
  score: number;
  signals: RiskSignal[];
} {
  const signs: readonly (readonly [RiskSignal, boolean, number])[] = [
    ['guest', order.isGuest, 15],
    ['first_order', order.isFirst, 10],
    ['many_orders', order.ordersToday > 5, 30],
    ['many_units', order.units >= manyUnits, 25],
    ['high_amount', order.owedFen >= highFen, 25],
  ];
  const seen = signs.filter(([, isSeen]) => isSeen);
  return {
    score: Math.min(
      100,
      seen.reduce((sum, [, , points]) => sum + points, 0),
    ),
    signals: seen.map(([signal]) => signal),
  };
}
