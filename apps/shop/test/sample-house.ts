// A house of plain data behind the shop: enough of the contract to look at every page and to render it in tests.
import {
  cart,
  customers,
  type Endpoint,
  identity,
  insight,
  membership,
  orders,
  payments,
  promotions,
  storefront,
} from '@tongshang/contract';
import type { ShopActor, ShopCall, ShopParts } from '../src/parts.ts';
import type { Address, Order } from '../src/views.ts';
import { cartOf, fenOf, Refused, type SampleCart } from './sample-cart.ts';
import { cardOf, categories, id, products } from './sample-goods.ts';
import { couponOffers, divisionsBelow, flashSales, myCoupons, recognised, threshold } from './sample-offers.ts';
import { anOrder } from './sample-orders.ts';

interface Input {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: Record<string, unknown>;
  idempotencyKey?: string;
}
type Answer = (input: Required<Omit<Input, 'idempotencyKey'>> & Input, actor: ShopActor | undefined) => unknown;

export interface SampleHouse {
  parts: ShopParts;
  orders: Map<string, Order>;
  /** Every call, for tests that count. */
  calls: string[];
  refuseNext: (code: string, details?: Record<string, unknown>) => void;
}

export const now = new Date('2026-11-22T06:05:00Z');
export const address: Address = {
  id: id(900),
  name: '王敏',
  phone: '13800138000',
  region: '浙江省 杭州市 西湖区',
  districtCode: '330106',
  province: '浙江省',
  city: '杭州市',
  district: '西湖区',
  detail: '文三路 90 号 2 幢 301',
  isDefault: true,
};

function listProducts(query: Record<string, unknown>): unknown {
  const {
    text,
    category,
    option = [],
    page = 1,
    limit = 24,
    sort,
  } = query as { text?: string; category?: string; option?: string[]; page?: number; limit?: number; sort?: string };
  const found = products.filter(
    (one) =>
      (category === undefined || one.category === category || one.category.startsWith(`${category}/`)) &&
      (text === undefined || `${one.name} ${one.nameEn}`.toLowerCase().includes(text.toLowerCase())) &&
      option.every((token) => one.options.some((each) => each.values.some(({ value }) => `${each.name}:${value}` === token))),
  );
  const sorted = sort === 'newest' ? found.toReversed() : found;
  const hasOptions = found.some(({ options }) => options.length > 0);
  return {
    items: sorted.slice((page - 1) * limit, page * limit).map(cardOf),
    total: found.length,
    page,
    pages: Math.ceil(found.length / limit),
    crumbs: categories.filter(({ code }) => category === code || category?.startsWith(`${code}/`)).map(({ code, name, nameEn }) => ({ code, name, nameEn })),
    facets: {
      categories: [],
      brands: [{ value: '谷雨', count: found.length }, { value: '山房', count: 3 }],
      options: hasOptions ? (products[0]?.options ?? []).map((each) => ({ ...each, values: each.values.map((value) => ({ ...value, count: 8 })) })) : [],
      prices: [{ fromFen: 0, toFen: 10000, count: 9 }, { fromFen: 10000, toFen: 30000, count: 12 }, { fromFen: 30000, toFen: null, count: 3 }],
      inStock: found.length,
    },
    isApproximate: text === 'mianma',
    isCut: false,
  }; // prettier-ignore
}

const invoiceProfile = {
  id: id(881),
  data: { kind: 'company', title: '杭州谷雨良品有限公司', taxNumber: '91350100M000100Y43', email: 'fapiao@guyu.example' },
  isDefault: true,
};

const tiers = [
  { code: 'base', name: '普通会员', nameEn: 'Member', fromFen: 0 },
  { code: 'silver', name: '银卡', nameEn: 'Silver', fromFen: 100_000 },
  { code: 'gold', name: '金卡', nameEn: 'Gold', fromFen: 500_000 },
];

const keyOf = ({ method, path }: Endpoint): string => `${method} ${path}`;

/** A fresh house with one visitor in it; `isMember` signs that visitor in. */
export function sampleHouse({ isMember = false, origin = 'http://shop.test' } = {}): SampleHouse {
  const state: SampleCart = {
    lines: new Map(),
    terms: {},
    isMember,
    parcels: [],
    hold: null,
    version: 1,
    pointsAvailable: isMember ? 2400 : 0,
  };
  const { lines } = state;
  const placed = new Map<string, Order>();
  const byKey = new Map<string, string>();
  const calls: string[] = [];
  let refusal: Refused | undefined;
  const profile = {
    customerId: id(901),
    number: 'C000123',
    name: '王敏',
    phone: '13800138000',
    email: null,
    isEmailProved: false,
    language: 'zh-CN',
    memberSince: now.toISOString(),
  };
  const change = (work: () => void) => {
    work();
    state.version += 1;
    return cartOf(state);
  };
  const orderOf = (number: string | undefined): Order => placed.get(number ?? '') ?? (() => { throw new Refused('order.not_found'); })(); // prettier-ignore
  const answers: Record<string, Answer> = {
    [keyOf(storefront.listCategories)]: () => ({ items: categories }),
    [keyOf(storefront.listProducts)]: ({ query }) => listProducts(query),
    [keyOf(storefront.getProduct)]: ({ params }) => {
      if (params['slug'] === 'old-item') return products[0];
      if (params['slug'] === 'gone-item')
        throw new Refused('product.retired', { category: 'food/tea', name: '旧款茶饼', nameEn: 'Old tea cake' });
      const found = products.find(({ slug }) => slug === params['slug']);
      if (found === undefined) throw new Refused('product.not_found');
      return found;
    },
    [keyOf(insight.askForProduct)]: () => ({}),
    [keyOf(storefront.arrivalOf)]: () => ({ promisedOn: '2026-11-25', orderBy: null, region: '浙江省' }),
    [keyOf(storefront.suggest)]: () => ({
      terms: ['羽绒服', '羽绒服 轻薄'],
      categories: [{ code: 'apparel/coats', name: '外套', nameEn: 'Coats', count: 8 }],
      products: products
        .slice(1, 3)
        .map(({ slug, name, nameEn, images }) => ({ slug, name, nameEn, priceFen: 59900, image: images[0] ?? null })),
    }),
    [keyOf(storefront.listSitemap)]: () => ({ items: products.map(({ slug, updatedAt }) => ({ slug, updatedAt })), next: null }),
    [keyOf(cart.getCart)]: () => cartOf(state),
    [keyOf(cart.addToCart)]: ({ body }) =>
      change(() => lines.set(String(body['sku']), (lines.get(String(body['sku'])) ?? 0) + Number(body['quantity']))),
    [keyOf(cart.putCartLine)]: ({ params, body }) => change(() => lines.set(params['sku'] ?? '', Number(body['quantity']))),
    [keyOf(cart.removeCartLine)]: ({ params }) => change(() => lines.delete(params['sku'] ?? '')),
    [keyOf(cart.setCartTerms)]: ({ body }) => change(() => Object.assign(state.terms, body)),
    [keyOf(cart.getDeliveryOptions)]: ({ query }) => ({
      promisedOn: lines.size === 0 ? null : '2026-11-25',
      orderBy: '2026-11-22T08:00:00Z',
      region: query['region'] ?? '',
      places: [
        {
          location: 'S01',
          name: '人民路店',
          nameEn: 'Renmin Road store',
          address: '人民路 1 号',
          phone: '021-1234',
          openingHours: '10–21',
          isAvailable: true,
          missing: [],
          readyAt: '2026-11-22T08:00:00Z',
          keepDays: 7,
        },
        {
          location: 'S02',
          name: '解放路店',
          nameEn: 'Jiefang Road store',
          address: '',
          phone: '',
          openingHours: '',
          isAvailable: false,
          missing: [],
          readyAt: null,
          keepDays: 7,
        },
      ],
    }),
    [keyOf(cart.planDelivery)]: ({ body }) => {
      const {
        parcels = [],
        phone,
        pickupAt = null,
      } = body as { parcels?: SampleCart['parcels']; phone?: string; pickupAt?: string | null };
      state.pickupAt = pickupAt;
      for (const { sku, quantity } of parcels.flatMap((parcel) => parcel.lines))
        if (quantity > (lines.get(sku) ?? 0)) throw new Refused('cart.parcels_wrong');
      state.parcels = parcels;
      state.phone = phone;
      return cartOf(state);
    },
    [keyOf(cart.holdCart)]: () =>
      change(() => (state.hold = { expiresAt: new Date(now.getTime() + 600_000).toISOString(), renewalsLeft: 3 })),
    [keyOf(cart.checkout)]: ({ body, idempotencyKey }) => {
      const key = idempotencyKey ?? '';
      const { totalFen } = cartOf(state);
      const number = byKey.get(key) ?? `SO20261122-${String(placed.size + 1).padStart(4, '0')}`;
      if (!byKey.has(key)) {
        if (Number(body['expectedTotalFen']) !== totalFen) throw new Refused('price.changed', { totalFen });
        byKey.set(key, number);
        placed.set(number, anOrder({ number, totalFen, goodsFen: totalFen }));
      }
      return {
        orderId: id(701),
        number,
        state: 'placed',
        totalFen,
        token: 'guest-token',
        paymentId: id(702),
        payUrl: `/pay/${number}`,
      };
    },
    [keyOf(orders.getMyOrder)]: ({ params }) => orderOf(params['number']),
    [keyOf(orders.listMyOrders)]: () => ({ items: [...placed.values()], next: null }),
    [keyOf(orders.cancelMyOrder)]: ({ params }) => {
      const order = orderOf(params['number']);
      const cancelled: Order = { ...order, state: 'cancelled', cancelledAt: now.toISOString(), moves: [] };
      placed.set(order.number, cancelled);
      return cancelled;
    },
    [keyOf(orders.answerQuestion)]: ({ params, body }) => {
      const order = orderOf(params['number']);
      const entry = { ...order.timeline[0], id: id(750), at: now.toISOString(), actorKind: 'shopper' as const, actor: 'buyer' };
      const answered: Order = {
        ...order,
        timeline: [...order.timeline, { ...entry, what: 'customer_answered', details: { answer: body['answer'] } }],
      };
      placed.set(order.number, answered);
      return answered;
    },
    [keyOf(orders.settleMySubstitution)]: ({ params, body }) => {
      const order = orderOf(params['number']);
      const state = body['isAccepted'] === true ? ('accepted' as const) : ('declined' as const);
      const settled: Order = { ...order, substitutions: order.substitutions.map((one) => ({ ...one, state })) };
      placed.set(order.number, settled);
      return settled;
    },
    [keyOf(orders.payMyOrder)]: ({ params }) => ({ paymentId: id(702), payUrl: `/pay/${params['number']}` }),
    [keyOf(orders.cancelMyLines)]: ({ params, body }) => {
      const order = orderOf(params['number']);
      const asked = body['lines'] as { lineNo: number; quantity: number }[];
      const changed = {
        ...order,
        lines: order.lines.map((line) => ({
          ...line,
          cancelledQuantity: asked.find(({ lineNo }) => lineNo === line.lineNo)?.quantity ?? 0,
          cancelledFen: 12900,
        })),
        cancelledFen: 12900,
      };
      placed.set(order.number, changed);
      return changed;
    },
    [keyOf(orders.buyAgain)]: () => ({ units: 2, missing: [{ sku: 'OLD', name: '旧款茶杯', nameEn: 'Old cup' }] }),
    [keyOf(payments.checkPayment)]: () => ({ state: 'pending' }),
    [keyOf(storefront.getShopTerms)]: () => ({ freight: { feeFen: 800, freeFromFen: 9900 } }),
    [keyOf(storefront.stockByStore)]: ({ params }) => ({
      items: [['S01', '湖滨店', 'Hubin store', 3], ['S02', '西溪店', 'Xixi store', 0]].map(([code, name, nameEn, available]) => ({
        code, name, nameEn, variants: (products.find(({ slug }) => slug === params['slug'])?.variants ?? []).map(({ sku }) => ({ sku, available })),
      })),
    }), // prettier-ignore
    [keyOf(storefront.showSkus)]: ({ query }) => ({
      items: [query['sku']].flat().flatMap((sku) => {
        const product = products.find(({ variants }) => variants.some((one) => one.sku === sku));
        const variant = fenOf(String(sku));
        return product && variant
          ? [
              {
                sku,
                name: product.name,
                nameEn: product.nameEn,
                slug: product.slug,
                options: variant.options,
                image: product.images[0] ?? null,
              },
            ]
          : [];
      }),
    }),
    [keyOf(promotions.listFlashSales)]: () => ({ items: flashSales, serverTime: now.toISOString() }),
    [keyOf(promotions.listCardLabels)]: ({ query }) => ({
      items: [query['product']]
        .flat()
        .slice(0, 1)
        .map((productId) => ({ productId, rules: [threshold] })),
    }),
    [keyOf(promotions.listProductPromotions)]: () => ({
      items: [threshold],
      coupons: couponOffers(isMember)
        .slice(0, 1)
        .map(({ batchId, rule, validTo, left }) => ({ batchId, rule, validTo, left })),
      serverTime: now.toISOString(),
    }),
    [keyOf(promotions.listCouponOffers)]: () => ({ items: couponOffers(isMember) }),
    [keyOf(promotions.takeCoupon)]: () => myCoupons[0],
    [keyOf(promotions.listMyCoupons)]: () => ({ items: myCoupons, serverTime: now.toISOString() }),
    [keyOf(membership.getMyStanding)]: () => ({
      tier: tiers[1],
      points: 2400,
      worthFen: 2400,
      expiring: [
        { points: 400, lastDay: '2026-12-31' },
        { points: 2000, lastDay: '2027-12-31' },
      ],
      earnedFen: 180_000,
      next: { tier: tiers[2], missingFen: 320_000 },
      tiers,
    }),
    [keyOf(membership.listMyPoints)]: () => ({
      items: [
        {
          id: id(871),
          kind: 'spent',
          points: -600,
          balance: 2400,
          cause: 'order:1',
          orderId: id(700),
          at: '2026-11-20T03:00:00Z',
        },
        {
          id: id(872),
          kind: 'earned',
          points: 3000,
          balance: 3000,
          cause: 'order:0',
          orderId: id(699),
          at: '2026-11-12T03:00:00Z',
        },
      ],
      next: null,
    }),
    [keyOf(customers.listDivisions)]: ({ query }) => ({ items: divisionsBelow(query['parent'] as string | undefined) }),
    [keyOf(customers.recogniseAddress)]: ({ body }) => recognised(String(body['text'])),
    [keyOf(customers.listInvoiceProfiles)]: () => ({
      items: [invoiceProfile],
    }),
    [keyOf(customers.addInvoiceProfile)]: () => invoiceProfile,
    [keyOf(customers.editInvoiceProfile)]: () => invoiceProfile,
    [keyOf(customers.removeInvoiceProfile)]: () => ({}),
    [keyOf(customers.editAddress)]: () => address,
    [keyOf(customers.listAddresses)]: () => ({ items: [address] }),
    [keyOf(customers.getProfile)]: () => profile,
    [keyOf(customers.requestEmailCode)]: ({ body }) => {
      if (!String(body['email']).includes('@')) throw new Refused('request.invalid');
      return { expiresInSeconds: 1800, resendInSeconds: 60 };
    },
    [keyOf(customers.proveEmail)]: () => Object.assign(profile, { email: 'min@example.com', isEmailProved: true }),
    [keyOf(identity.listSandboxMails)]: ({ query }) => ({
      items: [{ email: String(query['email']), code: '275313', sentAt: now.toISOString() }],
    }),
    [keyOf(customers.addAddress)]: () => address,
    [keyOf(customers.removeAddress)]: () => ({}),
    [keyOf(identity.listSandboxMessages)]: ({ query }) => ({
      items: [{ phone: String(query['phone']), code: '385722', sentAt: now.toISOString() }],
    }),
    [keyOf(identity.requestPhoneCode)]: () => ({ expiresInSeconds: 300, resendInSeconds: 60 }),
  };
  const call = (async (who: { actor: ShopActor | undefined }, endpoint: Endpoint, input: Input = {}) => {
    calls.push(keyOf(endpoint));
    if (endpoint.idempotent && input.idempotencyKey === undefined) throw new Refused('request.key_missing');
    if (refusal !== undefined && endpoint.method !== 'GET') {
      const thrown = refusal;
      refusal = undefined;
      throw thrown;
    }
    const answer = answers[keyOf(endpoint)];
    if (answer === undefined) throw new Error(`the sample house does not know ${keyOf(endpoint)}`);
    const query = endpoint.query.parse(input.query ?? {}) as Record<string, unknown>;
    return endpoint.reply.parse(answer({ params: {}, body: {}, ...input, query }, who.actor));
  }) as ShopCall;
  return {
    orders: placed,
    calls,
    refuseNext: (code, details) => {
      refusal = new Refused(code, details);
    },
    parts: {
      call,
      actorOf: () => Promise.resolve({ kind: 'shopper', name: 'guest', customerId: isMember ? id(901) : undefined }),
      origin,
      clock: () => now,
      secret: 'only for tests',
      writeKey: 'ts_shop_web',
    },
  };
}
