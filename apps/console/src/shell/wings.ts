import type { Permission } from '@tongshang/contract';
import type { WordKey } from '../words/keys.ts';

export interface Place {
  to: string;
  word: WordKey;
  need: Permission;
  /** Initials of its Chinese name, for the go-to menu. */
  initials: string;
}

export interface RailWing {
  id: 'sell' | 'supply' | 'grow' | 'know' | 'steer' | 'settings';
  word: WordKey;
  places: readonly Place[];
}

const place = (to: string, word: WordKey, need: Permission, initials: string): Place => ({ to, word, need, initials });

/** Every page that exists, by wing. A person sees those that their rights open. */
export const wings: readonly RailWing[] = [
  {
    id: 'sell',
    word: 'wing.sell',
    places: [
      place('/sell/orders', 'nav.orders', 'orders.view', 'dd'),
      place('/sell/exceptions', 'nav.exceptions', 'orders.view', 'yc ycdd'),
      place('/sell/till', 'nav.till', 'orders.place', 'sy mdsy'),
      place('/sell/returns', 'nav.returns', 'returns.view', 'sh th'),
      place('/sell/products', 'nav.products', 'catalog.view', 'sp'),
      place('/sell/prices', 'nav.prices', 'pricing.view', 'jg'),
      place('/sell/customers', 'nav.customers', 'customers.view', 'gk'),
    ],
  },
  {
    id: 'supply',
    word: 'wing.supply',
    places: [
      place('/supply/stock', 'nav.stock', 'inventory.view', 'kc'),
      place('/supply/routing', 'nav.routing', 'routing.view', 'sd ly sdyly'),
      place('/supply/transfers', 'nav.transfers', 'inventory.view', 'db'),
      place('/supply/counts', 'nav.counts', 'inventory.view', 'pd'),
      place('/supply/recalls', 'nav.recalls', 'inventory.view', 'zh'),
      place('/supply/floor-board', 'nav.floorBoard', 'warehouse.view', 'cnzy ly'),
      place('/supply/pickup', 'nav.pickup', 'warehouse.work', 'zt zdgt'),
      place('/supply/shipping', 'nav.shipping', 'delivery.view', 'wl'),
      place('/supply/purchases', 'nav.purchases', 'purchasing.view', 'cg'),
      place('/supply/suppliers', 'nav.suppliers', 'purchasing.view', 'gys ght'),
    ],
  },
  {
    id: 'grow',
    word: 'wing.grow',
    places: [
      place('/grow/promotions', 'nav.promotions', 'promotions.view', 'hd cx'),
      place('/grow/coupons', 'nav.coupons', 'promotions.view', 'yhq yhj'),
    ],
  },
  {
    id: 'know',
    word: 'wing.know',
    places: [
      place('/know/overview', 'nav.overview', 'metrics.view', 'sjgl gl'),
      place('/know/explore', 'nav.explore', 'metrics.view', 'zzfx fx'),
      place('/know/boards', 'nav.boards', 'boards.view', 'kb jsc'),
      place('/know/insight', 'nav.insight', 'insight.view', 'xqdc xq'),
      place('/know/metrics', 'nav.metrics', 'metrics.view', 'zb'),
      place('/know/observations', 'nav.observations', 'observations.view', 'wbsj'),
      place('/know/annotations', 'nav.annotations', 'boards.view', 'bz tbbz'),
      place('/know/schedules', 'nav.schedules', 'boards.view', 'yj yjdy dy'),
      place('/know/imports', 'nav.imports', 'imports.view', 'dr'),
      place('/know/events', 'nav.events', 'collection.view', 'sj sjcj cj'),
      place('/know/quality', 'nav.quality', 'stream.view', 'sjzl zl dz'),
    ],
  },
  {
    id: 'steer',
    word: 'wing.steer',
    places: [
      place('/steer/alerts', 'nav.alerts', 'warnings.view', 'yj'),
      place('/steer/decisions', 'nav.decisions', 'decisions.view', 'jc'),
      place('/steer/playbooks', 'nav.playbooks', 'decisions.view', 'jb'),
      place('/steer/targets', 'nav.targets', 'targets.view', 'mb'),
    ],
  },
  {
    id: 'settings',
    word: 'wing.settings',
    places: [
      place('/settings/staff', 'nav.staff', 'identity.view', 'yg zz'),
      place('/settings/jobs', 'nav.jobs', 'jobs.view', 'rw'),
      place('/settings/audit', 'nav.audit', 'audit.view', 'sj'),
    ],
  },
];

/** The wing and page an address belongs to. */
export function placeOf(path: string): { wing: RailWing; place: Place } | undefined {
  for (const wing of wings) {
    const found = wing.places.find(({ to }) => path === to || path.startsWith(`${to}/`));
    if (found) return { wing, place: found };
  }
  return undefined;
}

/** How well a page answers what was typed: 0 is best, undefined not at all. */
export function matchPlace({ initials, to }: Place, name: string, text: string): number | undefined {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return 1;
  if (name.toLowerCase().startsWith(wanted)) return 0;
  if (initials.split(' ').some((one) => one.startsWith(wanted))) return 0;
  return name.toLowerCase().includes(wanted) || to.includes(wanted) ? 1 : undefined;
}
