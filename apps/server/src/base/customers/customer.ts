// The rules of personal data, pure: how much of it is shown to whom has no business with all of it.

/** `138****8000`; shorter numbers keep their last two digits. */
export function maskPhone(phone: string | null): string | null {
  if (phone === null) return null;
  return phone.length >= 11 ? `${phone.slice(0, 3)}****${phone.slice(-4)}` : `****${phone.slice(-2)}`;
}

/** `z***@example.com`. */
export function maskEmail(email: string | null): string | null {
  if (email === null) return null;
  const at = email.lastIndexOf('@');
  return at < 1 ? '***' : `${email.slice(0, 1)}***${email.slice(at)}`;
}

/** `张**`, `J***`: the first letter, one star for each further Han, three for other scripts. */
export function maskName(name: string): string {
  const letters = Array.from(name.trim());
  const [first] = letters;
  if (first === undefined) return '';
  if (/\p{Script=Han}/u.test(first)) return `${first}${'*'.repeat(Math.max(1, letters.length - 1))}`;
  return `${first}***`;
}

/** A phone as digits, without spaces, dashes and the country code of the mainland; undefined when nothing is left. */
export function normalPhone(text: string | null | undefined): string | undefined {
  const digits = (text ?? '').normalize('NFKC').replaceAll(/[^\d+]/g, '');
  const phone = digits.replace(/^(?:\+|00)86(?=1\d{10}$)/, '').replace(/^86(?=1\d{10}$)/, '');
  return phone === '' ? undefined : phone;
}
