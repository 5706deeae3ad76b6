import type { boards as boardContract } from '@tongshang/contract';
import { Refusal } from '../../../platform/fail.ts';
import { inBusinessZone } from '../../../platform/time.ts';
import type { Scope } from '../../metrics/index.ts';
import { cutRows, type Language, type Report, type Sheet } from './sheet.ts';
import { sheetOfCohorts, sheetOfFunnel, sheetOfPaths, sheetOfRetention, sheetOfRfm } from './sheet-of-explore.ts';
import { type Describe, sheetOfMetrics } from './sheet-of-metrics.ts';
import { dimensionWords, words } from './words.ts';

type TileQuestion = boardContract.TileQuestion;

/** What is sent, as its owner sees it: tiles in reading order, each with the board's bar already laid over it. */
export interface ReportTile {
  title: { zh: string; en: string } | undefined;
  /** undefined: a saved question that is gone. */
  question: TileQuestion | undefined;
  notNarrowedBy: readonly (keyof (typeof dimensionWords)['en'])[];
}

export interface ReportInput {
  name: { zh: string; en: string };
  tiles: readonly ReportTile[];
  scope: Scope;
  language: Language;
  asOf: Date;
  dueAt: Date;
  describe: Describe;
  /** Reads a tile in this scope: the one reading that paper and workbook are both drawn from. */
  read: (question: TileQuestion) => Promise<boardContract.TileAnswer>;
}

export interface MadeReport {
  report: Report;
  /** No tile has anything for this scope. */
  isEmptyForScope: boolean;
}

/**
 * Reads every tile once and writes what it says. A tile that this scope may not see says so; one that cannot be read says why. Throws
 * `analytics.unavailable`: then nothing of it can be trusted to be whole.
 */
export async function makeReport(input: ReportInput): Promise<MadeReport> {
  const { name, tiles, scope, language, asOf, dueAt } = input;
  const say = words[language];
  const sheets: Sheet[] = [];
  let hidden = 0;
  for (const tile of tiles) {
    const sheet = await sheetOf(tile, input); // one after the other: a report must not crowd out the screens
    if (sheet === 'out of scope') hidden += 1;
    sheets.push(sheet === 'out of scope' ? bare(titleOf(tile, input), say.outOfScope) : sheet);
  }
  const facts: [string, string][] = [
    [say.asOf, minute(asOf)],
    [say.due, minute(dueAt)],
    ...(scope.store === undefined ? [] : [[say.scope, say.store(scope.store)] satisfies [string, string]]),
  ];
  const title = `${language === 'en' ? name.en : name.zh} · ${inBusinessZone(dueAt).slice(0, 10)}`;
  return { report: { title, facts, sheets: cutRows(sheets, say.cut) }, isEmptyForScope: hidden > 0 && hidden === tiles.length };
}

const minute = (at: Date): string => inBusinessZone(at).slice(0, 16).replace('T', ' ');

const bare = (title: string, note: string): Sheet => ({
  title,
  facts: [],
  columns: [],
  rows: [],
  total: undefined,
  chart: undefined,
  notes: [note],
});

/** As the board calls it; a tile without a name is called by its metrics. */
function titleOf({ title, question }: ReportTile, { language, describe }: ReportInput): string {
  const side = language === 'en' ? 'en' : 'zh';
  if (title !== undefined) return title[side];
  if (question?.kind !== 'metrics') return words[language].figure;
  return question.question.metrics.map((name) => describe(name)?.title[side] ?? name).join(', ');
}

async function sheetOf(tile: ReportTile, input: ReportInput): Promise<Sheet | 'out of scope'> {
  const { language } = input;
  const say = words[language];
  if (tile.question === undefined) return bare(titleOf(tile, input), say.gone);
  try {
    const sheet = draft(tile, await input.read(tile.question), input);
    const filters = filtersOf(tile.question, language);
    const left = tile.notNarrowedBy.map((one) => dimensionWords[language][one]);
    return {
      ...sheet,
      facts: filters === '' ? sheet.facts : [...sheet.facts, [say.filters, filters]],
      notes: left.length === 0 ? sheet.notes : [...sheet.notes, say.notNarrowed(left.join(', '))],
    };
  } catch (error) {
    if (!(error instanceof Refusal) || error.code === 'analytics.unavailable') throw error;
    return error.code === 'metric.out_of_scope'
      ? 'out of scope'
      : bare(titleOf(tile, input), `${say.unreadable} (${error.code})`);
  }
}

function draft(tile: ReportTile, { kind, answer }: boardContract.TileAnswer, input: ReportInput): Sheet {
  const { language, describe } = input;
  const title = titleOf(tile, input);
  switch (kind) {
    case 'metrics':
      return sheetOfMetrics(title, answer, describe, language);
    case 'funnel':
      return sheetOfFunnel(title, answer, language);
    case 'retention':
      return sheetOfRetention(title, answer, language);
    case 'cohorts':
      return sheetOfCohorts(title, answer, language);
    case 'paths':
      return sheetOfPaths(title, answer, language);
    case 'rfm':
      return sheetOfRfm(title, answer, language);
  }
}

/** `渠道: shop, store · 门店: S01`, as asked. */
function filtersOf({ kind, question }: TileQuestion, language: Language): string {
  const chosen = kind === 'metrics' ? question : question.filters;
  return (Object.entries(dimensionWords[language]) as [string, string][])
    .flatMap(([dimension, word]) => {
      const values = (chosen as Record<string, unknown>)[dimension];
      return Array.isArray(values) && values.length > 0 ? [`${word}: ${values.join(', ')}`] : [];
    })
    .join(' · ');
}
