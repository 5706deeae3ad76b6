import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import type { Actor, Ctx, ShopperActor } from '../../platform/ctx.ts';
import { asTable } from '../../platform/arrays.ts';
import { run, type Tx } from '../../platform/db.ts';
import { refuse } from '../../platform/fail.ts';
import { type Hold, mergeLines, type StoredLine, type StoredTerms } from './cart.ts';

export interface OpenCart {
  id: string;
  /** 0 until it is first saved. */
  version: number;
  customerId: string | undefined;
  visitorId: string;
  lines: readonly StoredLine[];
  terms: StoredTerms;
  hold: Hold | undefined;
}

interface Row {
  id: string;
  version: number;
  customerId: string | null;
  visitorId: string | null;
  lines: StoredLine[];
  terms: StoredTerms;
  holdId: string | null;
  holdExpiresAt: Date | null;
  holdRenewals: number;
}

const shopperOf = (actor: Actor): ShopperActor => (actor.kind === 'shopper' ? actor : refuse('auth.required'));

/**
 * The shoppers' own carts, locked in one order: what is done to a cart happens one after another. Shoppers without one get an empty
 * one, not yet saved. A member finds what was put in as a guest of the same browser added to it, once.
 */
export async function openCarts(ctx: Ctx, actors: readonly Actor[]): Promise<OpenCart[]> {
  const shoppers = actors.map(shopperOf);
  const rows = await find(ctx.tx, shoppers, sql` for no key update`);
  const carts = new Map(shoppers.map((shopper) => [ownerOf(shopper), cartOf(shopper, rows)]));
  const guests = new Set<string>();
  for (const [owner, cart] of carts) {
    const guest = cart.customerId === undefined ? undefined : rows.find((row) => row.visitorId === cart.visitorId);
    if (guest === undefined || guest.lines.length === 0 || guests.has(guest.id)) continue;
    guests.add(guest.id);
    const joined = { ...cart, lines: mergeLines(cart.lines, guest.lines) };
    await saveCarts(ctx, [{ ...asOpen(guest, cart.visitorId), lines: [] }, joined]);
    carts.set(owner, { ...joined, version: joined.version + 1 });
  }
  return shoppers.map((shopper) => carts.get(ownerOf(shopper)) as OpenCart);
}

/** One shopper's cart as it is, unlocked; undefined while a member's guest lines still have to join it. */
export async function readCart(tx: Tx, actor: Actor): Promise<OpenCart | undefined> {
  const shopper = shopperOf(actor);
  const rows = await find(tx, [shopper], sql``);
  const isJoining = shopper.customerId !== undefined && rows.some((row) => row.visitorId !== null && row.lines.length > 0);
  return isJoining ? undefined : cartOf(shopper, rows);
}

const ownerOf = ({ customerId, visitorId }: Pick<ShopperActor, 'customerId' | 'visitorId'>): string =>
  customerId === undefined ? `visitor ${visitorId}` : `customer ${customerId}`;

function find(tx: Tx, shoppers: readonly ShopperActor[], lock: ReturnType<typeof sql>): Promise<Row[]> {
  const customerIds = [...new Set(shoppers.flatMap(({ customerId }) => customerId ?? []))];
  const visitorIds = [...new Set(shoppers.map(({ visitorId }) => visitorId))];
  return run(
    tx,
    sql<Row>`select id, version, customer_id as "customerId", visitor_id as "visitorId", lines, terms, hold_id as "holdId",
        hold_expires_at as "holdExpiresAt", hold_renewals as "holdRenewals"
      from cart.cart where visitor_id = any(${visitorIds}::text[]) or customer_id = any(${customerIds}::uuid[]) order by id${lock}`,
  );
}

function cartOf({ customerId, visitorId }: ShopperActor, rows: readonly Row[]): OpenCart {
  const row = rows.find((one) => (customerId === undefined ? one.visitorId === visitorId : one.customerId === customerId));
  if (row !== undefined) return asOpen(row, visitorId);
  return { id: randomUUIDv7(), version: 0, customerId, visitorId, lines: [], terms: {}, hold: undefined };
}

const asOpen = (row: Row, visitorId: string): OpenCart => ({
  id: row.id,
  version: row.version,
  customerId: row.customerId ?? undefined,
  visitorId: row.visitorId ?? visitorId,
  lines: row.lines,
  terms: row.terms,
  hold:
    row.holdId === null || row.holdExpiresAt === null
      ? undefined
      : { id: row.holdId, expiresAt: row.holdExpiresAt, renewals: row.holdRenewals },
});

/**
 * Writes carts that were opened in this transaction; each gets the next version. A cart that another process made meanwhile is not
 * overwritten: everything is undone, and tried again on what is there then.
 */
export async function saveCarts(ctx: Ctx, carts: readonly OpenCart[]): Promise<void> {
  const rows = carts.map((cart) => ({
    id: cart.id,
    version: cart.version,
    customerId: cart.customerId,
    visitorId: cart.customerId === undefined ? cart.visitorId : undefined,
    lines: cart.lines,
    terms: cart.terms,
    holdId: cart.hold?.id,
    holdExpiresAt: cart.hold?.expiresAt,
    holdRenewals: cart.hold?.renewals ?? 0,
  }));
  const fresh = rows.filter((row) => row.version === 0);
  const known = rows.filter((row) => row.version > 0);
  if (fresh.length > 0)
    await run(
      ctx.tx,
      sql`insert into cart.cart (id, customer_id, visitor_id, version, lines, terms, hold_id, hold_expires_at, hold_renewals, updated_at)
        select id, "customerId", "visitorId", 1, lines, terms, "holdId", "holdExpiresAt", "holdRenewals", ${ctx.now} from ${recordsOf(fresh)}`,
    );
  if (known.length > 0)
    await run(
      ctx.tx,
      sql`update cart.cart c set version = c.version + 1, lines = r.lines, terms = r.terms, hold_id = r."holdId",
          hold_expires_at = r."holdExpiresAt", hold_renewals = r."holdRenewals", updated_at = ${ctx.now}
        from ${recordsOf(known)} where c.id = r.id`,
    );
}

const recordsOf = (rows: readonly Record<keyof typeof columns, unknown>[]) => asTable(rows, 'r', columns);

const columns = {
  id: 'uuid', customerId: 'uuid', visitorId: 'text', lines: 'jsonb', terms: 'jsonb', holdId: 'uuid', holdExpiresAt: 'timestamptz', holdRenewals: 'int',
} as const; // prettier-ignore
