// What all processes of a house hold in memory together; pages that several share (PostgreSQL's buffers) count once.
import { readdir, readFile } from 'node:fs/promises';

/** Proportional memory of processes and of all that they started, MiB, by name. */
export async function memoryOf(pids: Readonly<Record<string, number | undefined>>): Promise<Record<string, number>> {
  const all = await readAll();
  const children = Map.groupBy(all, ({ parent }) => parent);
  const named = new Set(Object.values(pids));
  const tree = (pid: number): number[] => [
    pid,
    ...(children.get(pid) ?? []).filter((child) => !named.has(child.pid)).flatMap((child) => tree(child.pid)),
  ];
  const entries = Object.entries(pids).map(async ([name, pid]): Promise<[string, number]> => {
    const sizes = pid === undefined ? [] : await Promise.all(tree(pid).map(shareOf));
    return [name, Math.round(sizes.reduce((sum, kb) => sum + kb, 0) / 1024)];
  });
  return Object.fromEntries(await Promise.all(entries));
}

const shareOf = async (pid: number): Promise<number> => {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0);
};

async function readAll(): Promise<{ pid: number; parent: number }[]> {
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(names.map((name) => readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')));
  return stats.flatMap((stat, index) => {
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    return Number.isInteger(parent) ? [{ pid: Number(names[index]), parent }] : [];
  });
}
