import { expect, test } from 'vitest';
import { useWorld } from '../../../test/world.ts';
import { ask } from './analytics.ts';
import { filledAnalytics } from './testing.ts';

const world = useWorld();

test('a question may carry any number of values: what is too long for an address travels in the body', async () => {
  const analytics = await filledAnalytics(world);
  const many = Array.from({ length: 20_000 }, (_, at) => 1_795_000_000 + at);
  expect(await ask(analytics, 'select length({many:Array(UInt32)}) as n', { many })).toEqual([{ n: 20_000 }]);
});
