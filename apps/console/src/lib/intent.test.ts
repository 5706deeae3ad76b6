import { expect, test } from 'vitest';
import { rememberIntent } from './intent.ts';

test('a repeated send of the same content carries the same key; other content or success starts a new one', () => {
  let made = 0;
  const intent = rememberIntent(() => `key-${(made += 1)}`);
  expect([intent.keyFor({ amount: 1 }), intent.keyFor({ amount: 1 })]).toEqual(['key-1', 'key-1']);
  expect(intent.keyFor({ amount: 2 })).toBe('key-2');
  intent.settled();
  expect(intent.keyFor({ amount: 2 })).toBe('key-3');
});

test('keys are random UUIDs, also without TLS', () => {
  const keys = new Set(Array.from({ length: 100 }, (_, at) => rememberIntent().keyFor(at)));
  expect(keys.size).toBe(100);
  for (const key of keys) expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
