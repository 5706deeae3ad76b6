import { expect, test } from 'vitest';
import { sharedAnswers } from './shared-answers.ts';

const watch = () => {
  let at = 0;
  let reads = 0;
  const share = sharedAnswers<number>(() => at);
  const ask = (version: string, over: { name?: string; keepMs?: number } = {}) =>
    share({ name: 'net_sales', version, keepMs: 500, read: async () => ++reads, ...over });
  return { ask, pass: (ms: number) => void (at += ms), reads: () => reads };
};

test('a thousand screens with the same question read once; newer figures are read once more', async () => {
  const { ask, pass, reads } = watch();
  const first = await Promise.all(Array.from({ length: 1_000 }, () => ask('1')));
  expect(new Set(first)).toEqual(new Set([1]));
  pass(60_000);
  expect(await ask('1')).toBe(1);
  expect(await Promise.all([ask('2'), ask('2')])).toEqual([2, 2]);
  expect(reads()).toBe(2);
});

test('figures that change all the time are read at most once in the time an answer is kept', async () => {
  const { ask, pass, reads } = watch();
  for (let n = 0; n < 100; n += 1) {
    await ask(String(n));
    pass(100);
  }
  expect(reads()).toBe(20);
});

test('other questions and other scopes never share an answer', async () => {
  const { ask } = watch();
  expect([await ask('1', { name: 'S01' }), await ask('1', { name: 'S02' }), await ask('1', { name: 'S01' })]).toEqual([1, 2, 1]);
});

test('a failed reading is forgotten: the next one asks again', async () => {
  const share = sharedAnswers<string>(() => 0);
  const asked = { name: 'x', version: '1', keepMs: 500 };
  await expect(share({ ...asked, read: () => Promise.reject(new Error('away')) })).rejects.toThrow('away');
  expect(await share({ ...asked, read: () => Promise.resolve('here') })).toBe('here');
});
