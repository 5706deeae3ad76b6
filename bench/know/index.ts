// The rows of `know`: answers on pasts of 1, 10 and 100 million events, a live house on the largest, and the cost of rows as a chart.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Outcome } from '../load.ts';
import { type Answers, measureAnswers } from './answers.ts';
import { drawSvg, drawTable, type Series } from './chart.ts';
import { pastOf } from './generate.ts';
import { measureLive } from './live.ts';

type Add = (name: string, unit: string, outcome: Outcome, goal: string, ceiling?: { name: string; perSecond: number }) => void;

const chartFile = join(import.meta.dirname, '../know-cost.svg');
const memoryMaxMb = 4_096;

interface Wanted {
  /** Sizes of the past, in millions of events. */
  millions: readonly number[];
  seconds: number;
  add: Add;
}

/** Measures each size, the largest with everything; draws the chart when there are several. */
export async function measureKnow({ millions, seconds, add }: Wanted): Promise<void> {
  const measured: { rows: number; answers: Answers }[] = [];
  for (const million of millions.toSorted((a, b) => a - b)) {
    const past = await pastOf(million * 1e6, (text) => console.log(`  ${text}`));
    const answers = await measureAnswers(past, seconds);
    measured.push({ rows: past.events, answers });
    addAnswers(`${million} M events, ${past.orders / 1e6} M orders`, answers, add);
    if (million !== Math.max(...millions)) continue;
    const live = await measureLive(past, Math.max(20, seconds));
    const p95 = (outcome: Outcome) => `p95 ${Math.round(outcome.p95Ms ?? 0)} ms`;
    add(`event to cockpit at 2,000 events/s beside 100 checkouts/s, over ${million} M events (${p95(live.fresh)})`, 'events/s', live.fresh, 'p95 ≤ 2 s'); // prettier-ignore
    add('checkouts beside it, 100/s arriving', 'orders/s', live.checkouts, '100 arriving');
    add('that cockpit, asked without pause meanwhile', 'answers/s', live.cockpit, 'p99 ≤ 300 ms');
    const raw = { name: 'raw ClickHouse insert', perSecond: live.rawInsert.perSecond };
    add('events acknowledged, kept by PostgreSQL; batches of 100', 'events/s', live.intake, '≥ 30,000', raw);
    if (live.jetstream !== undefined)
      add('the same, kept by three nats-servers on this machine', 'events/s', live.jetstream, '≥ 30,000', raw);
    const parts = Object.entries(live.memoryMb);
    const sum = parts.reduce((total, [, mb]) => total + mb, 0);
    console.log(
      `  memory at its largest, MiB (≤ ${memoryMaxMb}): ${sum} (${parts.map(([name, mb]) => `${name} ${mb}`).join(', ')})`,
    );
  }
  if (measured.length > 1) await writeChart(measured);
}

function addAnswers(past: string, { tile, explorer, funnel, others, raw, cpuMs, ...slowest }: Answers, add: Add): void {
  const beside = (name: string, outcome: Outcome) => ({ name, perSecond: outcome.perSecond });
  const p95 = (outcome: Outcome) => `p95 ${Math.round(outcome.p95Ms ?? 0)} ms`;
  add(`a cockpit's tile, nothing kept, 2 callers; ${past}`, 'tiles/s', tile, 'p99 ≤ 300 ms', beside('raw ClickHouse, net sales of 28 days by channel', raw.tile)); // prettier-ignore
  console.log(`  the slowest tile, ${slowest.slowestTile}`);
  add(`a question of the explorer; ${past} (${p95(explorer)})`, 'answers/s', explorer, 'p95 ≤ 1.5 s', beside('raw ClickHouse, net sales of 90 days by SKU', raw.explorer)); // prettier-ignore
  console.log(`  the slowest question, ${slowest.slowestQuestion}`);
  add(`a funnel of four steps over 28 days; ${past}`, 'answers/s', funnel, '≤ 3 s', beside('raw ClickHouse, windowFunnel by visitor', raw.funnel)); // prettier-ignore
  const processor = Object.entries(cpuMs).map(([kind, ms]) => `${kind} ${ms.toFixed(0)}`);
  console.log(`  ClickHouse's processor, ms an answer: ${processor.join(', ')}`);
  for (const [kind, outcome] of Object.entries(others)) add(`${kind} over a year; ${past}`, 'answers/s', outcome, '');
}

async function writeChart(measured: readonly { rows: number; answers: Answers }[]): Promise<void> {
  const series = (name: string, goalMs: number, ms: (answers: Answers) => number): Series => ({
    name,
    goalMs,
    points: measured.map(({ rows, answers }) => ({ rows, ms: ms(answers) })),
  });
  const all = [
    series('tile, p99', 300, ({ tile }) => tile.p99Ms),
    series('explorer, p95', 1500, ({ explorer }) => explorer.p95Ms ?? 0),
    series('funnel, median', 3000, ({ funnel }) => funnel.p50Ms),
  ];
  await writeFile(chartFile, drawSvg(all));
  console.log(`\n${drawTable(all)}\n\n  drawn in bench/know-cost.svg`);
}
