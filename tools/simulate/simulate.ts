// The whole of it: demand is drawn once, each policy meets it on a house of its own, and what came of it is printed and charted.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Assortment, demoAssortment, makePeople } from './assortment.ts';
import { makeDemand, type Visit } from './demand.ts';
import { ledgerAssortment, readLedger, type Replay, replayDemand, replayedDays } from './ledger.ts';
import { type Options, readOptions } from './options.ts';
import { promises } from './promises.ts';
import { costOf, printTable, type Report, writePage } from './report.ts';
import { type RunPlan, runDays, type RunResult } from './run.ts';

/** Lines of an average order times units of a line, as demand.ts draws them: what the firm expects to sell. */
const unitsPerOrder = 2.3;

/** Runs what the arguments ask for; the exit code: 0 all promises held, 1 one broke, 2 the arguments make no sense, 3 it could not go on. */
export async function simulate(args: readonly string[], say: (text: string) => void): Promise<number> {
  let options: Options;
  let world: World;
  try {
    options = readOptions(args, new Date());
    mkdirSync(dirname(options.out), { recursive: true });
    world = worldOf(options);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return 2;
  }
  say(world.words.en);
  const results: RunResult[] = [];
  try {
    for (const plan of plansOf(options, world, say)) results.push(await runDays(plan));
  } catch (error) {
    say(
      `STOPPED: the house or the simulation failed, no promise was judged\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    return 3;
  }
  const report: Report = { command: args.join(' '), demand: world.words, results };
  writeFileSync(options.out, writePage(report));
  for (const line of printTable(report)) say(line);
  for (const result of results) say(costOf(result));
  say(`* measured; it varies with the machine. Charts: ${options.out}`);
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
    const [assortment, demand] = [ledgerAssortment(replay), replayDemand(replay)];
    return { assortment, demand, words: ledgerWords(replay, { invoices: demand.flat().length, skus: assortment.goods.length }) };
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

/** Which days of the ledger, how many invoices, how many SKUs: what is replayed, and what it leaves out. */
function ledgerWords(replay: Replay, { invoices, skus }: { invoices: number; skus: number }): World['words'] {
  const ledgerDays = replayedDays(replay);
  const [first = '', last = first] = [ledgerDays[0], ledgerDays.at(-1)];
  const open = new Set(replay.lines.map(({ day }) => day));
  const shut = ledgerDays.filter((day) => !open.has(day)).length;
  return {
    zh: `真实台账 ${first} – ${last} 的 ${invoices} 张单据（其中 ${shut} 天没有生意），涉及 ${skus} 个货号，每个货号即一个 SKU；取消、调整与非商品行不算`,
    en: `${invoices} invoices of a real ledger, ${first} – ${last} (${shut} of these days without trade), ${skus} stock codes, each a SKU; cancellations, adjustments and lines that are no goods left out`,
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
