import { useState } from 'react';
import { csv, isInstant, isMoney, plainNumber } from '../../lib/csv.ts';
import { download } from '../../lib/download.ts';
import { useFormat } from '../../lib/format.ts';
import { useLanguage, useWords } from '../../lib/language.ts';
import { ErrorNote } from '../error-state.tsx';
import { MayButton } from '../may.tsx';

/** An answer's numbers as text, just as a reader sees them. */
export interface AnswerSheet {
  heads: readonly string[];
  rows: readonly (readonly string[])[];
}

interface AnswerFileProps {
  title: string;
  /** The days the figures are of; part of the file's name. */
  period: { from: string; to: string };
  sheet: () => AnswerSheet;
  /** Where the house makes the workbook itself, with its definitions. */
  xlsx?: (language: 'zh-CN' | 'en') => string;
}

/** The numbers of an answer as a file: CSV, or XLSX with figures as such. */
export function AnswerFile({ title, period, sheet, xlsx }: AnswerFileProps) {
  const words = useWords();
  const language = useLanguage();
  const { today } = useFormat();
  const [error, setError] = useState<unknown>();
  const name = `${title.replaceAll(/[\\/:*?"<>|]/g, ' ')} ${period.from}—${period.to} ${today()}`;
  const save = async (format: 'csv' | 'xlsx') => {
    try {
      setError(undefined);
      download(
        await fileOf(
          format,
          title,
          withUnits(sheet(), (head) => words('export.inYuan', { name: head })),
        ),
        `${name}.${format}`,
      );
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <>
      <MayButton need="metrics.export" data-export="csv" onClick={() => void save('csv')}>
        {words('export.csv')}
      </MayButton>
      {xlsx === undefined ? (
        <MayButton need="metrics.export" data-export="xlsx" onClick={() => void save('xlsx')}>
          {words('export.xlsx')}
        </MayButton>
      ) : (
        <MayButton need="metrics.export" data-export="xlsx" href={xlsx(language)} download>
          {words('export.xlsx')}
        </MayButton>
      )}
      <ErrorNote error={error} />
    </>
  );
}

/** A column of amounts says so in its head, because a spreadsheet shows them without their sign. */
const withUnits = ({ heads, rows }: AnswerSheet, inYuan: (head: string) => string): AnswerSheet => ({
  heads: heads.map((head, at) => (rows.some((row) => isMoney(row[at] ?? '')) ? inYuan(head) : head)),
  rows,
});

const isNumber = (text: string): boolean => /^[−+-]?¥?[\d,]+(\.\d+)?%?$/.test(text.trim()) && !isInstant(text);

async function fileOf(format: 'csv' | 'xlsx', title: string, { heads, rows }: AnswerSheet): Promise<string | Blob> {
  // The first column names the row: a SKU of digits stays as it is.
  if (format === 'csv') return csv([heads, ...rows.map((row) => row.map((text, at) => (at > 0 ? plainNumber(text) : text)))]);
  const [{ xlsx }, { typedCell }] = await Promise.all([import('../../lib/xlsx.ts'), import('../../lib/typed-cell.ts')]);
  return xlsx(
    title,
    heads,
    rows.map((row) => row.map((text, at) => typedCell(text, at > 0 && isNumber(text)))),
  );
}
