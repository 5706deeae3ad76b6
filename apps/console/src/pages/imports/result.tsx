import { useQuery } from '@tanstack/react-query';
import { imports, urlOf } from '@tongshang/contract';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { q } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useLanguage, useTerm, useWords } from '../../lib/language.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { ErrorNote } from '../../parts/error-state.tsx';
import { Figure } from '../../parts/figure.tsx';
import { Section } from '../../parts/object-page.tsx';
import type { ImportJob } from './import-page.tsx';
import { useReasonText } from './reasons.ts';

/** What became of the rows: landed, unchanged, bad; what they did to the house; and every bad row with its reasons. */
export function ImportResult({ job }: { job: ImportJob }) {
  const words = useWords();
  const f = useFormat();
  const isDone = job.state === 'done' || job.rowsLanded > 0;
  const effects = isDone ? job.effects : (job.preview?.effects ?? []);
  return (
    <>
      <Section title={words(isDone ? 'imports.result' : 'imports.checkResult')}>
        <div className="figures">
          <Figure name={words('imports.rowsRead')} value={f.count(job.rowsRead)} />
          <Figure name={words('imports.rowsGood')} value={f.count(job.rowsGood)} />
          <Figure name={words('imports.rowsUnchanged')} value={f.count(job.rowsUnchanged)} />
          <Figure name={words('imports.rowsBad')} value={f.count(job.rowsBad)} />
        </div>
        {effects.length > 0 && (
          <DataTable
            caption={words(isDone ? 'imports.effects' : 'imports.preview')}
            columns={[
              {
                key: 'what',
                title: isDone ? 'imports.effects' : 'imports.preview',
                show: (effect) => words(`imports.what.${effect.what}`),
              },
              { key: 'created', title: 'imports.created', isNumber: true, show: (effect) => f.count(effect.created) },
              { key: 'changed', title: 'imports.changed', isNumber: true, show: (effect) => f.count(effect.changed) },
              { key: 'unchanged', title: 'imports.unchanged', isNumber: true, show: (effect) => f.count(effect.unchanged) },
            ]}
            rows={effects}
            rowKey={(effect) => effect.what}
          />
        )}
        {!isDone && job.preview && !job.preview.isWhole && (
          <p className="third">{words('imports.previewPart', { rows: f.count(job.preview.rows) })}</p>
        )}
      </Section>
      {job.ledger.length > 0 && (
        <Section title={words('imports.ledger')}>
          <DataTable
            caption={words('imports.ledger')}
            columns={[
              { key: 'class', title: 'imports.class', show: (sum) => words(`imports.class.${sum.class}`) },
              { key: 'lines', title: 'imports.lines', isNumber: true, show: (sum) => f.count(sum.lines) },
              { key: 'units', title: 'imports.units', isNumber: true, show: (sum) => f.count(sum.units) },
              { key: 'amount', title: 'imports.amount', isNumber: true, show: (sum) => f.money(sum.amountFen) },
            ]}
            rows={job.ledger}
            rowKey={(sum) => sum.class}
            foot={
              <tr>
                <th scope="row">{words('imports.sum')}</th>
                <td className="number">{f.count(job.ledger.reduce((all, sum) => all + sum.lines, 0))}</td>
                <td className="number">{f.count(job.ledger.reduce((all, sum) => all + sum.units, 0))}</td>
                <td className="number">{f.money(job.ledger.reduce((all, sum) => all + sum.amountFen, 0))}</td>
              </tr>
            }
          />
        </Section>
      )}
      {job.rowsBad > 0 && <BadRows job={job} />}
    </>
  );
}

function BadRows({ job }: { job: ImportJob }) {
  const words = useWords();
  const term = useTerm();
  const language = useLanguage();
  const f = useFormat();
  const reasonText = useReasonText();
  const [code, setCode] = useState<string | undefined>();
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const after = cursors.at(-1);
  const chosen = imports.badRowCodes.find((one) => one === code);
  const rows = useQuery(
    q(imports.listBadRows, {
      params: { id: job.id },
      query: { limit: 20, ...(chosen && { code: chosen }), ...(after && { after }) },
    }),
  );
  const file = (format: 'csv' | 'xlsx') =>
    urlOf(imports.downloadBadRows, { params: { id: job.id }, query: { format, language } });
  return (
    <Section
      title={words('imports.badRows', { count: f.count(job.rowsBad) })}
      extra={
        <span className="row">
          <Button size="small" href={file('xlsx')} download>
            {words('imports.downloadBad', { format: 'XLSX' })}
          </Button>
          <Button size="small" href={file('csv')} download>
            {words('imports.downloadBad', { format: 'CSV' })}
          </Button>
        </span>
      }
    >
      <p className="second dialog-text">{words('imports.badHelp')}</p>
      <div className="filters">
        <Select<string | null>
          className="choice reason-choice"
          aria-label={words('imports.reason')}
          placeholder={words('imports.reason')}
          allowClear
          value={code ?? null}
          options={reasonOptions(job, (one) => term(imports.badRowWords, one), f.count)}
          onChange={(value) => {
            setCode(value ?? undefined);
            setCursors([]);
          }}
        />
      </div>
      <ErrorNote error={rows.error} />
      <DataTable
        caption={words('imports.badRows', { count: f.count(job.rowsBad) })}
        columns={[
          { key: 'row', title: 'imports.rowNo', show: (row) => f.count(row.rowNo) },
          {
            key: 'reasons',
            title: 'imports.problems',
            show: (row) => <span className="bad-text">{row.reasons.map(reasonText).join(words('list.comma'))}</span>,
          },
          { key: 'cells', title: 'imports.cells', show: (row) => row.cells.join(' | ') },
        ]}
        rows={rows.data?.items ?? []}
        rowKey={(row) => String(row.rowNo)}
      />
      <div className="list-foot">
        <span className="spring" />
        <Button size="small" disabled={cursors.length === 0} onClick={() => setCursors(cursors.slice(0, -1))}>
          {words('list.previousPage')}
        </Button>
        <Button size="small" disabled={!rows.data?.next} onClick={() => setCursors([...cursors, rows.data?.next ?? ''])}>
          {words('list.nextPage')}
        </Button>
      </div>
    </Section>
  );
}

type Code = (typeof imports.badRowCodes)[number];

/** One choice for each reason there is, with how many rows it holds back. */
function reasonOptions(job: Pick<ImportJob, 'reasons'>, name: (code: Code) => string, count: (rows: number) => string) {
  const rows = new Map<Code, number>();
  for (const reason of job.reasons) rows.set(reason.code, (rows.get(reason.code) ?? 0) + reason.rows);
  return [...rows].map(([value, all]) => ({ value: value as string, label: `${name(value)} · ${count(all)}` }));
}
