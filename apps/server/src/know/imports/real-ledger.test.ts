import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { expect, test } from 'vitest';
import { useWorld } from '../../../test/world.ts';
import { anImport } from './testing.ts';

const world = useWorld();
const file = join(import.meta.dirname, '../../../../../../shared/data/online-retail/ledger-2010-12_2011-08.csv.gz');
const isThere = existsSync(file);
const linesMax = 30_000;
const sum = async (statement: string) => Number((await world.db.pool.query<{ n: string }>(statement)).rows[0]?.n);

async function slice(): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of createInterface(createReadStream(file).pipe(createGunzip()))) {
    lines.push(line);
    if (lines.length > linesMax) break;
  }
  return lines;
}

test.runIf(isThere)(
  `a real retailer's ledger reconciles to the fen (runs where ../shared/data/online-retail lies beside the project)`,
  { timeout: 60_000 },
  async () => {
    const lines = await slice();
    const told = await anImport(world, lines.join('\n'), { options: { timeZone: 'Europe/London' } });
    expect(told).toMatchObject({ state: 'done', kind: 'orders', rowsTotal: linesMax, rowsGood: linesMax, rowsBad: 0 });

    const fen = lines.slice(1).reduce((total, line) => {
      const cells = /^([^,]*),([^,]*),(?:"(?:[^"]|"")*"|[^,]*),([^,]*),[^,]*,([^,]*),/.exec(line);
      return total + Math.sign(Number(cells?.[3])) * Math.round(Math.abs(Number(cells?.[3])) * Number(cells?.[4]) * 100);
    }, 0);
    expect(told.ledger.reduce((total, { amountFen }) => total + amountFen, 0)).toBe(fen);
    const stored =
      (await sum(`select sum(total_fen) as n from orders."order"`)) -
      (await sum('select sum(refund_fen) as n from returns.return')) +
      (await sum('select coalesce(sum(amount_fen), 0) as n from imports.entry'));
    expect(stored).toBe(fen);
    expect(
      await sum(`select count(*) as n from (
    select l.order_id, l.line_no from orders.line l join returns.line r on r.order_id = l.order_id and r.order_line_no = l.line_no
    group by l.order_id, l.line_no, l.quantity having sum(r.quantity) > l.quantity) over_returned`),
    ).toBe(0);

    const again = await anImport(world, lines.join('\n'), { options: { timeZone: 'Europe/London' } });
    expect(again).toMatchObject({ rowsGood: 0, rowsUnchanged: linesMax, rowsBad: 0 });
  },
);
