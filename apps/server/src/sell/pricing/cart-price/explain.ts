// From sums by cell to lines that explain themselves.
import {
  type Adjustment,
  type Applied,
  type Missed,
  priceStages,
  type PriceBreakdown,
  type PricedLine,
} from '@tongshang/contract';
import { allocate, taxWithin } from '../../../platform/money.ts';
import { byCode, type Cell } from './cells.ts';
import { ownNames } from './names.ts';
import type { Offer, PriceRequest, RequestLine } from './request.ts';
import type { GiftGiven, Run, Settled } from './run.ts';
import type { Outcome } from './stages.ts';
import { findUnitPrices } from './unit-prices.ts';

export function explain(request: PriceRequest, cells: readonly Cell[], outcome: Outcome): PriceBreakdown {
  const { run, freightFen, freightListFen } = outcome;
  const priced = new Map(cells.flatMap((cell) => linesOf(cell, run.settled)));
  const lines = [
    ...request.lines.map((line) => priced.get(line)).filter((line) => line !== undefined),
    ...run.gifts.map((gift) => giftLine(request, gift)),
  ];
  const sum = (field: (line: PricedLine) => number): number => lines.reduce((total, line) => total + field(line), 0);
  const goodsFen = sum((line) => line.quantity * line.unitFen);
  const discountFen = sum((line) => line.discountFen);
  return {
    currency: request.currency,
    lines,
    applied: run.settled.flatMap(appliedOf),
    missed: missedOf(request, run),
    goodsFen,
    discountFen,
    pointsFen: sum(paidByPoints),
    pointsSpent: run.pointsSpent,
    freightFen,
    freightListFen,
    taxFen: sum((line) => line.taxFen),
    totalFen: goodsFen - discountFen + freightFen,
  };
}

/** Shares each sum of a cell out over its lines by what is left of them, once; the same SKU in two lines gets the same to the fen. */
function linesOf(cell: Cell, settled: readonly Settled[]): [RequestLine, PricedLine][] {
  const { listFen, unitFen } = cell.prices;
  const left = cell.lines.map((line) => line.quantity * unitFen);
  const adjustments: Adjustment[][] = cell.lines.map(() => []);
  for (const one of settled) {
    const totalFen = one.byCell.get(cell.index) ?? 0;
    if (totalFen === 0) continue;
    const parts = allocate(totalFen, left);
    const points = one.pointsByCell && allocate(one.pointsByCell.get(cell.index) ?? 0, parts);
    for (const [nth, amountFen] of parts.entries()) {
      if (amountFen === 0 && (points?.[nth] ?? 0) === 0) continue;
      left[nth] = (left[nth] ?? 0) - amountFen;
      adjustments[nth]?.push({ stage: one.stage, ...sourceOf(one.from), amountFen, ...(points && { points: points[nth] ?? 0 }) });
    }
  }
  const { sku, taxRateBp } = cell.goods;
  return cell.lines.map((line, nth) => {
    const amountFen = left[nth] ?? 0;
    const discountFen = line.quantity * unitFen - amountFen;
    const taxFen = taxWithin(amountFen, taxRateBp);
    const { key, quantity } = line;
    const own = { listFen, unitFen, discountFen, amountFen, taxRateBp, taxFen, adjustments: adjustments[nth] ?? [] };
    return [line, { key, sku, quantity, isGift: false, ...own }];
  });
}

function sourceOf(from: Settled['from']): Pick<Adjustment, 'promotionId' | 'from' | 'couponCode' | 'name' | 'nameEn'> {
  if (typeof from === 'string') return { promotionId: null, from, couponCode: null, ...ownNames[from] };
  return nameOf(from);
}

const nameOf = ({ promotionId, couponCode, name, nameEn }: Offer) => ({ promotionId, couponCode, name, nameEn });

function giftLine({ gifts, buyer }: PriceRequest, { offer, sku, quantity, unitFen }: GiftGiven): PricedLine {
  const goods = gifts.get(sku)?.goods;
  const discountFen = quantity * unitFen;
  return {
    key: ['gift', offer.promotionId, ...(offer.couponCode === null ? [] : [offer.couponCode]), sku].join(':'),
    sku,
    quantity,
    isGift: true,
    listFen: (goods && findUnitPrices(goods, 1, buyer)?.listFen) ?? unitFen,
    unitFen,
    discountFen,
    amountFen: 0,
    taxRateBp: goods?.taxRateBp ?? 0,
    taxFen: 0,
    adjustments: [{ stage: offer.stage, ...nameOf(offer), amountFen: discountFen }],
  };
}

const paidByPoints = (line: PricedLine): number =>
  line.adjustments.reduce((sum, one) => sum + (one.points === undefined ? 0 : one.amountFen), 0);

function appliedOf({ from, amountFen, units, nextFen, nextUnits }: Settled): Applied[] {
  if (typeof from === 'string') return [];
  const next = { ...(nextFen !== undefined && { nextFen }), ...(nextUnits !== undefined && { nextUnits }) };
  return [{ ...nameOf(from), amountFen, units, ...next }];
}

function missedOf({ offers }: PriceRequest, run: Run): Missed[] {
  return offers.toSorted(inOrder).flatMap((offer) => {
    const fate = run.fates.get(offer);
    return fate === undefined || fate === 'given' ? [] : [{ ...nameOf(offer), ...fate }];
  });
}

const inOrder = (a: Offer, b: Offer): number =>
  priceStages.indexOf(a.stage) - priceStages.indexOf(b.stage) ||
  b.priority - a.priority ||
  byCode(a.promotionId, b.promotionId) ||
  byCode(a.couponCode ?? '', b.couponCode ?? '');
