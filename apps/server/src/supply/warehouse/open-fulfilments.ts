import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { componentsOf, findSkus, type SkuFacts } from '../../base/catalog/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { asTable } from '../../platform/arrays.ts';
import { json, run } from '../../platform/db.ts';
import { addMs, dayOf } from '../../platform/time.ts';
import { gramsOf, loadTerms, promiseOne, type Storage, type Terms } from '../delivery/index.ts';
import {
  addressKeyOf, type FulfilmentKind, joinedGramsMax, mergeKeyOf, newNumber, newPickupCode, type Recipient,
} from './fulfilment.ts'; // prettier-ignore
import { note } from './lock-fulfilments.ts';

export interface FulfilmentPlan {
  orderId: string;
  orderNumber: string;
  location: string;
  kind: FulfilmentKind;
  channel: string;
  /** Whom the order is for, as orders count buyers. */
  buyerKey: string;
  recipient: Recipient;
  storage?: Storage | undefined;
  /** The day that was promised to the buyer; without one the cheapest service's. */
  promisedOn?: string | undefined;
  /** False keeps it out of other parcels, and others out of it. */
  mayJoin?: boolean | undefined;
  lines: readonly PlannedLine[];
}

export interface PlannedLine {
  lineNo: number;
  /** As it was sold. */
  sku: string;
  quantity: number;
  /** What a kit is made of, as the order froze it; units in one kit. */
  components?: readonly { sku: string; quantity: number }[] | undefined;
}

export interface OpenedFulfilment {
  orderId: string;
  fulfilmentId: string;
  number: string;
  location: string;
  /** It joined a parcel of the same buyer that nobody had begun to pick. */
  isJoined: boolean;
  promisedOn: string | undefined;
  dispatchBy: Date | undefined;
}

/**
 * Gives locations their work, many orders with a few statements: one fulfilment a plan, or a place in one of the same buyer, address,
 * channel, location and storage that nobody has begun to pick. Answers one a plan, in their order. Call it before stock is locked
 * (`allocateLots`): fulfilments are locked before stock everywhere.
 */
export async function openFulfilments(ctx: Ctx, plans: readonly FulfilmentPlan[]): Promise<OpenedFulfilment[]> {
  if (plans.length === 0) return [];
  const drafts = await draftsOf(ctx, plans);
  const groups = Map.groupBy(drafts, (draft) => draft.mergeKey ?? draft.id);
  const heads = new Map<Draft, Home>();
  for (const draft of await joinOpen(ctx, groups, heads)) heads.set(draft, { ...draft, isJoined: false });
  await saveLines(ctx, drafts, heads);
  await note(
    ctx,
    drafts.flatMap((draft) => {
      const home = heads.get(draft);
      const what = home?.isJoined === true ? 'joined' : 'opened';
      return home === undefined
        ? []
        : [{ fulfilmentId: home.id, state: 'open' as const, what, details: { order: draft.orderNumber } }];
    }),
  );
  return drafts.map((draft) => {
    const { id: fulfilmentId, number, isJoined, promisedOn, dispatchBy } = heads.get(draft) ?? { ...draft, isJoined: false };
    return { orderId: draft.orderId, fulfilmentId, number, location: draft.location, isJoined, promisedOn, dispatchBy };
  });
}

interface Draft extends Omit<FulfilmentPlan, 'lines' | 'promisedOn'> {
  id: string;
  promisedOn: string | undefined;
  number: string;
  mergeKey: string | undefined;
  grams: number;
  carrier: string | undefined;
  service: string | undefined;
  dispatchBy: Date | undefined;
  parts: Part[];
}

interface Part {
  lineNo: number;
  sku: string;
  soldSku: string;
  perSold: number;
  quantity: number;
}

interface Home {
  id: string;
  number: string;
  isJoined: boolean;
  promisedOn: string | undefined;
  dispatchBy: Date | undefined;
}

async function draftsOf(ctx: Ctx, plans: readonly FulfilmentPlan[]): Promise<Draft[]> {
  const lines = plans.flatMap((plan) => plan.lines);
  const facts = await findSkus(ctx.tx, [
    ...lines.map(({ sku }) => sku),
    ...lines.flatMap(({ components = [] }) => components.map(({ sku }) => sku)),
  ]);
  const unknownKits = lines.filter(({ sku, components }) => components === undefined && facts.get(sku)?.isKit === true);
  const kits = await componentsOf(
    ctx.tx,
    unknownKits.map(({ sku }) => sku),
  );
  const terms = await loadTerms(ctx.tx, dayOf(ctx.now));
  return plans.map((plan) => {
    const parts = plan.lines.flatMap((line) => partsOf(line, line.components ?? kits.get(line.sku)));
    return draftOf(ctx, plan, parts, { facts, terms });
  });
}

const partsOf = ({ lineNo, sku: soldSku, quantity }: PlannedLine, components: PlannedLine['components']): Part[] =>
  components === undefined || components.length === 0
    ? [{ lineNo, sku: soldSku, soldSku, perSold: 1, quantity }]
    : components.map((part) => ({ lineNo, sku: part.sku, soldSku, perSold: part.quantity, quantity: quantity * part.quantity }));

function draftOf(
  ctx: Ctx,
  plan: FulfilmentPlan,
  parts: Part[],
  { facts, terms }: { facts: ReadonlyMap<string, SkuFacts>; terms: Terms },
): Draft {
  const { location, kind, recipient, storage = 'ambient' } = plan;
  const grams = gramsOf(parts, facts);
  const promise =
    kind === 'delivery'
      ? promiseOne(terms, { location, region: recipient.region, grams, storage, promisedOn: plan.promisedOn }, ctx.now)
      : undefined;
  const pickupMinutes = kind === 'pickup' ? terms.places.get(location)?.pickupReadyMinutes : undefined;
  const mayJoin = kind === 'delivery' && plan.mayJoin !== false && grams < joinedGramsMax;
  return {
    ...plan,
    id: randomUUIDv7(),
    number: newNumber('F', dayOf(ctx.now)),
    mergeKey: mayJoin ? mergeKeyOf({ ...plan, storage }) : undefined,
    storage,
    grams,
    carrier: promise?.carrier,
    service: promise?.service,
    promisedOn: plan.promisedOn ?? promise?.promisedOn,
    dispatchBy: promise?.dispatchBy ?? (pickupMinutes === undefined ? undefined : addMs(ctx.now, pickupMinutes * 60_000)),
    parts,
  };
}

interface OpenParcel {
  id: string;
  number: string;
  mergeKey: string;
  grams: number;
  promisedOn: string | null;
  dispatchBy: Date | null;
}

/**
 * Finds each group's parcel: one that is open and has room is joined, else a new one is made. Whoever begins to pick at this moment holds
 * the row: then it is either still open after the wait, or no longer joined. Answers the drafts that became parcels of their own.
 */
async function joinOpen(ctx: Ctx, groups: ReadonlyMap<string, Draft[]>, heads: Map<Draft, Home>): Promise<Draft[]> {
  let waiting = [...groups.values()].flat();
  const made: Draft[] = [];
  for (let round = 0; waiting.length > 0; round += 1) {
    const open = round < 3 ? await lockOpen(ctx, waiting) : new Map<string, OpenParcel>();
    const fresh = new Map<string, Draft>();
    const later: Draft[] = [];
    for (const draft of waiting) {
      const parcel = open.get(draft.mergeKey ?? '');
      if (parcel !== undefined && parcel.grams + draft.grams <= joinedGramsMax) join(parcel, draft, heads);
      else if (parcel !== undefined || draft.mergeKey === undefined || round >= 3)
        fresh.set(draft.id, { ...draft, mergeKey: undefined });
      else if (fresh.has(draft.mergeKey)) later.push(draft); // joins the one that is being made, next round
      else fresh.set(draft.mergeKey, draft);
    }
    await saveJoined(ctx, [...open.values()]);
    const inserted = await insert(ctx, [...fresh.values()]);
    const byId = new Map(waiting.map((draft) => [draft.id, draft]));
    for (const one of fresh.values()) {
      const draft = byId.get(one.id);
      if (draft === undefined) continue;
      if (inserted.has(one.id)) made.push(draft);
      else later.push(draft); // somebody else opened the same parcel meanwhile
    }
    waiting = later;
  }
  return made;
}

async function lockOpen(ctx: Ctx, drafts: readonly Draft[]): Promise<Map<string, OpenParcel>> {
  const keys = [...new Set(drafts.flatMap(({ mergeKey }) => mergeKey ?? []))];
  const rows = await run(
    ctx.tx,
    sql<OpenParcel>`select id, number, merge_key as "mergeKey", grams, promised_on as "promisedOn", dispatch_by as "dispatchBy"
      from warehouse.fulfilment where merge_key = any(${keys}::text[]) and state = 'open' order by id for no key update`,
  );
  return new Map(rows.map((row) => [row.mergeKey, row]));
}

/** The earlier promise of the two holds for both. */
function join(parcel: OpenParcel, draft: Draft, heads: Map<Draft, Home>): void {
  parcel.grams += draft.grams;
  if (draft.promisedOn !== undefined && (parcel.promisedOn === null || draft.promisedOn < parcel.promisedOn))
    parcel.promisedOn = draft.promisedOn;
  if (draft.dispatchBy !== undefined && (parcel.dispatchBy === null || draft.dispatchBy < parcel.dispatchBy))
    parcel.dispatchBy = draft.dispatchBy;
  const { id, number } = parcel;
  heads.set(draft, { id, number, isJoined: true, promisedOn: draft.promisedOn, dispatchBy: draft.dispatchBy });
}

async function saveJoined(ctx: Ctx, parcels: readonly OpenParcel[]): Promise<void> {
  if (parcels.length === 0) return;
  await run(
    ctx.tx,
    sql`update warehouse.fulfilment f set grams = p.grams, promised_on = p."promisedOn", dispatch_by = p."dispatchBy", changed_at = ${ctx.now},
        version = version + 1
      from jsonb_to_recordset(${json(parcels)}) as p (id uuid, grams int, "promisedOn" date, "dispatchBy" timestamptz)
      where f.id = p.id and f.grams <> p.grams`,
  );
}

async function insert(ctx: Ctx, drafts: readonly Draft[]): Promise<Set<string>> {
  if (drafts.length === 0) return new Set();
  const rows = drafts
    .toSorted((a, b) => ((a.mergeKey ?? '') < (b.mergeKey ?? '') ? -1 : 1)) // one order of waiting for one another
    .map(({ parts: _, ...draft }) => ({
      ...draft,
      addressKey: addressKeyOf(draft.recipient),
      pickupCode: draft.kind === 'pickup' ? newPickupCode() : undefined,
    }));
  const inserted = await run(
    ctx.tx,
    sql<{
      id: string;
    }>`insert into warehouse.fulfilment (id, number, location, kind, state, channel, buyer_key, address_key, merge_key, recipient,
        storage, grams, carrier, service, pickup_code, dispatch_by, promised_on, created_at, changed_at)
      select id, number, location, kind, 'open', channel, "buyerKey", "addressKey", "mergeKey", recipient, storage, grams, carrier, service,
        "pickupCode", "dispatchBy", "promisedOn", ${ctx.now}, ${ctx.now}
      from ${asTable(rows, 'f', columns)}
      on conflict (merge_key) where state = 'open' do nothing returning id`,
  );
  return new Set(inserted.map(({ id }) => id));
}

const columns = {
  id: 'uuid', number: 'text', location: 'text', kind: 'text', channel: 'text', buyerKey: 'text', addressKey: 'text', mergeKey: 'text', recipient: 'jsonb',
  storage: 'text', grams: 'int', carrier: 'text', service: 'text', pickupCode: 'text', dispatchBy: 'timestamptz', promisedOn: 'date',
} as const; // prettier-ignore

const lineColumns = {
  fulfilmentId: 'uuid', orderId: 'uuid', orderNumber: 'text', lineNo: 'int', sku: 'text', soldSku: 'text', perSold: 'int', quantity: 'int',
} as const; // prettier-ignore

async function saveLines(ctx: Ctx, drafts: readonly Draft[], heads: ReadonlyMap<Draft, Home>): Promise<void> {
  const rows = drafts.flatMap((draft) =>
    draft.parts.map((part) => ({
      ...part,
      fulfilmentId: heads.get(draft)?.id,
      orderId: draft.orderId,
      orderNumber: draft.orderNumber,
    })),
  );
  await run(
    ctx.tx,
    sql`insert into warehouse.fulfilment_line as l (fulfilment_id, order_id, order_number, line_no, sku, sold_sku, per_sold, quantity)
      select "fulfilmentId", "orderId", "orderNumber", "lineNo", sku, max("soldSku"), max("perSold"), sum(quantity)
      from ${asTable(rows, 'r', lineColumns)}
      group by "fulfilmentId", "orderId", "orderNumber", "lineNo", sku
      on conflict (fulfilment_id, order_id, line_no, sku) do update set quantity = l.quantity + excluded.quantity`,
  );
}
