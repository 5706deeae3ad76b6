import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { orders } from '../../packages/contract/src/index.ts';
import { demoAssortment, makePeople } from './assortment.ts';
import { makeDemand } from './demand.ts';
import type { SimulatedHouse } from './house.ts';
import { makePolicy } from './policy.ts';
import { findBroken, promises } from './promises.ts';
import { type RunPlan, runDays, type RunResult } from './run.ts';
import type { Acknowledged } from './shoppers.ts';
import { readScreen, signIn, takeBack } from './staff.ts';

// Whole houses start here, perhaps on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 600_000 });

const dir = mkdtempSync(join(tmpdir(), 'simulate-'));
const from = '2030-03-04';
const seed = 7;
const assortment = demoAssortment({ from, unitsPerDay: 40, productsMax: 12 });
const demand = makeDemand({ seed, from, days: 2, ordersPerDay: 20, skus: assortment.goods, people: makePeople(seed, 40) });
const said: string[] = [];
const plan: RunPlan = {
  seed,
  from,
  assortment,
  demand,
  policy: makePolicy(),
  openingDays: 6,
  hours: [1, 8, 9, 11, 14, 15, 17, 18],
  say: (text) => said.push(text),
};

/** By promise: what the check finds when that promise is broken by hand, in a transaction that is rolled back. */
const planted = new Map<string, string[]>();
let isClean = true;

async function plantEach(house: SimulatedHouse): Promise<void> {
  const told = await house.reads.query<{ orderId: string; number: string; totalFen: number }>(
    `select id as "orderId", number, total_fen::int as "totalFen" from orders."order"`,
  );
  const screens = [await readScreen(await signIn(house.console), from)];
  const client = await house.seedDb.pool.connect();
  try {
    for (const { name, plant } of promises) {
      await client.query('begin');
      await client.query("set local session_replication_role = 'replica'"); // triggers that forbid it stand aside
      const { rowCount } = await client.query(plant);
      const found = await findBroken(client, { orders: told.rows, screens });
      planted.set(name, rowCount === 0 ? ['no row to break'] : found.map((broken) => broken.name));
      await client.query('rollback');
    }
    isClean = (await findBroken(client, { orders: told.rows, screens })).length === 0;
  } finally {
    client.release(true);
  }
}

/** Two days are too short for goods to come back by themselves. */
async function takeOneBack(house: SimulatedHouse): Promise<void> {
  const staff = await signIn(house.console);
  const { items } = await staff.operations.call(orders.listOrders, { query: { state: ['shipped', 'delivered'] } });
  const visit = { returns: { afterDays: 1, line: 0, isSellable: true, reason: 'unwanted' } };
  await takeBack(staff, { orderId: items[0]?.id, visit } as unknown as Acknowledged);
  await house.settle();
}

let result: RunResult;
let cli: { code: number | null; text: string; page: string };
beforeAll(async () => {
  const afterDay = async (house: SimulatedHouse, day: string) => {
    if (day === from) return;
    await takeOneBack(house);
    await plantEach(house);
  };
  [result, cli] = await Promise.all([runDays({ ...plan, afterDay }), runPlanted()]);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** The command as people call it, with a corrupted row after its first day. */
async function runPlanted(): Promise<typeof cli> {
  const out = join(dir, 'report.html');
  const args = ['--days', '2', '--orders', '6', '--products', '6', '--plant', 'balances-are-sums', '--out', out];
  const child = spawn(process.execPath, [join(import.meta.dirname, '../simulate.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (text += part.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, text, page: readFileSync(out, 'utf8') };
}

test('two days of shoppers, staff and suppliers over the API keep every promise', () => {
  expect(result.broken).toBeUndefined();
  expect(isClean).toBe(true);
  expect(result.days.map(({ day }) => day)).toEqual(['2030-03-04', '2030-03-05']);
  const buyers = demand.map((visits) => visits.filter(({ isLooker }) => !isLooker));
  for (const [index, day] of result.days.entries()) {
    expect(day.orders).toBeGreaterThan(0);
    expect(day.orders).toBeLessThanOrEqual(buyers[index]?.length ?? 0);
    expect(day.unitsWanted).toBe(buyers[index]?.flatMap(({ lines }) => lines).reduce((sum, { quantity }) => sum + quantity, 0));
    expect(day.unitsSold).toBeGreaterThan(0);
    expect(day.released).toBeGreaterThan(0);
    expect(day.parcels).toBeGreaterThan(0);
    expect(day.costOfGoodsFen).toBeGreaterThan(0);
    expect(day.stockValueFen).toBeGreaterThan(0);
  }
  expect(said).toHaveLength(2);
});

test.each(promises.map(({ name }) => name))('a break of %s is seen', (name) => {
  expect(planted.get(name)).toContain(name);
});

test('a corrupted row ends the command with exit code 1 and the name of the promise, on the terminal and in the report', () => {
  expect(cli.text).toContain('BROKEN on 2030-03-04: Ledgers are append-only and equal their balances: stock (balances-are-sums)');
  expect(cli.code).toBe(1);
  expect(cli.text).not.toContain('day 2/2');
  expect(cli.page).toContain('balances-are-sums');
  expect(cli.page).toContain('2030-03-04 失守');
});
