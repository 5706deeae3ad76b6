import { expect, test } from 'vitest';
import { originsOf, withZones, zonesFrom } from './zone-rows.ts';

const rows = [
  { origin: '330000', province: '330000', zone: 'A' },
  { origin: '330000', province: '310000', zone: 'A' },
  { origin: '440000', province: '330000', zone: 'C' },
];

test('changing one province of dispatch leaves the others alone, and an emptied province is not served', () => {
  expect(zonesFrom(rows, '330000')).toEqual({ 330000: 'A', 310000: 'A' });
  expect(withZones(rows, '330000', { 330000: ' B ', 310000: '' })).toEqual([
    { origin: '440000', province: '330000', zone: 'C' },
    { origin: '330000', province: '330000', zone: 'B' },
  ]);
  expect(originsOf(rows)).toEqual(['330000', '440000']);
});
