// Where the processor's time went, by process: what a noisy machine still tells.
import { readdir, readFile } from 'node:fs/promises';

/** CPU seconds of a process and everything it started that has no name of its own here, by what it is. */
export async function cpuOf(pids: Readonly<Record<string, number | undefined>>): Promise<Record<string, number>> {
  const all = await readAll();
  const children = Map.groupBy(all, ({ parent }) => parent);
  const named = new Set(Object.values(pids));
  const sum = (pid: number): number => {
    const own = all.find((one) => one.pid === pid)?.ticks ?? 0;
    const others = (children.get(pid) ?? []).filter((child) => !named.has(child.pid));
    return own + others.reduce((total, child) => total + sum(child.pid), 0);
  };
  return Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, pid === undefined ? 0 : sum(pid) / 100]));
}

async function readAll(): Promise<{ pid: number; parent: number; ticks: number }[]> {
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(names.map((name) => readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')));
  return stats.flatMap((stat) => {
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields.length < 15) return [];
    // with the time of children that ended: backends come and go
    return [
      {
        pid: Number(stat.split(' ')[0]),
        parent: Number(fields[1]),
        ticks: [11, 12, 13, 14].reduce((t, i) => t + Number(fields[i]), 0),
      },
    ];
  });
}
