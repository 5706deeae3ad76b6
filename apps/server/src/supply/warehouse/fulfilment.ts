// The life of a fulfilment, pure: which moves exist, what may join it, how many sold units its lines make.
import { createHash, randomBytes, randomInt } from 'node:crypto';
import { warehouse as contract } from '@tongshang/contract';
import { refuse } from '../../platform/fail.ts';

export type FulfilmentState = (typeof contract.fulfilmentStates)[number];
export type FulfilmentKind = (typeof contract.fulfilmentKinds)[number];
export type RejectReason = (typeof contract.rejectReasons)[number];

export interface Recipient {
  name: string;
  phone: string;
  region: string;
  address: string;
}

export const movesFrom = (state: FulfilmentState): readonly FulfilmentState[] => contract.fulfilmentMoves[state];
const canMove = (from: FulfilmentState, to: FulfilmentState): boolean => movesFrom(from).includes(to);

/** Refuses `fulfilment.wrong_state` with the state as it is now and the moves that are left. */
export function move(from: FulfilmentState, to: FulfilmentState): FulfilmentState {
  return canMove(from, to) ? to : refuse('fulfilment.wrong_state', { state: from, wanted: to, moves: [...movesFrom(from)] });
}

/** Still in the house, and on its way out: units may be taken out of it again. */
export const isInHouse = (state: FulfilmentState): boolean => canMove(state, 'cancelled');

/** Its units have left for the buyer. */
export const hasLeft = (state: FulfilmentState): boolean => ['handed_over', 'delivered', 'collected'].includes(state);

/** Heavier parcels are not joined any more, grams. */
export const joinedGramsMax = 20_000;

export interface Joinable {
  location: string;
  channel: string;
  buyerKey: string;
  storage: string;
  recipient: Recipient;
}

/** The same door: name, phone, region and address, whatever the spaces and signs between. */
export function addressKeyOf({ name, phone, region, address }: Recipient): string {
  const plain = [name, phone.replaceAll(/\D/g, '').replace(/^86(?=1\d{10}$)/, ''), region, address];
  return plain.map((part) => part.toLowerCase().replaceAll(/[\s,，.。()（）#＃-]/gu, '')).join('|');
}

/** Equal for what may travel in one parcel: the same buyer, door, channel, place and storage. */
export function mergeKeyOf(one: Joinable): string {
  const parts = [one.location, one.channel, one.storage, one.buyerKey, addressKeyOf(one.recipient)];
  return createHash('sha256').update(parts.join('\n')).digest('base64url');
}

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'; // no I, L, O, U: read aloud without mistakes

/** `F261122-7K3MQ9XT`: a letter, the day, then 40 random bits. */
export function newNumber(letter: 'F' | 'P' | 'M', day: string): string {
  const letters = [...randomBytes(8)].map((byte) => alphabet.charAt(byte % 32)).join('');
  return `${letter}${day.slice(2).replaceAll('-', '')}-${letters}`;
}

/** Ten digits that nobody guesses: one in ten thousand million. */
export const newPickupCode = (): string =>
  `${String(randomInt(100_000)).padStart(5, '0')}${String(randomInt(100_000)).padStart(5, '0')}`;

/** A person reads it in fives; a scanner does not mind. */
export const pickupCodeOf = (typed: string): string => typed.replaceAll(/[\s-]/g, '');

export interface PartLine {
  orderId: string;
  lineNo: number;
  sku: string;
  /** Units of the SKU; so many of them for one unit of what was sold. */
  quantity: number;
  perSold: number;
}

/** The same lines as their orders know them: units as they were sold, a kit's components counted as the kit. */
export function soldLines(lines: readonly PartLine[]): { orderId: string; lines: { lineNo: number; quantity: number }[] }[] {
  const byOrder = Map.groupBy(
    lines.filter(({ quantity }) => quantity > 0),
    (line) => line.orderId,
  );
  return [...byOrder].map(([orderId, own]) => ({
    orderId,
    lines: [...Map.groupBy(own, (line) => line.lineNo)]
      .map(([lineNo, parts]) => ({ lineNo, quantity: Math.max(...parts.map((part) => Math.ceil(part.quantity / part.perSold))) }))
      .toSorted((a, b) => a.lineNo - b.lineNo),
  }));
}

/** Bins in walking order: letters as letters, numbers as numbers; what has no bin comes last. */
const walking = new Intl.Collator('en', { numeric: true });
export const byBin = (a: { bin: string | null; sku: string }, b: { bin: string | null; sku: string }): number =>
  walking.compare(a.bin ?? '\u{10ffff}', b.bin ?? '\u{10ffff}') || (a.sku < b.sku ? -1 : a.sku > b.sku ? 1 : 0);

/** 张三丰 → 张**: enough to find the right parcel. */
export const maskedName = (name: string): string => (name === '' ? '' : `${String.fromCodePoint(name.codePointAt(0) ?? 42)}**`);
export const maskedPhone = (phone: string): string => phone.replace(/.(?=.{4})/g, '*').slice(-8);
