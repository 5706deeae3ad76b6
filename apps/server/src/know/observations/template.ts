import { observations as contract } from '@tongshang/contract';
import { csvFile, type TableFile, xlsxFile } from '../../platform/table-file/write-table.ts';
import { headingOf } from './columns.ts';

type Example = Partial<Record<contract.ObservationField, string>> & { name: contract.ObservableName };
type Language = 'zh-CN' | 'en';

const examples: readonly Example[] = [
  { name: 'campaign_spend', from: '2026-11-01', to: '2026-11-11', channel: 'weibo', campaign: 'double-11', value: '36000.00', source: '投放后台' },
  { name: 'brand_search_index', from: '2026-11-01', channel: 'baidu', value: '1280', source: '搜索指数' },
  { name: 'share_of_voice', from: '2026-11-01', to: '2026-11-07', channel: 'xiaohongshu', value: '18.3%', cases: '4200', source: '舆情工具' },
  { name: 'satisfaction', from: '2026-11-01', to: '2026-11-07', value: '4.6', cases: '212', source: '满意度问卷' },
  { name: 'payables', from: '2026-10-31', value: '185000', source: '财务月结' },
]; // prettier-ignore

/** A file with the headings that are recognised by themselves, and example rows. */
export async function makeTemplate({
  format,
  language,
}: {
  format: 'csv' | 'xlsx';
  language: Language;
}): Promise<TableFile & { fileName: string }> {
  const file = format === 'xlsx' ? await xlsxFile(rowsOf(language)) : csvFile(rowsOf(language));
  return { ...file, fileName: `observations-template.${file.extension}` };
}

// oxlint-disable-next-line require-await -- a table of any length is read as a stream, this one is short
async function* rowsOf(language: Language): AsyncGenerator<string[]> {
  const fields = contract.observationFields.map(({ field }) => field);
  yield fields.map((field) => headingOf(field, language));
  for (const example of examples) {
    const named: Example & { name: string } = { ...example };
    yield fields.map((field) => (field === 'name' ? nameIn(named.name, language) : (named[field] ?? '')));
  }
}

const nameIn = (name: contract.ObservableName, language: Language): string =>
  contract.observableWords[name][language === 'en' ? 'en' : 'zh'];
