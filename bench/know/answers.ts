// How long answers take on a past of so many events, with nothing kept from one to the next.
import type { ClickHouseClient } from '@clickhouse/client';
import { type Figures, openFigures } from '../../apps/server/src/know/metrics/index.ts';
import { openAnalytics } from '../../apps/server/src/know/stream/index.ts';
import { system } from '../../apps/server/src/platform/ctx.ts';
import { inTx } from '../../apps/server/src/platform/db.ts';
import { cpuOf } from '../cpu.ts';
import { openHouse } from '../house.ts';
import { closedLoop, type Outcome } from '../load.ts';
import type { Past } from './generate.ts';
import { answer, explorer, funnel, others, rawSql, tiles } from './questions.ts';

export interface Answers {
  tile: Outcome;
  /** The slowest tile by its median, and that median. */
  slowestTile: string;
  explorer: Outcome;
  slowestQuestion: string;
  funnel: Outcome;
  others: Readonly<Record<string, Outcome>>;
  raw: Readonly<Record<keyof typeof rawSql, Outcome>>;
  /** Processor time of ClickHouse an answer, milliseconds: what a busy machine still tells. */
  cpuMs: Readonly<Record<'tile' | 'explorer' | 'funnel', number>>;
}

/** Asks every tile, every question of the explorer and the funnel, two callers at a time for tiles, one for what an analyst waits for. */
export async function measureAnswers(past: Past, seconds: number): Promise<Answers> {
  const house = await openHouse({ isDemo: false, isServed: false, clickhouseDir: past.dir });
  const analytics = openAnalytics(house.clickhouseUrl);
  try {
    const opened = await openFigures(analytics, (work) => inTx(house.db, { actor: system('bench'), now: new Date() }, work));
    const figures: Figures = { ...opened, now: new Date(`${past.lastDay}T23:59:59+08:00`) };
    const processor = async () => (await cpuOf({ clickhouse: house.pids['clickhouse'] }))['clickhouse'] ?? 0;
    const ask = async (questions: readonly Parameters<typeof answer>[1][], callers: number) => {
      const before = await processor();
      const asked = await askInTurn(figures, questions, callers, seconds);
      return { ...asked, cpuMs: (((await processor()) - before) * 1000) / Math.max(1, asked.outcome.count) };
    };
    await askInTurn(figures, [...tiles, ...explorer], 1, 0); // each once: files are open, pages are warm
    const [tile, quest, path] = [await ask(tiles, 2), await ask(explorer, 1), await ask([funnel], 1)];
    const more: Record<string, Outcome> = {};
    for (const [kind, question] of Object.entries(others)) more[kind] = (await ask([question], 1)).outcome;
    const raw = (sql: string) => closedLoop(1, seconds / 2, () => askRaw(analytics.client, sql, past.lastDay));
    return {
      tile: tile.outcome,
      slowestTile: tile.slowest,
      explorer: quest.outcome,
      slowestQuestion: quest.slowest,
      funnel: path.outcome,
      others: more,
      cpuMs: { tile: tile.cpuMs, explorer: quest.cpuMs, funnel: path.cpuMs },
      raw: { tile: await raw(rawSql.tile), explorer: await raw(rawSql.explorer), funnel: await raw(rawSql.funnel) },
    };
  } finally {
    await analytics.client.close();
    await house.stop();
  }
}

/** Each question in turn, at least once; which of them is the slowest by its median. */
async function askInTurn(
  figures: Figures,
  questions: readonly Parameters<typeof answer>[1][],
  callers: number,
  seconds: number,
): Promise<{ outcome: Outcome; slowest: string }> {
  const times = questions.map((): number[] => []);
  const ask = async (index: number): Promise<void> => {
    const question = questions[index % questions.length];
    if (question === undefined) return;
    const begun = performance.now();
    await answer(figures, question);
    times[index % questions.length]?.push(performance.now() - begun);
  };
  for (const index of seconds === 0 ? questions.keys() : []) await ask(index);
  let next = 0;
  const outcome = await closedLoop(callers, seconds, () => ask(next++));
  const medians = times.map((own, index) => ({ ms: own.toSorted((a, b) => a - b)[Math.floor(own.length / 2)] ?? 0, index }));
  const slowest = medians.toSorted((a, b) => b.ms - a.ms)[0];
  const words = JSON.stringify(questions[slowest?.index ?? 0]?.question);
  return { outcome, slowest: `${Math.round(slowest?.ms ?? 0)} ms: ${words}` };
}

async function askRaw(client: ClickHouseClient, query: string, to: string): Promise<void> {
  const rows = await client.query({ query, query_params: { to }, format: 'JSONEachRow' });
  await rows.json();
}
