import { expect, test } from 'vitest';
import type { Ctx } from './ctx.ts';
import { makeGather } from './gather.ts';

const inTx = <T>(work: (ctx: Ctx) => Promise<T>): Promise<T> => work(undefined as unknown as Ctx);

/** A database that answers when told to. */
function aSlowDatabase() {
  const asked: { keys: readonly string[]; answer: () => void; fail: () => void }[] = [];
  const load = (_: Ctx, keys: readonly string[]) =>
    new Promise<Map<string, string>>((resolve, reject) => {
      asked.push({
        keys,
        answer: () => resolve(new Map(keys.map((key) => [key, key.toUpperCase()]))),
        fail: () => reject(new Error('gone')),
      });
    });
  return { asked, load };
}
const settle = () => new Promise((resolve) => setTimeout(resolve, 1));

test('the first asks at once; those who come meanwhile are asked for together, each key once', async () => {
  const { asked, load } = aSlowDatabase();
  const gather = makeGather({ load, flightsMax: 1 });
  const answers = [['a', 'b'], ['c', 'b'], ['b', 'd']].map((keys) => gather.ask(inTx, keys)); // prettier-ignore
  expect(asked.map(({ keys }) => keys)).toEqual([['a', 'b']]);
  asked[0]!.answer();
  await settle();
  expect(asked.map(({ keys }) => keys)).toEqual([['a', 'b'], ['b', 'c', 'd']]); // prettier-ignore
  asked[1]!.answer();
  expect((await Promise.all(answers)).map((found) => found.get('b'))).toEqual(['B', 'B', 'B']);
});

test('a failure reaches those who asked together, and nobody after them', async () => {
  const { asked, load } = aSlowDatabase();
  const gather = makeGather({ load, flightsMax: 1 });
  const [first, second, third] = [gather.ask(inTx, ['a']), gather.ask(inTx, ['b']), gather.ask(inTx, ['c'])];
  asked[0]!.answer();
  await first;
  await settle();
  asked[1]!.fail();
  await expect(second).rejects.toThrow('gone');
  await expect(third).rejects.toThrow('gone');
  const fourth = gather.ask(inTx, ['d']);
  await settle();
  asked[2]!.answer();
  expect((await fourth).get('d')).toBe('D');
});

test('a question is never bigger than allowed, but for one who asks for more alone', async () => {
  const { asked, load } = aSlowDatabase();
  const gather = makeGather({ load, flightsMax: 1, keysMax: 3 });
  const answers = [['a'], ['b', 'c'], ['d', 'e'], ['f', 'g', 'h', 'i']].map((keys) => gather.ask(inTx, keys)); // prettier-ignore
  for (let n = 0; n < 4; n += 1) {
    asked[n]!.answer();
    await settle();
  }
  await Promise.all(answers);
  expect(asked.map(({ keys }) => keys.join(''))).toEqual(['a', 'bc', 'de', 'fghi']);
});

test('nothing asked is nothing loaded', async () => {
  const { asked, load } = aSlowDatabase();
  expect((await makeGather({ load }).ask(inTx, [])).size).toBe(0);
  expect(asked).toEqual([]);
});
