import { createHash } from 'node:crypto';
import type { orders as contract } from '@tongshang/contract';
import type * as z from 'zod';
import type { Actor } from '../../platform/ctx.ts';
import type { Route } from '../../supply/routing/index.ts';
import type { PricedCart } from '../promotions/index.ts';
import type { FrozenLine, KitParts } from './frozen.ts';
import type { OrderSource, Recipient } from './order.ts';

export interface PlaceOrder {
  /** Who asks; the order's timeline and events carry this name. */
  actor: Actor;
  channel: string;
  store?: string | undefined;
  /** Where the goods leave from. */
  location: string;
  customerId?: string | undefined;
  visitorId?: string | undefined;
  /** `seenFen`: the price of one unit that the buyer was shown. */
  lines: readonly {
    sku: string;
    quantity: number;
    seenFen?: number | undefined;
    parcelNo?: number | undefined;
    /** The day that the buyer was told it comes: when nothing is there, units that come by then will do. */
    aheadOn?: string | undefined;
  }[];
  /** `best`: nobody chose; the one of the customer's own that saves most, if any does. */
  couponCodes?: readonly string[] | 'best' | undefined;
  pointsWanted?: number | undefined;
  paymentMethod?: string | undefined;
  recipient?: Recipient | undefined;
  /** Further addresses; the first parcel goes to `recipient`. */
  parcels?: readonly { parcelNo: number; recipient: Recipient }[] | undefined;
  invoice?: z.output<typeof contract.InvoiceForOrder> | undefined;
  note?: string | undefined;
  /** What the buyer was shown, fen; another total is refused. */
  expectedTotalFen?: number | undefined;
  /** The same key places one order only; the caller holds a lock that makes it so. */
  placementKey?: string | undefined;
  /** Opens the order without signing in; only its hash is stored. */
  accessToken?: string | undefined;
  /** Who will take the money; `till` means that the caller does, at once. */
  provider: string;
  source?: OrderSource | undefined;
  /** A hold on stock that this order takes the place of. */
  insteadOf?: string | undefined;
  /** The buyer comes for it there: `location`, and nowhere else. */
  pickupAt?: string | undefined;
  /** The day that the buyer was promised. */
  promisedOn?: string | undefined;
}

/** An order on its way through the intake. */
export interface Candidate {
  input: PlaceOrder;
  priced: PricedCart;
  lines: FrozenLine[];
  /** The kits among the lines. */
  kits: KitParts;
  orderId: string;
  number: string;
  paymentId: string | undefined;
  isPaid: boolean;
  expiresAt: Date | undefined;
  /** Where it goes out from, when the first location does not have it. */
  places?: Route | undefined;
  /** So often other places were sought. */
  looks?: number | undefined;
}

/** Where each line is promised: at the first location, or wherever routing found it. */
export function promisedLines({ input, lines, places }: Pick<Candidate, 'input' | 'lines' | 'places'>) {
  const days = new Map(input.lines.flatMap(({ sku, aheadOn }) => (aheadOn === undefined ? [] : [[sku, aheadOn] as const])));
  if (places === undefined)
    return lines.map(({ lineNo, sku, quantity }) => ({
      lineNo,
      sku,
      quantity,
      location: input.location,
      aheadOn: days.get(sku),
    }));
  return places.parcels.flatMap(({ location, lines: own }) =>
    own.map(({ lineNo, sku, quantity }) => ({ lineNo, sku, quantity, location })),
  );
}

/** The location that a line keeps: the one that sends most of it. */
export function locationOf({ input, places }: Pick<Candidate, 'input' | 'places'>, lineNo: number): string {
  const parts = (places?.parcels ?? []).flatMap(({ location, lines }) =>
    lines.filter((line) => line.lineNo === lineNo).map(({ quantity }) => ({ location, quantity })),
  );
  return parts.toSorted((a, b) => b.quantity - a.quantity)[0]?.location ?? input.location;
}

/** What a token is stored as. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('base64url');
