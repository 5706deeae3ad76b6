import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { Day, Id, Instant, page, paging } from './values.ts';

/**
 * Figures that nobody in the house can count. How several go together: flow: they add up, and one of several days spreads evenly over
 * them; mean: each counts by its cases (answers, reviews, mentions looked at), days without any by one; level: the last one counts.
 */
export const observables = [
  { name: 'campaign_spend', combines: 'flow', unit: 'fen', isWhole: true, minimum: 0, maximum: 1e12, needsCampaign: true },
  { name: 'service_cost', combines: 'flow', unit: 'fen', isWhole: true, minimum: 0, maximum: 1e12, needsCampaign: false },
  { name: 'receivables', combines: 'level', unit: 'fen', isWhole: true, minimum: 0, maximum: 1e12, needsCampaign: false },
  { name: 'payables', combines: 'level', unit: 'fen', isWhole: true, minimum: 0, maximum: 1e12, needsCampaign: false },
  { name: 'satisfaction', combines: 'mean', unit: 'score', isWhole: false, minimum: 1, maximum: 5, needsCampaign: false },
  { name: 'review_score', combines: 'mean', unit: 'score', isWhole: false, minimum: 1, maximum: 5, needsCampaign: false },
  { name: 'brand_search_index', combines: 'mean', unit: 'index', isWhole: false, minimum: 0, maximum: 1e8, needsCampaign: false },
  { name: 'share_of_voice', combines: 'mean', unit: 'ratio', isWhole: false, minimum: 0, maximum: 1, needsCampaign: false },
  { name: 'social_mentions', combines: 'flow', unit: 'count', isWhole: true, minimum: 0, maximum: 1e12, needsCampaign: false },
  { name: 'exposure', combines: 'flow', unit: 'count', isWhole: true, minimum: 0, maximum: 1e12, needsCampaign: false },
] as const; // prettier-ignore

export type ObservableName = (typeof observables)[number]['name'];
export const observableNames = observables.map(({ name }) => name) as [ObservableName, ...ObservableName[]];
export const ObservableName = z.enum(observableNames);

/** The days that one figure may cover, and the rows that come at once by form or API, and in a file. */
export const observationLimits = {
  daysMax: 366,
  rowsMax: 500,
  fileRowsMax: 5_000,
  fileBytesMax: 5 * 1024 * 1024,
  casesMax: 1_000_000,
};

/** The columns of a file, in the order of the template. */
export const observationFields = [
  { field: 'name', required: true },
  { field: 'from', required: true },
  { field: 'to', required: false },
  { field: 'channel', required: false },
  { field: 'campaign', required: false },
  { field: 'value', required: true },
  { field: 'cases', required: false },
  { field: 'source', required: false },
  { field: 'note', required: false },
] as const;
export type ObservationField = (typeof observationFields)[number]['field'];
export const ObservationField = z.enum(observationFields.map(({ field }) => field) as [ObservationField, ...ObservationField[]]);

/** Why a row cannot be kept, a closed list. */
export const observationFaults = [
  'cell.missing',
  'cell.too_long',
  'name.unknown',
  'number.invalid',
  'number.not_whole',
  'number.too_precise',
  'number.out_of_range',
  'date.invalid',
  'date.in_future',
  'period.backwards',
  'period.too_long',
  'period.overlaps', // another figure of the same line covers some of these days: they would count twice
  'row.repeated', // the same figure earlier in this file or list
] as const;
export const ObservationFault = z.object({
  code: z.enum(observationFaults),
  field: ObservationField.nullable(),
  /** What the cell held; of an overlap the other figure's days, of a repetition the other row. */
  value: z.string().nullable(),
});
export type ObservationFault = z.output<typeof ObservationFault>;

const Word = (most: number) => z.string().trim().max(most);
/** Where it was seen: a platform, a marketplace, one of our channels. Empty: everywhere. */
const Where = Word(32).toLowerCase();

/** One figure as it comes in. What it is about (name, days, channel, campaign) is its key: the same key again is a newer version. */
export const ObservationInput = z.object({
  name: ObservableName,
  from: Day,
  /** The last day it covers; the first when absent. */
  to: Day.optional(),
  channel: Where.default(''),
  campaign: Word(64).default(''),
  /** fen, or as the observable's unit says; at most four decimals. */
  value: z.number(),
  /** Of a mean: how many answers, reviews or mentions stand behind it. */
  cases: z.int().min(1).max(observationLimits.casesMax).optional(),
  /** Who says so: an index, a tool, a survey, a bill. */
  source: Word(120).min(1),
  note: Word(500).optional(),
});
export type ObservationInput = z.output<typeof ObservationInput>;

export const Observation = z.object({
  id: Id,
  name: ObservableName,
  from: Day,
  to: Day,
  channel: z.string(),
  campaign: z.string(),
  value: z.number(),
  cases: z.int().nullable(),
  source: z.string(),
  note: z.string().nullable(),
  /** It counts no more; the versions before stay to be seen. */
  isWithdrawn: z.boolean(),
  version: z.int(),
  recordedBy: z.string(),
  recordedAt: Instant,
  /** The file it came in. */
  fileName: z.string().nullable(),
});
export type Observation = z.output<typeof Observation>;

const view = { permission: 'observations.view' } as const;
const edit = { permission: 'observations.edit' } as const;
const Count = z.int().min(0);
const outcome = { recorded: Count, corrected: Count, unchanged: Count };

export const listObservations = endpoint({
  method: 'GET',
  path: '/observations',
  summary: 'Outside figures as they stand, the latest days first',
  access: view,
  query: z.object({
    name: ObservableName.optional(),
    channel: z.string().max(32).optional(),
    campaign: z.string().max(64).optional(),
    /** Figures that touch these days. */
    from: Day.optional(),
    to: Day.optional(),
    ...paging,
  }),
  reply: page(Observation),
  errors: [],
});

export const listObservationVersions = endpoint({
  method: 'GET',
  path: '/observations/:id/versions',
  summary: 'What a figure was, who said so and when, newest first',
  access: view,
  params: z.object({ id: Id }),
  reply: z.object({ items: z.array(Observation) }),
  errors: ['observation.not_found'],
});

const items = z.array(ObservationInput).min(1).max(observationLimits.rowsMax);

/** All rows or none. `observation.invalid` names each bad row: {rows: [{index, faults}]}. */
export const recordObservations = endpoint({
  method: 'POST',
  path: '/observations',
  summary: 'Record outside figures; one that is known gets a newer version',
  access: edit,
  body: z.object({ items }),
  reply: z.object(outcome),
  errors: ['observation.invalid'],
  idempotent: true,
});

/** For a partner's server: its secret write key says who it is. Safe to send again: what is known already is unchanged. */
export const sendObservations = endpoint({
  method: 'POST',
  path: '/observations/sent',
  summary: 'Record outside figures with a write key of a server source',
  access: 'public',
  body: z.object({ writeKey: z.string().max(200), items }),
  reply: z.object(outcome),
  errors: ['observation.invalid', 'collection.unknown_key'],
});

export const correctObservation = endpoint({
  method: 'PUT',
  path: '/observations/:id',
  summary: 'Say what a figure really was, or that it counts no more; the versions before stay',
  access: edit,
  params: z.object({ id: Id }),
  body: z.object({
    value: z.number(),
    cases: z.int().min(1).max(observationLimits.casesMax).optional(),
    source: Word(120).min(1),
    note: Word(500).optional(),
    isWithdrawn: z.boolean().default(false),
    /** The version that was seen. */
    version: z.int(),
  }),
  reply: Observation,
  errors: ['observation.not_found', 'observation.changed', 'observation.invalid'],
});

/** The file is the only part of a multipart/form-data body. A check changes nothing; a recording keeps the good rows and names the bad. */
export const uploadObservations = endpoint({
  method: 'POST',
  path: '/observations/files',
  summary: 'Check a CSV or XLSX file of outside figures, or record it',
  access: edit,
  query: z.object({
    fileName: z.string().trim().min(1).max(200),
    mode: z.enum(['check', 'record']),
    /** For rows without a source of their own. */
    source: Word(120).default(''),
  }),
  body: z.unknown(),
  reply: z.object({
    /** Columns that the file must have and has not: nothing can be read. */
    missing: z.array(ObservationField),
    rows: Count,
    ...outcome,
    bad: Count,
    /** The bad rows, the first 500 of them, as a spreadsheet counts. */
    badRows: z.array(z.object({ rowNo: Count, cells: z.array(z.string()), faults: z.array(ObservationFault) })),
  }),
  errors: ['import.unreadable', 'request.too_large'],
});

export const listObservationFiles = endpoint({
  method: 'GET',
  path: '/observations/files',
  summary: 'The files that were recorded, newest first',
  access: view,
  reply: z.object({
    items: z.array(
      z.object({
        id: Id,
        fileName: z.string(),
        rows: Count,
        ...outcome,
        bad: Count,
        recordedBy: z.string(),
        recordedAt: Instant,
      }),
    ),
  }),
  errors: [],
});

/** Replies with the file itself: headings and example rows. */
export const downloadObservationTemplate = endpoint({
  method: 'GET',
  path: '/observation-template',
  summary: 'A file with the right headings and examples',
  access: edit,
  query: z.object({ format: z.enum(['csv', 'xlsx']).default('csv'), language: z.enum(['zh-CN', 'en']).default('zh-CN') }),
  reply: z.unknown(),
  errors: [],
});

export { observableWords, observationFieldWords, observationFaultSentence, observationFaultWords } from './observation-words.ts';
