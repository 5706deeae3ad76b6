/**
 * The map: which module may call which, through its door, in the same transaction. Calls go down; news goes up as events.
 * The dependency check is generated from this table; nothing else is hand-kept.
 */
export const wings = {
  base: ['identity', 'catalog', 'customers', 'membership', 'operations', 'views'],
  supply: ['inventory', 'purchasing'],
  sell: ['pricing', 'promotions', 'storefront', 'payments', 'orders', 'returns', 'cart'],
  know: ['collection', 'stream', 'metrics', 'imports'],
  steer: ['targets', 'warnings', 'playbooks'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Module = (typeof wings)[keyof typeof wings][number];

export const mayCall: Readonly<Record<Module, readonly Module[]>> = {
  identity: [],
  catalog: [],
  customers: ['identity'],
  membership: ['customers'],
  operations: [],
  views: [],
  inventory: ['catalog'],
  purchasing: ['inventory', 'catalog'],
  pricing: ['catalog'],
  promotions: ['pricing', 'inventory', 'catalog', 'customers', 'membership'],
  storefront: ['catalog', 'pricing', 'promotions', 'inventory'],
  payments: [],
  orders: ['payments', 'promotions', 'pricing', 'inventory', 'catalog', 'customers', 'membership'],
  returns: ['orders', 'payments', 'inventory', 'customers', 'catalog'],
  cart: ['orders', 'promotions', 'pricing', 'inventory', 'catalog', 'customers', 'membership'],
  collection: [],
  stream: ['collection', 'orders', 'returns', 'inventory', 'catalog', 'customers'],
  metrics: ['stream'],
  imports: ['catalog', 'pricing', 'inventory', 'customers', 'orders', 'returns'],
  targets: ['metrics'],
  warnings: ['metrics', 'targets'],
  playbooks: ['warnings', 'metrics', 'targets', 'inventory', 'purchasing', 'pricing', 'catalog', 'orders'],
};

/** Files of pure rules: no database, no clock, no network. Each is tested without any of them. */
export const ruleFiles: readonly string[] = [
  'supply/inventory/stock',
  'base/membership/points',
  'base/customers/division',
  'base/customers/find-region',
  'base/customers/recognise-address',
  'sell/pricing/price',
  'sell/pricing/cart-price/cells',
  'sell/pricing/cart-price/conditions',
  'sell/pricing/cart-price/effects',
  'sell/pricing/cart-price/explain',
  'sell/pricing/cart-price/freight-rule',
  'sell/pricing/cart-price/groups',
  'sell/pricing/cart-price/judge',
  'sell/pricing/cart-price/price-cart',
  'sell/pricing/cart-price/refund-share',
  'sell/pricing/cart-price/run',
  'sell/pricing/cart-price/seen',
  'sell/pricing/cart-price/sets',
  'sell/pricing/cart-price/stages',
  'sell/pricing/cart-price/unit-prices',
  'sell/payments/payment',
  'sell/promotions/promotion',
  'sell/promotions/claim/claims',
  'sell/promotions/coupon/code',
  'sell/promotions/offers',
  'sell/orders/order',
  'sell/returns/return',
  'sell/cart/cart',
  'supply/purchasing/purchase',
  'steer/targets/target',
  'steer/warnings/warning',
  'steer/playbooks/cover/cover',
  'steer/playbooks/slow-mover/slow-mover',
  'steer/playbooks/slow-mover/did',
  'steer/playbooks/statistics',
  'steer/playbooks/random',
];
