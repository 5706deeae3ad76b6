import { metrics as contract } from '@tongshang/contract';
import type { Tx } from '../../platform/db.ts';
import { dayOf } from '../../platform/time.ts';
import type { Book, Version } from './book.ts';
import { shipped } from './shipped/index.ts';
import { metrics } from './tables.ts';

/** All definitions as they stand: what staff and releases published, and what ships with the house and is not published yet. */
export async function readBook(tx: Tx, now: Date): Promise<Book> {
  const rows = await metrics(tx)
    .selectFrom('definition')
    .select(['name', 'version', 'valid_from', 'body', 'note', 'published_at', 'published_by_name'])
    .orderBy('name')
    .orderBy('version')
    .execute();
  const byName = new Map<string, Version[]>(shipped.map(({ name }) => [name, []]));
  for (const row of rows)
    byName.set(row.name, [
      ...(byName.get(row.name) ?? []),
      {
        name: row.name,
        version: row.version,
        validFrom: row.valid_from ?? undefined,
        body: contract.MetricBody.parse(row.body),
        note: row.note,
        publishedAt: row.published_at,
        publishedByName: row.published_by_name ?? undefined,
      },
    ]);
  for (const { name, body } of shipped) if (byName.get(name)?.length === 0) byName.set(name, [firstVersion(name, body)]);
  return { today: dayOf(now), edition: String(rows.length), metrics: byName };
}

const firstVersion = (name: string, body: contract.MetricBody): Version => ({
  name,
  version: 1,
  validFrom: undefined,
  body,
  note: '',
  publishedAt: undefined,
  publishedByName: undefined,
});
