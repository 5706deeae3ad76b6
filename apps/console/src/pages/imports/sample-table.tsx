import { imports, type ReplyOf } from '@tongshang/contract';
import { Select } from 'antd';
import { useTerm, useWords } from '../../lib/language.ts';
import type { ImportJob } from './import-page.tsx';
import { useReasonText } from './reasons.ts';

interface SampleProps {
  job: ImportJob;
  rows: ReplyOf<typeof imports.getImportSample>['rows'];
  isReadOnly: boolean;
  onChoose: (column: number, field: ImportJob['mapping'][number]) => void;
}

/** The first rows of the file under the meaning of each column; what is wrong stands beside its row. */
export function SampleTable({ job, rows, isReadOnly, onChoose }: SampleProps) {
  const words = useWords();
  const term = useTerm();
  const reasonText = useReasonText();
  const fields = imports.importFields[job.kind];
  const options = fields.map(({ field, required }) => ({
    value: field as string,
    label: required
      ? words('imports.required', { field: term(imports.importFieldWords, field) })
      : term(imports.importFieldWords, field),
  }));
  return (
    <div className="table-area" role="region" aria-label={words('imports.columns')} tabIndex={0}>
      <table className="table table-compact sample">
        <caption className="hidden">{words('imports.columns')}</caption>
        <thead>
          <tr>
            <th scope="col">{words('imports.rowNo')}</th>
            {job.headers.map((header, column) => (
              <th key={`${column} ${header}`} scope="col">
                <div>{header || words('imports.noHeader', { column: column + 1 })}</div>
                <Select<string>
                  size="small"
                  className="field-choice"
                  aria-label={words('imports.meaningOf', { header })}
                  allowClear
                  disabled={isReadOnly}
                  placeholder={words('imports.ignored')}
                  {...(job.mapping[column] && { value: job.mapping[column] })}
                  options={options}
                  onChange={(field: string | undefined) =>
                    onChoose(column, fields.find((one) => one.field === field)?.field ?? null)
                  }
                />
              </th>
            ))}
            <th scope="col">{words('imports.problems')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, 10).map((row) => (
            <tr key={row.rowNo}>
              <th scope="row">{row.rowNo}</th>
              {job.headers.map((header, column) => (
                <td key={`${column} ${header}`}>{row.cells[column] ?? ''}</td>
              ))}
              <td className={row.reasons.length > 0 ? 'bad-text' : 'second'}>
                {row.reasons.length > 0 ? row.reasons.map(reasonText).join(words('list.comma')) : words('imports.fine')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
