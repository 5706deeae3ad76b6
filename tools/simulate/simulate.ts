// The whole of it: demand is drawn once, each policy meets it on a house of its own, and what came of it is printed and charted.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Assortment, demoAssortment, makePeople } from './assortment.ts';
import { makeDemand, type Visit } from './demand.ts';
import { ledgerAssortment, readLedger, replayDemand, replayedDays } from './ledger.ts';
import { type Options, readOptions } from './options.ts';
import { promises } from './promises.ts';
import { printTable, type Report, writePage } from './report.ts';
import { type RunPlan, runDays, type RunResult } from './run.ts';

/** Lines of an average order times units of a line, as demand.ts draws them: what the firm expects to sell. */
const unitsPerOrder = 2.3;

/** Runs what the arguments ask for; the exit code: 0 all promises held, 1 one broke, 2 the arguments make no sense. */
export async function simulate(args: readonly string[], say: (text: string) => void): Promise<number> {
  let options: Options;
  try {
    options = readOptions(args, new Date());
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return 2;
  }
  const world = worldOf(options);
  const results: RunResult[] = [];
  for (const plan of plansOf(options, world, say)) results.push(await runDays(plan));
  mkdirSync(dirname(options.out), { recursive: true });
  const report: Report = { command: args.join(' '), demand: world.words, results };
  writeFileSync(options.out, writePage(report));
  for (const line of printTable(report)) say(line);
  say(`* measured; all other figures are the same for the same seed. Charts: ${options.out}`);
  for (const { broken } of results)
    for (const promise of broken?.promises ?? []) {
      say(`BROKEN on ${broken?.day ?? ''}: ${promise.en} (${promise.name})`);
      for (const row of promise.rows) say(`  ${JSON.stringify(row)}`);
    }
  return results.some(({ broken }) => broken !== undefined) ? 1 : 0;
}

interface World {
  assortment: Assortment;
  demand: readonly (readonly Visit[])[];
  words: Report['demand'];
}

/** Whose demand it is: drawn, or a real ledger's. */
function worldOf({ demand: dir, days, seed, orders, from, products: productsMax }: Options): World {
  const people = makePeople(seed);
  if (dir !== undefined) {
    const replay = { lines: readLedger(dir), seed, from, days, people };
    const [first = '', last = first] = [replayedDays(replay)[0], replayedDays(replay).at(-1)];
    return {
      assortment: ledgerAssortment(replay),
      demand: replayDemand(replay),
      words: { zh: `真实台账 ${first} – ${last} 的每张单据`, en: `Every invoice of a real ledger, ${first} – ${last}` },
    };
  }
  const assortment = demoAssortment({ from, unitsPerDay: orders * unitsPerOrder, productsMax });
  return {
    assortment,
    demand: makeDemand({ seed, from, days, ordersPerDay: orders, skus: assortment.goods, people }),
    words: {
      zh: `按季节、星期和时辰生成的需求，平均每天 ${orders} 单，种子 ${seed}`,
      en: `Drawn by season, weekday and hour, ${orders} orders on an average day, seed ${seed}`,
    },
  };
}

function plansOf(
  { seed, from, policies, openingDays, plant }: Options,
  { assortment, demand }: World,
  say: RunPlan['say'],
): RunPlan[] {
  const planted = promises.find(({ name }) => name === plant);
  const afterDay: RunPlan['afterDay'] = async (house, day) => {
    if (planted !== undefined && day === from) await house.seedDb.pool.query(planted.plant);
  };
  return policies.map((policy) => ({ seed, from, assortment, demand, policy, openingDays, afterDay, say }));
}
