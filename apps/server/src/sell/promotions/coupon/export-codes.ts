import { sql } from 'kysely';
import { findCustomers } from '../../../base/customers/index.ts';
import { run, type Tx } from '../../../platform/db.ts';
import { refuse } from '../../../platform/fail.ts';
import type { JobRun } from '../../../platform/jobs.ts';
import { promotions } from '../tables.ts';
import { shownCode } from './code.ts';

const pageSize = 10_000;

/** Headings of the file, and how it is called. */
const words = {
  'zh-CN': { headings: ['券码', '已用次数', '可用次数', '顾客', '有效期至'], file: '优惠券' },
  en: { headings: ['Code', 'Uses', 'Uses allowed', 'Customer', 'Valid to'], file: 'coupons' },
} as const;

/**
 * All codes of a batch as CSV, page by page: memory holds one page, no transaction stays open while the reader is slow. Refuses
 * `coupon_batch.not_found`, and `coupon_batch.wrong_state` while codes are being made or when members take them themselves.
 */
export async function exportCodes(
  { inTx }: Pick<JobRun, 'inTx'>,
  { batchId, language }: { batchId: string; language: keyof typeof words },
): Promise<{ fileName: string; body: AsyncIterable<string> }> {
  const batch = await inTx(({ tx }) =>
    promotions(tx).selectFrom('coupon_batch').selectAll().where('id', '=', batchId).executeTakeFirst(),
  );
  if (batch === undefined) refuse('coupon_batch.not_found', { id: batchId });
  if (batch.state === 'making' || batch.is_public)
    refuse('coupon_batch.wrong_state', { state: batch.is_public ? 'public' : batch.state });
  const usesMax = batch.uses_per_code === null ? '' : String(batch.uses_per_code);

  async function* lines(): AsyncGenerator<string> {
    yield `\uFEFF${words[language].headings.join(',')}\r\n`;
    for (let after = 0; ;) {
      const page = await inTx(({ tx }) => readPage(tx, batchId, after));
      const last = page.at(-1);
      if (last === undefined) return;
      after = last.position;
      yield page
        .map((row) =>
          [shownCode(row.code, batch as NonNullable<typeof batch>), row.uses, usesMax, row.customer, row.validTo].join(','),
        )
        .join('\r\n')
        .concat('\r\n');
    }
  }
  return { fileName: `${words[language].file}-${batch.number}.csv`, body: lines() };
}

async function readPage(tx: Tx, batchId: string, after: number) {
  const rows = await run(
    tx,
    sql<{ code: string; position: number; uses: number; customerId: string | null; validTo: string | null }>`
      select code, position, uses, customer_id as "customerId", to_char(valid_to at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') as "validTo"
      from promotions.coupon where batch_id = ${batchId} and position > ${after} order by position limit ${pageSize}`,
  );
  const customers = await findCustomers(tx, [...new Set(rows.flatMap((row) => row.customerId ?? []))]);
  return rows.map((row) => ({ ...row, customer: customers.get(row.customerId ?? '')?.number ?? '', validTo: row.validTo ?? '' }));
}
