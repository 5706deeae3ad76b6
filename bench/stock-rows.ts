// The rows of `--only stock`.
import type { BenchHouse } from './house.ts';
import type { Outcome } from './load.ts';
import { askAvailability, fillBalances, moveBesideCheckouts, moveCeiling, readHistory, recallLots } from './stock.ts';

type Add = (name: string, unit: string, outcome: Outcome, goal: string, ceiling?: { name: string; perSecond: number }) => void;

/** Movements beside checkouts on a million balances first, then the questions that are asked of them. */
export async function measureStock(house: BenchHouse, { seconds, add }: { seconds: number; add: Add }): Promise<void> {
  const balances = (await fillBalances(house)).toLocaleString('en');
  console.log(`  ${balances} balances`);
  const ceiling = await moveCeiling(house.db.url, { callers: 4, seconds: Math.min(5, seconds) });
  const { movements, checkouts, lag } = await moveBesideCheckouts(house, Math.max(20, seconds));
  const beside = { name: 'the same rows, ten a transaction, no application, nothing beside', perSecond: ceiling.perSecond };
  add(
    `${balances} balances, ten movements a document, beside 100 checkouts/s (${lag})`,
    'movements/s',
    movements,
    '≥ 333, sustained',
    beside,
  );
  add('whole checkouts over HTTP beside these movements', 'orders/s', checkouts, '100 arriving, 0 errors');
  add('stock history of a SKU with 100,000 movements, a page of 50', 'pages/s', await readHistory(house, seconds), 'p99 ≤ 50 ms');
  add('availability of 100 SKUs at 50 places', 'answers/s', await askAvailability(house, false, seconds), '≤ 15 ms');
  add('the same, with 15,000 lots, one of three ended', 'answers/s', await askAvailability(house, true, seconds), '≤ 15 ms');
  add('recall of a lot in 10,000 orders: blocked and traced', 'recalls/s', await recallLots(house), '≤ 1 s');
}
