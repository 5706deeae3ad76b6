import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSpent, waitBeforeSend } from './phone-code.ts';
import { keyFor, sign, unsign } from './secrets.ts';
import { surfaceOf } from './surface.ts';

const secret = 'a secret for tests only, 32 chars+';

test('what was signed comes back, for its own purpose alone, and no change of a letter passes', () => {
  const key = keyFor(secret, 'visitor');
  fc.assert(
    fc.property(fc.string(), fc.nat(), (text, at) => {
      const signed = sign(key, text);
      expect(unsign(key, signed)).toBe(text);
      expect(unsign(keyFor(secret, 'staff-session'), signed)).toBeUndefined();
      const place = at % signed.length;
      const changed = `${signed.slice(0, place)}${signed[place] === 'A' ? 'B' : 'A'}${signed.slice(place + 1)}`;
      expect(unsign(key, changed)).not.toBe(text);
    }),
  );
});

test('a code is spent once used, after five tries, or after its time', () => {
  const now = new Date('2026-11-22T04:00:00Z');
  const later = new Date(now.getTime() + 1);
  expect(isSpent({ attempts: 4, expiresAt: later, usedAt: null }, now)).toBe(false);
  for (const spent of [
    { attempts: 5, expiresAt: later, usedAt: null },
    { attempts: 0, expiresAt: now, usedAt: null },
    { attempts: 0, expiresAt: later, usedAt: now },
  ])
    expect(isSpent(spent, now)).toBe(true);
});

test('the wait before another code is a minute, or until the tenth of the day is a day old', () => {
  const now = new Date('2026-11-22T04:00:00Z');
  const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
  expect(waitBeforeSend([], now)).toBe(0);
  expect(waitBeforeSend([ago(59)], now)).toBe(1);
  expect(waitBeforeSend([ago(60)], now)).toBe(0);
  expect(
    waitBeforeSend(
      Array.from({ length: 10 }, (_, n) => ago(100 + n * 100)),
      now,
    ),
  ).toBe(86_400 - 1000);
});

test.each([
  ['127.0.0.1:4000', 'console'], ['127.0.0.1:4100', 'shop'], ['localhost:4000', 'console'], ['localhost:4100', 'shop'], ['127.0.0.1:9', 'unknown'], [undefined, 'unknown'],
])('on one machine %s is the %s', (host, surface) => {
  expect(surfaceOf({ headers: { host } }, { consoleOrigin: 'http://127.0.0.1:4000', shopOrigin: 'http://127.0.0.1:4100' })).toBe(surface);
}); // prettier-ignore

test.each([
  ['console.firm.cn', 'console'], ['shop.firm.cn', 'shop'], ['firm.cn', 'unknown'],
])('behind names of their own %s is the %s', (host, surface) => {
  expect(surfaceOf({ headers: { host } }, { consoleOrigin: 'https://console.firm.cn', shopOrigin: 'https://shop.firm.cn' })).toBe(surface);
}); // prettier-ignore
