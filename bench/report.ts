import { readFile, writeFile } from 'node:fs/promises';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Outcome } from './load.ts';
import type { Starts } from './starts.ts';

export interface Row extends Outcome {
  name: string;
  unit: string;
  goal: string;
  ceiling?: string;
  ceilingPerSecond?: number;
}

interface Report {
  rows: readonly Row[];
  memory: Readonly<Record<string, number>>;
  starts: Starts | undefined;
  seconds: number;
  callers: number;
  /** A run of one part is printed, not written down. */
  isWhole: boolean;
}

const file = join(import.meta.dirname, 'README.md');
const [begin, end] = ['<!-- figures -->', '<!-- end of figures -->'];

/** Prints the table, and writes it into bench/README.md with date and machine. */
export async function writeReport(report: Report): Promise<void> {
  const text = tableOf(report);
  console.log(`\n${text}`);
  if (!report.isWhole) return;
  const readme = await readFile(file, 'utf8');
  const [before = ''] = readme.split(begin);
  const after = readme.split(end)[1] ?? '';
  await writeFile(file, `${before}${begin}\n${text}\n${end}${after}`);
}

function tableOf({ rows, memory, starts, seconds, callers }: Report): string {
  const number = (value: number) => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(1));
  const lines = rows.map((row) => {
    const ceiling = row.ceilingPerSecond === undefined ? '' : `${number(row.ceilingPerSecond)} (${row.ceiling})`;
    const ratio = row.ceilingPerSecond === undefined ? '' : (row.perSecond / row.ceilingPerSecond).toFixed(2);
    const times = row.p99Ms === 0 ? '' : `${row.p50Ms.toFixed(1)} / ${row.p99Ms.toFixed(1)}`;
    return `| ${row.name} | ${number(row.perSecond)} ${row.unit} | ${times} | ${row.errors} | ${row.goal} | ${ceiling} | ${ratio} |`;
  });
  const machine = `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model ?? '?'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}`;
  return [
    `${machine}. ${seconds} s a row, ${callers} callers (4 for the cockpit), load generator on the same cores, fsync and synchronous commit on.`,
    '',
    '| what | figure | p50 / p99 ms | errors | goal | ceiling in the same run | ratio |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...lines,
    '',
    `Resident memory after the run, MiB: ${Object.entries(memory)
      .map(([name, mb]) => `${name} ${mb}`)
      .join(', ')}.`,
    ...(starts === undefined
      ? []
      : [
          `\`npm start\`: first ${(starts.firstMs / 1000).toFixed(1)} s (builds, migrations, demo), later ${(starts.laterMs / 1000).toFixed(1)} s.`,
        ]),
  ].join('\n');
}
