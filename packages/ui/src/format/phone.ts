import { unknown } from './language.ts';

/** A mainland mobile number as people read it: `138 0013 8000`. Anything else is left as it came. */
export function formatPhone(phone: string | null | undefined): string {
  if (!phone) return unknown;
  return /^1\d{10}$/.test(phone) ? `${phone.slice(0, 3)} ${phone.slice(3, 7)} ${phone.slice(7)}` : phone;
}

/** A number with its middle hidden: `138****8000`. Already masked numbers stay as they are. */
export function maskPhone(phone: string | null | undefined): string {
  if (!phone) return unknown;
  if (phone.includes('*')) return phone;
  if (/^1\d{10}$/.test(phone)) return `${phone.slice(0, 3)}****${phone.slice(7)}`;
  return phone.length <= 4 ? '****' : `${phone.slice(0, 2)}****${phone.slice(-2)}`;
}
