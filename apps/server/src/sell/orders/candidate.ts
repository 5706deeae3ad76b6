import { createHash } from 'node:crypto';
import type { orders as contract } from '@tongshang/contract';
import type * as z from 'zod';
import type { Actor } from '../../platform/ctx.ts';
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
  lines: readonly { sku: string; quantity: number; seenFen?: number | undefined; parcelNo?: number | undefined }[];
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
}

/** What a token is stored as. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('base64url');
