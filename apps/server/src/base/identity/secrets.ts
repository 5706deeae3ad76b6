// What the house signs, pure: one key a purpose, so that what is signed for one can never be shown for another.
import { createHmac, timingSafeEqual } from 'node:crypto';

export type Purpose = 'staff-session' | 'shop-session' | 'visitor' | 'phone-code' | 'mail-code';

/** The key of one purpose, made of the house's secret. */
export const keyFor = (secret: string, purpose: Purpose): string =>
  createHmac('sha256', secret).update(`tongshang:${purpose}`).digest('base64url');

const mark = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('base64url');

/** `text.mark`, for a cookie that a browser keeps and only we may write. */
export const sign = (key: string, text: string): string => `${text}.${mark(key, text)}`;

/** The text that was signed with this key; undefined for anything else. */
export function unsign(key: string, signed: string): string | undefined {
  const dot = signed.lastIndexOf('.');
  if (dot < 0) return undefined;
  const text = signed.slice(0, dot);
  return isSame(signed.slice(dot + 1), mark(key, text)) ? text : undefined;
}

/** A UUID that only this key makes of this text (version 8: of our own making). */
export function uuidFrom(key: string, text: string): string {
  const hex = createHmac('sha256', key).update(`uuid:${text}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A code as it is stored: useless without the key, also to who reads the database. */
export const hashCode = (key: string, whose: string, code: string): string => mark(key, `${whose}:${code}`);

export function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
