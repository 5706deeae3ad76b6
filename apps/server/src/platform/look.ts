// Reads that need no snapshot of their own: many share a few connections, and their statements go out together.
import type pg from 'pg';
import type { Actor, Ctx } from './ctx.ts';
import { connectReader, type Db, type Tx, txOn } from './db.ts';

interface Line {
  readonly client: Promise<pg.Client>;
  looks: number;
}

/** A look waits behind what others asked on its connection; so many connections keep a slow one from holding up all. */
const linesMax = 3;

const linesOf = new WeakMap<Db, Line[]>();

/**
 * Gives the work a context that only reads, without a transaction around it: each statement sees what is committed when it runs. For pages
 * that show what is there now; saves the two round trips of a transaction, and the exclusive use of a connection.
 */
export async function look<T>(db: Db, who: { actor: Actor; now: Date }, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const line = leastBusy(db);
  line.looks += 1;
  try {
    const tx: Tx = txOn(await line.client);
    return await work({ tx, actor: who.actor, now: who.now });
  } finally {
    line.looks -= 1;
  }
}

function leastBusy(db: Db): Line {
  const lines = linesOf.get(db) ?? [];
  linesOf.set(db, lines);
  const least = lines.toSorted((a, b) => a.looks - b.looks)[0];
  if (least !== undefined && (least.looks === 0 || lines.length >= linesMax)) return least;
  const line: Line = { client: connectReader(db, () => forget(lines, line)), looks: 0 };
  line.client.catch(() => forget(lines, line)); // who waits for it is told; the next look tries anew
  lines.push(line);
  return line;
}

function forget(lines: Line[], line: Line): void {
  const index = lines.indexOf(line);
  if (index >= 0) lines.splice(index, 1);
}
