// Promotions, coupons, points and divisions of the sample house: one rule of each kind, worked out in the plainest way.
import type { Cart, CouponOffer, Division, FlashSale, MyCoupon, PublicRule } from '../src/views.ts';
import { id, products } from './sample-goods.ts';

type Line = Cart['lines'][number];

const rule = (number: number, name: string, nameEn: string, part: Partial<PublicRule> = {}): PublicRule => ({
  promotionId: id(number),
  name,
  nameEn,
  stage: 'threshold',
  gives: { gives: 'steps', of: {}, by: 'amount', steps: [{ from: 20000, off: { fen: 2000 } }], repeats: false },
  when: { all: [] },
  minFen: 20000,
  minUnits: null,
  tiers: [],
  channels: [],
  isFirstOrderOnly: false,
  isForSomeGoods: false,
  endsAt: '2026-11-30T16:00:00Z',
  ...part,
});

export const threshold = rule(801, '满 200 减 20', '¥20 off ¥200');
const tenOff = rule(802, '无门槛 10 元券', '¥10 coupon', {
  stage: 'coupon',
  gives: { gives: 'amount', of: {}, fen: 1000 },
  minFen: null,
  endsAt: null,
});
const big = rule(803, '满 500 减 60 券', '¥60 off ¥500', {
  stage: 'coupon',
  minFen: 50000,
  isForSomeGoods: true,
  when: { is: 'amount', of: { categories: ['food'] }, minFen: 50000 },
  gives: { gives: 'amount', of: {}, fen: 6000 },
});

const mine = (code: string, of: PublicRule, part: Partial<MyCoupon> = {}): MyCoupon => ({
  code,
  rule: of,
  state: 'usable',
  usesLeft: 1,
  validFrom: '2026-11-01T00:00:00Z',
  validTo: '2026-11-24T16:00:00Z',
  usedAt: null,
  orderId: null,
  ...part,
});

export const myCoupons: MyCoupon[] = [
  mine('TEN-7Q2K', tenOff),
  mine('BIG-M3PA', big, { validTo: '2026-12-31T16:00:00Z' }),
  mine('OLD-11AA', tenOff, { state: 'expired', validTo: '2026-10-31T16:00:00Z' }),
  mine('GONE-22BB', tenOff, { state: 'used_up', usesLeft: 0, usedAt: '2026-11-11T02:00:00Z', orderId: id(700) }),
  mine('OFF-33CC', tenOff, { state: 'stopped' }),
];

export const couponOffers = (isMember: boolean): CouponOffer[] => [
  { batchId: id(851), rule: tenOff, validTo: null, validDays: 7, left: 120, state: isMember ? 'open' : 'sign_in' },
  {
    batchId: id(852),
    rule: big,
    validTo: '2026-12-31T16:00:00Z',
    validDays: null,
    left: 8,
    state: isMember ? 'taken' : 'sign_in',
  },
  { batchId: id(853), rule: tenOff, validTo: '2026-11-30T16:00:00Z', validDays: null, left: 0, state: 'used_up' },
];

const flashItem = (index: number, flashFen: number, left: number): FlashSale['items'][number] => {
  const product = products[index];
  const variant = product?.variants[0];
  if (product === undefined || variant === undefined) throw new Error('no such sample');
  return {
    sku: variant.sku,
    productId: product.id,
    slug: product.slug,
    name: product.name,
    nameEn: product.nameEn,
    options: variant.options,
    image: product.images[0] ?? null,
    listFen: variant.priceFen ?? 0,
    flashFen,
    points: null,
    left,
  };
};

export const flashSales: FlashSale[] = [
  {
    promotionId: id(861), name: '午间快抢', nameEn: 'Lunch flash', state: 'running', startsAt: '2026-11-22T04:00:00Z', endsAt: '2026-11-22T08:00:00Z',
    unitsTotal: 100, unitsLeft: 37, unitsPerCustomer: 2, items: [flashItem(3, 9900, 37), flashItem(7, 4900, 0)],
  },
  {
    promotionId: id(862), name: '晚间快抢', nameEn: 'Evening flash', state: 'next', startsAt: '2026-11-22T12:00:00Z', endsAt: '2026-11-22T14:00:00Z',
    unitsTotal: 50, unitsLeft: 50, unitsPerCustomer: 1, items: [flashItem(6, 19900, 50)],
  },
]; // prettier-ignore

const divisions: [string, string][] = [
  ['330000', '浙江省'], ['330100', '杭州市'], ['330106', '西湖区'], ['330102', '上城区'], ['330200', '宁波市'], ['330203', '海曙区'],
  ['110000', '北京市'], ['110100', '北京市'], ['110101', '东城区'],
]; // prettier-ignore
const levelOf = (code: string): Division['level'] =>
  code.endsWith('0000') ? 'province' : code.endsWith('00') ? 'city' : 'district';
const parentOf = (code: string): string | undefined =>
  ({ province: undefined, city: `${code.slice(0, 2)}0000`, district: `${code.slice(0, 4)}00` })[levelOf(code)];
export const divisionsBelow = (parent: string | undefined): Division[] =>
  divisions.filter(([code]) => parentOf(code) === parent).map(([code, name]) => ({ code, name, level: levelOf(code) }));

/** The one whole address that the sample house can read. */
export const recognised = (text: string) =>
  text.includes('文三路')
    ? { name: '王敏', phone: '13800138000', districtCode: '330106', province: '浙江省', city: '杭州市', district: '西湖区', detail: '文三路 90 号' }
    : { name: null, phone: null, districtCode: null, province: null, city: null, district: null, detail: '' }; // prettier-ignore

/** Takes ¥20 off from ¥200 on, then the ¥10 coupon, then points; all of it off the first line, so that sums are easy to check. */
export function applyOffers(lines: readonly Line[], terms: Cart['terms'], { pointsAvailable, hadItsShare }: { pointsAvailable: number; hadItsShare: boolean }) {
  const goodsFen = lines.reduce((sum, line) => sum + line.goodsFen, 0);
  const adjustments: Line['adjustments'] = [];
  const applied: Cart['applied'] = [];
  const missed: Cart['missed'] = [];
  if (hadItsShare) missed.push({ promotionId: threshold.promotionId, couponCode: null, name: threshold.name, nameEn: threshold.nameEn, reason: 'limit_reached' });
  else if (goodsFen >= 20000) {
    adjustments.push({ stage: 'threshold', promotionId: threshold.promotionId, couponCode: null, name: threshold.name, nameEn: threshold.nameEn, amountFen: 2000 });
    applied.push({ promotionId: threshold.promotionId, couponCode: null, name: threshold.name, nameEn: threshold.nameEn, amountFen: 2000, units: 0 });
  } else if (goodsFen > 0) {
    missed.push({ promotionId: threshold.promotionId, couponCode: null, name: threshold.name, nameEn: threshold.nameEn, reason: 'amount_short', missingFen: 20000 - goodsFen });
  }
  missed.push({ promotionId: id(809), couponCode: null, name: '首单九折', nameEn: '10% off a first order', reason: 'not_first_order' });
  for (const code of terms.couponCodes) {
    const one = myCoupons.find((coupon) => coupon.code === code);
    const named = { promotionId: one?.rule.promotionId ?? null, couponCode: code, name: one?.rule.name ?? '', nameEn: one?.rule.nameEn ?? '' };
    if (one === undefined) missed.push({ ...named, reason: 'unknown_code' });
    else if (one.state !== 'usable') missed.push({ ...named, reason: one.state === 'expired' ? 'expired' : 'used_up' });
    else if (one.rule === big && goodsFen < 50000) missed.push({ ...named, reason: 'amount_short', missingFen: 50000 - goodsFen });
    else {
      const amountFen = one.rule === big ? 6000 : 1000;
      adjustments.push({ stage: 'coupon', ...named, promotionId: one.rule.promotionId, amountFen });
      applied.push({ ...named, promotionId: one.rule.promotionId, amountFen, units: 0 });
    }
  }
  const pointsSpent = Math.min(terms.pointsWanted, pointsAvailable);
  if (pointsSpent > 0)
    adjustments.push({ stage: 'points', promotionId: null, couponCode: null, name: '', nameEn: '', amountFen: pointsSpent, points: pointsSpent });
  return { goodsFen, adjustments, applied, missed, pointsSpent };
} // prettier-ignore

/** The code that a member who chose none goes with. */
export function bestOf(lines: readonly Line[]): string[] {
  const goodsFen = lines.reduce((sum, line) => sum + line.goodsFen, 0);
  return goodsFen === 0 ? [] : [goodsFen >= 50_000 ? 'BIG-M3PA' : 'TEN-7Q2K'];
}
