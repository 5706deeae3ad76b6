// A house of plain data behind the shop: enough of the contract to look at every page and to render it in tests.
import { cart, customers, type Endpoint, identity, orders, payments, storefront } from '@tongshang/contract';
import type { ShopActor, ShopCall, ShopParts } from '../src/parts.ts';
import type { Address, Cart, Order } from '../src/views.ts';
import { cardOf, categories, id, products } from './sample-goods.ts';

class Refused extends Error {
  readonly code: string;
  readonly details: Record<string, unknown>;
  constructor(code: string, details: Record<string, unknown> = {}) {
    super(code);
    this.code = code;
    this.details = details;
  }
}

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
  region: '浙江省 杭州市西湖区',
  detail: '文三路 90 号 2 幢 301',
  isDefault: true,
};

const fenOf = (sku: string) => products.flatMap((one) => one.variants).find((one) => one.sku === sku);

function cartOf(lines: Map<string, number>, version: number): Cart {
  const shown = [...lines].map(([sku, quantity]) => {
    const product = products.find(({ variants }) => variants.some((one) => one.sku === sku));
    const variant = fenOf(sku);
    if (product === undefined || variant === undefined) throw new Refused('sku.not_found', { sku });
    const isShort = variant.available < quantity;
    return {
      sku,
      productId: product.id,
      slug: product.slug,
      name: product.name,
      nameEn: product.nameEn,
      options: variant.options,
      image: product.images[0] ?? null,
      quantity,
      available: variant.available,
      unitFen: variant.priceFen,
      listFen: variant.listFen,
      seenFen: variant.priceFen ?? 0,
      amountFen: (variant.priceFen ?? 0) * quantity,
      notices: isShort ? [variant.available === 0 ? ('out_of_stock' as const) : ('stock_short' as const)] : [],
    };
  });
  const goodsFen = shown.reduce((sum, line) => sum + line.amountFen, 0);
  const freightFen = goodsFen === 0 || goodsFen >= 9900 ? 0 : 800;
  return {
    version,
    currency: 'CNY',
    lines: shown,
    units: shown.reduce((sum, line) => sum + line.quantity, 0),
    goodsFen,
    freightFen,
    totalFen: goodsFen + freightFen,
    freeFreightGapFen: goodsFen === 0 ? 0 : Math.max(0, 9900 - goodsFen),
    isReady: shown.length > 0 && shown.every((line) => line.notices.length === 0),
  };
}

export function anOrder(part: Partial<Order> = {}): Order {
  const [product] = products;
  const variant = product?.variants[0];
  return {
    id: id(700),
    number: 'SO20261122-0001',
    channel: 'shop',
    store: null,
    state: 'placed',
    attention: null,
    currency: 'CNY',
    totalFen: 25800,
    placedAt: '2026-11-22T06:00:00Z',
    paidAt: null,
    customerId: null,
    source: 'live',
    externalId: null,
    goodsFen: 25800,
    freightFen: 0,
    discountFen: 0,
    taxFen: 2968,
    releasedAt: null,
    shippedAt: null,
    deliveredAt: null,
    cancelledAt: null,
    cancelReason: null,
    expiresAt: '2026-11-22T06:30:00Z',
    recipient: { name: '王敏', phone: '13800138000', region: '浙江省 杭州市西湖区', address: '文三路 90 号 2 幢 301' },
    note: null,
    carrier: null,
    trackingNumber: null,
    version: 1,
    moves: ['paid', 'cancelled'],
    lines: [
      {
        lineNo: 1, sku: variant?.sku ?? '', productId: product?.id ?? null, category: 'apparel/tshirts', name: product?.name ?? '', nameEn: product?.nameEn ?? '',
        quantity: 2, listFen: 12900, unitFen: 12900, discountFen: 0, amountFen: 25800, taxRateBp: 1300, taxFen: 2968, location: 'WH1',
      },
    ],
    timeline: [],
    payments: [],
    ...part,
  }; // prettier-ignore
}

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
  }; // prettier-ignore
}

const keyOf = ({ method, path }: Endpoint): string => `${method} ${path}`;

/** A fresh house with one visitor in it; `isMember` signs that visitor in. */
export function sampleHouse({ isMember = false, origin = 'http://shop.test' } = {}): SampleHouse {
  const lines = new Map<string, number>();
  const placed = new Map<string, Order>();
  const byKey = new Map<string, string>();
  const calls: string[] = [];
  let version = 1;
  let refusal: Refused | undefined;
  const change = (work: () => void) => {
    work();
    version += 1;
    return cartOf(lines, version);
  };
  const orderOf = (number: string | undefined): Order => placed.get(number ?? '') ?? (() => { throw new Refused('order.not_found'); })(); // prettier-ignore
  const answers: Record<string, Answer> = {
    [keyOf(storefront.listCategories)]: () => ({ items: categories }),
    [keyOf(storefront.listProducts)]: ({ query }) => listProducts(query),
    [keyOf(storefront.getProduct)]: ({ params }) => {
      if (params['slug'] === 'old-item') return products[0];
      if (params['slug'] === 'gone-item') throw new Refused('product.retired', { category: 'food/tea' });
      const found = products.find(({ slug }) => slug === params['slug']);
      if (found === undefined) throw new Refused('product.not_found');
      return found;
    },
    [keyOf(storefront.suggest)]: () => ({
      terms: ['羽绒服', '羽绒服 轻薄'],
      categories: [{ code: 'apparel/coats', name: '外套', nameEn: 'Coats', count: 8 }],
      products: products
        .slice(1, 3)
        .map(({ slug, name, nameEn, images }) => ({ slug, name, nameEn, priceFen: 59900, image: images[0] ?? null })),
    }),
    [keyOf(storefront.listSitemap)]: () => ({ items: products.map(({ slug, updatedAt }) => ({ slug, updatedAt })), next: null }),
    [keyOf(cart.getCart)]: () => cartOf(lines, version),
    [keyOf(cart.addToCart)]: ({ body }) =>
      change(() => lines.set(String(body['sku']), (lines.get(String(body['sku'])) ?? 0) + Number(body['quantity']))),
    [keyOf(cart.putCartLine)]: ({ params, body }) => change(() => lines.set(params['sku'] ?? '', Number(body['quantity']))),
    [keyOf(cart.removeCartLine)]: ({ params }) => change(() => lines.delete(params['sku'] ?? '')),
    [keyOf(cart.checkout)]: ({ body, idempotencyKey }) => {
      const key = idempotencyKey ?? '';
      const { totalFen } = cartOf(lines, version);
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
    [keyOf(orders.payMyOrder)]: ({ params }) => ({ paymentId: id(702), payUrl: `/pay/${params['number']}` }),
    [keyOf(payments.checkPayment)]: () => ({ state: 'pending' }),
    [keyOf(customers.listAddresses)]: () => ({ items: [address] }),
    [keyOf(customers.getProfile)]: () => ({
      customerId: id(901),
      number: 'C000123',
      name: '王敏',
      phone: '13800138000',
      email: null,
      language: 'zh-CN',
      memberSince: now.toISOString(),
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
