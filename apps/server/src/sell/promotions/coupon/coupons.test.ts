import { promotions as contract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aShopper, aStaff, useWorld } from '../../../../test/world.ts';
import { addToSegment, createSegment } from '../../../base/customers/index.ts';
import { aCustomer } from '../../../base/customers/testing.ts';
import { claimOffers } from '../claim/claim-offers.ts';
import { returnClaims } from '../claim/return-claims.ts';
import { movePromotion } from '../move-promotion.ts';
import { aBatch, aClaim, aPromotion, codesOf } from '../testing.ts';
import { alphabet, couponStateOf, shownCode, spelled } from './code.ts';
import { giveEarnedCoupons } from './earn-coupons.ts';
import { exportCodes } from './export-codes.ts';
import { giveCoupons } from './give-coupons.ts';
import { makeCodesJob } from './make-codes.ts';

const world = useWorld();
const marketer = aStaff('marketer');
const coupon = { stage: 'coupon', needsCode: true, then: { gives: 'amount', of: {}, fen: 500 } } as const;
const outside = { inTx: <T>(work: Parameters<typeof world.run<T>>[0]) => world.run(work) };
const member = async (name: string) => {
  const customerId = await world.run((ctx) => aCustomer(ctx, name));
  return aShopper({ customerId });
};
const batchOf = (form: Parameters<typeof aBatch>[2]) =>
  world.run(async (ctx) => aBatch(ctx, await aPromotion(ctx, coupon), form));
const getBatch = (id: string) => world.call(contract.getCouponBatch, { params: { id } }, marketer);

test('a code is one code however it is typed: case, O and 0, I, L and 1, spaces and dashes do not count', () => {
  expect(spelled(' welc-ome1o ')).toBe('WE1C0ME10');
  expect(spelled('WELCOME10')).toBe(spelled('we1c0mei0'));
  expect(shownCode('WE1C0ME10', { word: 'WELCOME10', prefix: '' })).toBe('WELCOME10');
  expect(shownCode('G01D7K3M', { word: null, prefix: 'GOLD' })).toBe('GOLD7K3M');
});

test('a used code is used up, not expired, also after its end', () => {
  const facts = {
    uses: 1,
    validTo: null,
    usesPerCode: 1,
    batchState: 'ready' as const,
    batchFrom: new Date(0),
    batchTo: new Date(1000),
  };
  expect(couponStateOf(facts, { at: new Date(2000), isPromotionOn: true })).toBe('used_up');
  expect(couponStateOf({ ...facts, uses: 0 }, { at: new Date(1000), isPromotionOn: true })).toBe('expired');
  expect(couponStateOf({ ...facts, uses: 0 }, { at: new Date(999), isPromotionOn: true })).toBe('usable');
  expect(couponStateOf({ ...facts, uses: 0 }, { at: new Date(999), isPromotionOn: false })).toBe('promotion_off');
});

test('a batch of 60,000 is made by a job in chunks with progress; killed between two it goes on where it stopped', async () => {
  const promotionId = await world.run((ctx) => aPromotion(ctx, coupon));
  const body = {
    promotionId,
    name: '大批',
    kind: 'single' as const,
    size: 60_000,
    prefix: 'GOLD',
    validFrom: '2026-11-22T00:00:00+08:00',
  };
  const batch = await world.call(contract.createCouponBatch, { body }, marketer);
  expect(batch).toMatchObject({ state: 'making', made: 0, size: 60_000 });
  let chunks = 0;
  const controller = new AbortController();
  const dying = {
    inTx: <T>(work: Parameters<typeof world.run<T>>[0]) => {
      chunks += 1;
      controller.abort();
      return world.run(work);
    },
    now: world.clock.now,
    signal: controller.signal,
  };
  await expect(makeCodesJob.work(dying, { batchId: batch.id } as never)).rejects.toThrow('half-way');
  expect([chunks, (await getBatch(batch.id)).made]).toEqual([1, 50_000]);
  await world.drain();
  expect(await getBatch(batch.id)).toMatchObject({ state: 'ready', made: 60_000, given: 0, uses: 0 });
  const { rows } = await world.db.pool.query<{ codes: number; last: number; odd: number }>(
    `select count(distinct code)::int as codes, max(position) as last, count(*) filter (where code !~ '^G01D[${alphabet}]{12}$')::int as odd
     from promotions.coupon where batch_id = $1`,
    [batch.id],
  );
  expect(rows).toEqual([{ codes: 60_000, last: 60_000, odd: 0 }]);
  await makeCodesJob.work({ ...dying, signal: new AbortController().signal }, { batchId: batch.id } as never);
  expect((await getBatch(batch.id)).made).toBe(60_000);
});

test('an export holds every code once, as it is shown, page by page, with who has it and how often it was used', async () => {
  const batchId = await batchOf({ size: 1000, prefix: 'OIL' });
  const codes = await world.run((ctx) => codesOf(ctx, batchId));
  const { fileName, body } = await exportCodes(outside, { batchId, language: 'en' });
  const text = (await Array.fromAsync(body)).join('');
  const [heading, ...lines] = text.trimEnd().split('\r\n');
  expect(heading).toBe('\uFEFFCode,Uses,Uses allowed,Customer,Valid to');
  expect(lines.map((line) => spelled(line.split(',')[0]!))).toEqual(codes);
  expect(lines[0]).toMatch(/^OIL[0-9A-Z]{12},0,1,,$/);
  expect(fileName).toMatch(/^coupons-B\d+\.csv$/);
});

test('of 30 members who take at once each of the 10 coupons goes to one; nobody gets two', async () => {
  const batchId = await batchOf({
    size: 10,
    isPublic: true,
    usesPerCustomer: 1,
    validDays: 7,
    validTo: '2026-12-31T00:00:00+08:00',
  });
  const members = await Promise.all(Array.from({ length: 15 }, (_, index) => member(`taker-${index}`)));
  const take = (shopper: (typeof members)[number]) => world.call(contract.takeCoupon, { params: { id: batchId } }, shopper);
  const answers = await Promise.allSettled([...members, ...members].map(take));
  const taken = answers.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
  expect(new Set(taken.map((one) => one.code)).size).toBe(10);
  expect(taken).toHaveLength(10);
  expect(taken[0]).toMatchObject({ state: 'usable', usesLeft: 1, validTo: '2026-11-29T12:00:00.000+08:00' });
  const refused = answers.flatMap((one) => (one.status === 'rejected' ? (one.reason as { code: string }).code : []));
  expect(new Set(refused)).toEqual(new Set(['coupon_batch.used_up', 'coupon.limit_reached']));
  expect(await getBatch(batchId)).toMatchObject({ given: 10 });
});

test('my coupons come usable first, then used and expired ones, each with its reason; others’ are not among them', async () => {
  const me = await member('owner');
  const give = async (form: Parameters<typeof aBatch>[2]) => {
    const batchId = await batchOf(form);
    await world.run((ctx) => giveCoupons(ctx, batchId, { customerIds: [me.customerId!] }));
    return (await world.run((ctx) => codesOf(ctx, batchId)))[0]!;
  };
  const expired = await give({ validTo: '2026-11-22T12:00:00+08:00' });
  const used = await give({ validDays: 3 });
  const usable = await give({});
  await batchOf({});
  const promotionId = (await world.call(contract.lookUpCoupon, { params: { code: used } }, marketer)).batch.promotionId;
  const order = aClaim(promotionId, { couponCode: used, customerKey: me.customerId! });
  await world.run((ctx) => claimOffers(ctx, [order]));
  const mine = () =>
    world
      .call(contract.listMyCoupons, {}, me)
      .then(({ items }) => items.map(({ code, state, orderId }) => [code, state, orderId]));
  expect(await mine()).toEqual([[usable, 'usable', null], [used, 'used_up', order.orderId], [expired, 'expired', null]]); // prettier-ignore
  await world.run((ctx) => returnClaims(ctx, [order.orderId]));
  expect(await mine()).toEqual([[used, 'usable', null], [usable, 'usable', null], [expired, 'expired', null]]); // prettier-ignore
});

test('a segment gets one coupon each, all or nobody; who has one already gets none', async () => {
  const batchId = await batchOf({ size: 4, usesPerCustomer: 1 });
  const ids = await world.run(async (ctx) => {
    await createSegment(ctx, { code: 'vip', name: '贵宾', nameEn: 'VIP' });
    const made = [await aCustomer(ctx, 'v1'), await aCustomer(ctx, 'v2'), await aCustomer(ctx, 'v3')];
    await addToSegment(ctx, { code: 'vip', customerIds: made });
    return made;
  });
  const give = (body: { segment: string } | { customerIds: string[] }) =>
    world.call(contract.giveCoupons, { params: { id: batchId }, body }, marketer);
  expect(await give({ customerIds: [ids[0]!] })).toEqual({ customers: 1, given: 1, had: 0 });
  expect(await give({ segment: 'vip' })).toEqual({ customers: 3, given: 2, had: 1 });
  expect(await give({ segment: 'vip' })).toEqual({ customers: 3, given: 0, had: 3 });
  const more = await world.run(async (ctx) => [await aCustomer(ctx, 'v4'), await aCustomer(ctx, 'v5')]);
  await expect(give({ customerIds: more })).rejects.toMatchObject({ code: 'coupon_batch.used_up', details: { missing: 1 } });
  expect(await getBatch(batchId)).toMatchObject({ given: 3 });
  await expect(give({ segment: 'nobody' })).rejects.toMatchObject({ code: 'segment.not_found' });
  await expect(give({ customerIds: [crypto.randomUUID()] })).rejects.toMatchObject({ code: 'customer.not_found' });
});

test('a code is looked up as anybody types it: its state, who has it, which orders used it', async () => {
  const batchId = await batchOf({ kind: 'multi', code: 'SHINY2026', usesPerCode: 5 });
  const found = (code: string) => world.call(contract.lookUpCoupon, { params: { code } }, marketer);
  const { batch } = await found('shiny 2o26');
  expect(batch).toMatchObject({ id: batchId, code: 'SHINY2026' });
  const order = aClaim(batch.promotionId, { couponCode: 'SHINY2026', amountFen: 500 });
  await world.run((ctx) => claimOffers(ctx, [order]));
  expect(await found('SHINY2026')).toMatchObject({
    code: 'SHINY2026',
    state: 'usable',
    uses: 1,
    usesMax: 5,
    orders: [{ orderId: order.orderId, amountFen: 500, state: 'held' }],
  });
  await world.run((ctx) => returnClaims(ctx, [order.orderId]));
  expect(await found('SHINY2026')).toMatchObject({ uses: 0, orders: [{ state: 'returned' }] });
  await world.run((ctx) => movePromotion(ctx, { id: batch.promotionId, move: 'pause' }));
  expect((await found('SHINY2026')).state).toBe('promotion_off');
  await world.call(contract.stopCouponBatch, { params: { id: batchId } }, marketer);
  expect((await found('SHINY2026')).state).toBe('stopped');
  expect((await world.run((ctx) => claimOffers(ctx, [aClaim(batch.promotionId, { couponCode: 'SHINY2026' })])))[0]).toMatchObject(
    { reason: 'used_up' },
  );
});

test('every refusal of coupons is given for its reason and changes nothing', async () => {
  const [promotionId, open, ended] = await world.run(async (ctx) => {
    const made = [await aPromotion(ctx, coupon), await aPromotion(ctx), await aPromotion(ctx, coupon)] as const;
    await movePromotion(ctx, { id: made[2], move: 'end' });
    return made;
  });
  const form = { promotionId, name: 'x', kind: 'multi' as const, validFrom: '2026-11-22T00:00:00+08:00' };
  const create = (over: object) => world.call(contract.createCouponBatch, { body: { ...form, ...over } }, marketer);
  const missing = crypto.randomUUID();
  await expect(create({ promotionId: missing })).rejects.toMatchObject({ code: 'promotion.not_found' });
  await expect(create({ promotionId: ended })).rejects.toMatchObject({ code: 'promotion.wrong_state' });
  await expect(create({ promotionId: open })).rejects.toMatchObject({
    code: 'coupon_batch.invalid',
    details: { field: 'promotionId' },
  });
  await expect(create({ validTo: form.validFrom })).rejects.toMatchObject({ details: { field: 'validTo' } });
  await expect(create({ kind: 'single', code: 'WORD' })).rejects.toMatchObject({ details: { field: 'kind' } });
  await expect(create({ size: 2, code: 'WORD' })).rejects.toMatchObject({ details: { field: 'size' } });
  await expect(create({ isPublic: true, code: 'WORD' })).rejects.toMatchObject({ details: { field: 'isPublic' } });
  const { id } = await create({ code: 'HELLO10' });
  await expect(create({ code: 'HELL0IO' })).rejects.toMatchObject({ code: 'coupon.exists' });

  const at = { params: { id: missing } };
  await expect(world.call(contract.getCouponBatch, at, marketer)).rejects.toMatchObject({ code: 'coupon_batch.not_found' });
  await expect(world.call(contract.stopCouponBatch, at, marketer)).rejects.toMatchObject({ code: 'coupon_batch.not_found' });
  await expect(world.call(contract.exportCoupons, at, marketer)).rejects.toMatchObject({ code: 'coupon_batch.not_found' });
  await expect(world.call(contract.giveCoupons, { ...at, body: { segment: 'vip' } }, marketer)).rejects.toMatchObject({
    code: 'coupon_batch.not_found',
  });
  await expect(world.call(contract.lookUpCoupon, { params: { code: 'none' } }, marketer)).rejects.toMatchObject({
    code: 'coupon.not_found',
  });
  const shopper = await member('refused');
  await expect(world.call(contract.takeCoupon, at, shopper)).rejects.toMatchObject({ code: 'coupon_batch.not_found' });
  await expect(world.call(contract.takeCoupon, { params: { id } }, shopper)).rejects.toMatchObject({
    code: 'coupon_batch.not_found',
  });

  await expect(world.call(contract.giveCoupons, { params: { id }, body: { segment: 'vip' } }, marketer)).rejects.toMatchObject({
    code: 'coupon_batch.wrong_state',
  });
  await world.call(contract.stopCouponBatch, { params: { id } }, marketer);
  await expect(world.call(contract.stopCouponBatch, { params: { id } }, marketer)).rejects.toMatchObject({
    code: 'coupon_batch.wrong_state',
  });
  const shared = await world.run((ctx) => aBatch(ctx, promotionId, { isPublic: true, size: 3 }));
  await expect(world.call(contract.exportCoupons, { params: { id: shared } }, marketer)).rejects.toMatchObject({
    code: 'coupon_batch.wrong_state',
    details: { state: 'public' },
  });
});

test('open coupons tell everybody what is left, a member whether one may still be taken, a guest to sign in', async () => {
  const batchId = await batchOf({ size: 1, isPublic: true, usesPerCustomer: 1 });
  const [first, second] = [await member('offer-1'), await member('offer-2')];
  const offered = async (actor: ReturnType<typeof aShopper>) =>
    (await world.call(contract.listCouponOffers, {}, actor)).items.find((one) => one.batchId === batchId);
  expect(await offered(aShopper())).toMatchObject({ left: 1, state: 'sign_in', rule: { gives: { gives: 'amount', fen: 500 } } });
  expect(await offered(first)).toMatchObject({ left: 1, state: 'open' });
  await world.call(contract.takeCoupon, { params: { id: batchId } }, first);
  expect(await offered(first)).toMatchObject({ left: 0, state: 'taken' });
  expect(await offered(second)).toMatchObject({ left: 0, state: 'used_up' });
});

test('batches are listed newest first, a page at a time, by promotion, state and words', async () => {
  const promotionId = await world.run((ctx) => aPromotion(ctx, coupon));
  const ids = [];
  for (const name of ['春', '夏', '秋']) ids.push(await world.run((ctx) => aBatch(ctx, promotionId, { name })));
  const list = (query: object) => world.call(contract.listCouponBatches, { query: { promotionId, ...query } }, marketer);
  const first = await list({ limit: 2 });
  expect(first.items.map((one) => one.id)).toEqual([ids[2], ids[1]]);
  expect((await list({ limit: 2, after: first.next! })).items.map((one) => one.id)).toEqual([ids[0]]);
  expect((await list({ text: '夏' })).items).toMatchObject([{ id: ids[1], state: 'ready', promotionName: '满300减40' }]);
  expect((await list({ state: 'stopped' })).items).toEqual([]);
  await expect(list({ after: 'x' })).rejects.toMatchObject({ code: 'request.invalid' });
});

test('a paid order earns its member one coupon for the next, once however often it is told; called off, it takes it back', async () => {
  const me = await member('earner');
  const [reward, next] = await world.run(async (ctx) => {
    const made = await aPromotion(ctx, { ...coupon, endsAt: '2026-12-24T00:00:00+08:00' });
    return [await aPromotion(ctx, { then: { gives: 'coupon', promotionId: made } }), made] as const;
  });
  const order = aClaim(reward, { customerKey: me.customerId!, amountFen: 0 });
  const guest = aClaim(reward, { amountFen: 0 });
  const off = aClaim(reward, { customerKey: me.customerId!, amountFen: 0 });
  await world.run((ctx) => claimOffers(ctx, [order, guest, off]));
  await world.run((ctx) => returnClaims(ctx, [off.orderId]));
  const earn = () => world.run((ctx) => giveEarnedCoupons(ctx, [order.orderId, guest.orderId, off.orderId]));
  await Promise.all([earn(), earn(), earn()]);
  await earn();
  const mine = () => world.call(contract.listMyCoupons, {}, me).then(({ items }) => items);
  expect(await mine()).toMatchObject([
    { rule: { promotionId: next }, state: 'usable', validTo: '2026-12-24T00:00:00.000+08:00' },
  ]);
  await world.run((ctx) => returnClaims(ctx, [order.orderId]));
  expect((await mine()).map((one) => one.state)).toEqual(['expired']);
});
