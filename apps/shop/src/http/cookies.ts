import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** One cookie of a request; undefined when it is not there. */
function readCookie(request: FastifyRequest, name: string): string | undefined {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at !== -1 && part.slice(0, at).trim() === name) return decode(part.slice(at + 1).trim());
  }
  return undefined;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined; // somebody wrote the cookie by hand
  }
}

interface CookieOptions {
  maxAgeSeconds: number;
  /** Scripts of the page may read it. */
  isVisible?: boolean;
}

export function setCookie(
  reply: FastifyReply,
  name: string,
  value: string,
  { maxAgeSeconds, isVisible = false }: CookieOptions,
): void {
  const secure = reply.request.protocol === 'https' ? '; Secure' : '';
  const hidden = isVisible ? '' : '; HttpOnly';
  addCookie(reply, `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=${maxAgeSeconds}; SameSite=Lax${hidden}${secure}`);
}

/** Adds without losing what others have set on this reply. */
export function addCookie(reply: FastifyReply, line: string): void {
  const known = reply.getHeader('set-cookie');
  const lines = known === undefined ? [] : Array.isArray(known) ? known : [String(known)];
  reply.removeHeader('set-cookie');
  reply.header('set-cookie', [...lines, line]);
}

const sign = (secret: string, text: string): string => createHmac('sha256', secret).update(`flash:${text}`).digest('base64url');

/** A word that survives one redirect: what was done, what can be undone. Signed, so that nobody can put words into our mouth. */
export function setFlash(reply: FastifyReply, secret: string, data: object): void {
  const text = Buffer.from(JSON.stringify(data)).toString('base64url');
  setCookie(reply, 'ts_flash', `${text}.${sign(secret, text)}`, { maxAgeSeconds: 60 });
}

/** Takes the word and clears it. */
export function takeFlash(request: FastifyRequest, reply: FastifyReply, secret: string): Record<string, unknown> {
  const value = readCookie(request, 'ts_flash');
  if (value === undefined || value === '') return {};
  setCookie(reply, 'ts_flash', '', { maxAgeSeconds: 0 });
  const [text = '', signature = ''] = value.split('.');
  const expected = Buffer.from(sign(secret, text));
  const given = Buffer.from(signature);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return {};
  return JSON.parse(Buffer.from(text, 'base64url').toString()) as Record<string, unknown>;
}
