// What a run costs a machine: processor time of this process and all that it started.
import { readdirSync, readFileSync } from 'node:fs';

interface Line {
  pid: number;
  parent: number;
  /** Hundredths of a second, with those of children that have ended. */
  ticks: number;
}

/** Seconds of processor time of this process and everything below it so far; undefined where the system does not tell (no /proc). */
export function processorSeconds(): number | undefined {
  const lines = processes();
  if (lines.length === 0) return undefined;
  const below = Map.groupBy(lines, ({ parent }) => parent);
  const sumOf = (pid: number): number => (below.get(pid) ?? []).reduce((sum, one) => sum + one.ticks + sumOf(one.pid), 0);
  return ((lines.find(({ pid }) => pid === process.pid)?.ticks ?? 0) + sumOf(process.pid)) / ticksPerSecond;
}

const ticksPerSecond = 100; // of Linux on every usual platform

function processes(): Line[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap(readLine); // prettier-ignore
  } catch {
    return [];
  }
}

/** Fields as proc(5) numbers them: 4 parent, 14–17 user and system time of the process and of its children that ended. */
function readLine(pid: string): Line[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const ticks = fields.slice(11, 15).reduce((sum, one) => sum + one, 0);
    return [{ pid: Number(pid), parent: fields[1] ?? 0, ticks }];
  } catch {
    return []; // it has just ended
  }
}
