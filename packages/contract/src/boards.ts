// Saved questions, boards made of tiles, and the annotations that stand on every time chart.
import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { NotNarrowed, TileAnswer, tileErrors, TileQuestion } from './tiles.ts';
import { ChannelCode, Day, Id, Instant, Language, LocationCode } from './values.ts';
import { compareKinds, Period, Words } from './metrics.ts';

export * from './tiles.ts';

/** How a metric's answer is drawn; auto: as suits the question. A funnel, retention and so on have one form of their own. */
export const charts = ['auto', 'figure', 'line', 'bars', 'stacked', 'table'] as const;
export const Chart = z.enum(charts);
export type Chart = z.output<typeof Chart>;

const Name = z.string().trim().min(1).max(80);
/** A name in both languages; who has but one writes it twice. */
const Names = z.object({ zh: Name, en: Name });

/** The cockpits the house ships, one a role. They cannot be changed; a copy can. */
export const cockpits = ['executive', 'operations', 'marketing', 'warehouse', 'service', 'finance'] as const;
export const Cockpit = z.enum(cockpits);
export type Cockpit = z.output<typeof Cockpit>;

/** A cockpit by its name, a board of staff by its id. */
export const BoardId = z.union([Cockpit, Id]);

const some = <T extends z.ZodType>(one: T) => z.union([z.array(one).max(50), one.transform((value) => [value])]).optional();

/**
 * The bar above a board: laid over every tile's own question, where the tile knows what it says. What is left out leaves each tile as it was made; days count only where no
 * `period` is named, and both must be. It stands in the address, so that a link shows what its sender saw.
 */
export const BoardBar = z.object({
  period: Period.optional(),
  from: Day.optional(),
  to: Day.optional(),
  compare: z.enum([...compareKinds, 'none']).optional(),
  channel: some(ChannelCode),
  store: some(LocationCode),
  category: some(z.string().min(1).max(64)),
});
export type BoardBar = z.output<typeof BoardBar>;

/** Where a tile stands on the console's grid of twelve columns; rows of 80 px. On a phone tiles follow each other, top left first. */
export const Place = z.object({
  x: z.int().min(0).max(11),
  y: z.int().min(0).max(1_000),
  w: z.int().min(1).max(12),
  h: z.int().min(1).max(24),
});

const tile = {
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  /** null: the saved question's name, or what it asks for. */
  title: Names.nullable(),
  /** A saved question shows what it says today; otherwise the tile holds its own. */
  savedId: Id.nullable(),
  chart: Chart,
  wide: Place,
  isOnWall: z.boolean(),
};

/** As sent: `question` is null where `savedId` names one. */
export const TileForm = z
  .object({ ...tile, question: TileQuestion.nullable() })
  .refine(({ savedId, question }) => (savedId === null) !== (question === null));

/** As shown: a saved question's text is filled in, with its name; null when it was deleted or is no longer shared. */
export const Tile = z.object({ ...tile, question: TileQuestion.nullable(), savedName: Words.nullable() });
export type Tile = z.output<typeof Tile>;

export const tilesMax = 30;
const Tiles = z
  .array(TileForm)
  .max(tilesMax)
  .refine((tiles) => new Set(tiles.map(({ id }) => id)).size === tiles.length);

const shown = {
  id: BoardId,
  name: Words,
  isShared: z.boolean(),
  isHouse: z.boolean(),
  /** Whose cockpit it is; null for boards of staff. */
  role: Cockpit.nullable(),
  ownerName: z.string().nullable(),
  isMine: z.boolean(),
  mayChange: z.boolean(),
  version: z.int(),
  changedByName: z.string().nullable(),
  changedAt: Instant.nullable(),
};

export const BoardSummary = z.object({ ...shown, tiles: z.int() });
export const Board = z.object({ ...shown, tiles: z.array(Tile), bar: BoardBar });
export type Board = z.output<typeof Board>;

const boardForm = { name: Names, isShared: z.boolean(), bar: BoardBar, tiles: Tiles };

export const listBoards = endpoint({
  method: 'GET',
  path: '/boards',
  summary: 'Boards: the house cockpits, mine, and those shared with me',
  access: { permission: 'boards.view' },
  reply: z.object({ items: z.array(BoardSummary) }),
  errors: [],
});

export const getBoard = endpoint({
  method: 'GET',
  path: '/boards/:id',
  summary: 'One board with its tiles',
  access: { permission: 'boards.view' },
  params: z.object({ id: BoardId }),
  reply: Board,
  errors: ['board.not_found'],
});

export const createBoard = endpoint({
  method: 'POST',
  path: '/boards',
  summary: 'Make a board; sharing it takes the right to share',
  access: { permission: 'boards.edit' },
  body: z.object(boardForm),
  reply: Board,
  errors: ['board.too_many', 'question.not_found'],
  idempotent: true,
});

export const copyBoard = endpoint({
  method: 'POST',
  path: '/boards/:id/copy',
  summary: 'Copy a board one sees, the house cockpits too; the copy is private and may be changed',
  access: { permission: 'boards.edit' },
  params: z.object({ id: BoardId }),
  body: z.object({ name: Names }),
  reply: Board,
  errors: ['board.not_found', 'board.too_many'],
  idempotent: true,
});

export const changeBoard = endpoint({
  method: 'PUT',
  path: '/boards/:id',
  summary: 'Change a board as it was seen: my own, or a shared one with the right to share',
  access: { permission: 'boards.edit' },
  params: z.object({ id: BoardId }),
  body: z.object({ ...boardForm, version: z.int() }),
  reply: Board,
  errors: ['board.not_found', 'board.changed', 'board.of_the_house', 'question.not_found'],
});

/** What the explorer adds: it stands below the others, whoever moves them meanwhile. */
export const addTile = endpoint({
  method: 'POST',
  path: '/boards/:id/tiles',
  summary: 'Put a question on a board, below what stands there',
  access: { permission: 'boards.edit' },
  params: z.object({ id: Id }),
  body: z
    .object({ title: tile.title, savedId: tile.savedId, question: TileQuestion.nullable(), chart: Chart })
    .refine(({ savedId, question }) => (savedId === null) !== (question === null)),
  reply: Board,
  errors: ['board.not_found', 'board.full', 'question.not_found'],
  idempotent: true,
});

export const removeBoard = endpoint({
  method: 'DELETE',
  path: '/boards/:id',
  summary: 'Delete a board: my own, or a shared one with the right to share',
  access: { permission: 'boards.edit' },
  params: z.object({ id: BoardId }),
  reply: z.object({}),
  errors: ['board.not_found', 'board.of_the_house'],
});

/**
 * What one tile shows, for whoever asks: a viewer of one store gets that store alone. Answers are shared by all who see the same;
 * `asOf` and `version` are those of the figures in it.
 */
export const answerTile = endpoint({
  method: 'POST',
  path: '/boards/answers',
  summary: 'The answer of one tile under a bar',
  access: { permission: 'boards.view' },
  body: z.object({ question: TileQuestion, bar: BoardBar.default({}) }),
  reply: z.object({
    asOf: Instant,
    version: z.string(),
    /** Asking again sooner brings the same, milliseconds. */
    keepMs: z.int(),
    tile: TileAnswer,
    notNarrowedBy: NotNarrowed,
  }),
  errors: tileErrors,
});

export const exportBoard = endpoint({
  method: 'GET',
  path: '/boards/:id/export',
  summary: 'All tiles of a board as XLSX: the figures of the screen under the same bar',
  access: { permission: 'metrics.export' },
  params: z.object({ id: BoardId }),
  query: BoardBar.extend({ language: Language.default('zh-CN') }),
  reply: z.object({}),
  errors: ['board.not_found', 'analytics.unavailable'],
});

export const SavedQuestion = z.object({
  id: Id,
  name: Words,
  question: TileQuestion,
  chart: Chart,
  isShared: z.boolean(),
  isMine: z.boolean(),
  mayChange: z.boolean(),
  ownerName: z.string(),
  version: z.int(),
  changedAt: Instant,
});
export type SavedQuestion = z.output<typeof SavedQuestion>;

const questionForm = { name: Names, question: TileQuestion, chart: Chart, isShared: z.boolean() };

export const listQuestions = endpoint({
  method: 'GET',
  path: '/questions',
  summary: 'Saved questions: mine and those shared with me',
  access: { permission: 'boards.view' },
  reply: z.object({ items: z.array(SavedQuestion) }),
  errors: [],
});

export const saveQuestion = endpoint({
  method: 'POST',
  path: '/questions',
  summary: 'Save a question under a name; sharing it takes the right to share',
  access: { permission: 'boards.edit' },
  body: z.object(questionForm),
  reply: SavedQuestion,
  errors: ['question.too_many'],
  idempotent: true,
});

export const changeQuestion = endpoint({
  method: 'PUT',
  path: '/questions/:id',
  summary: 'Change a saved question as it was seen; boards that show it show it anew',
  access: { permission: 'boards.edit' },
  params: z.object({ id: Id }),
  body: z.object({ ...questionForm, version: z.int() }),
  reply: SavedQuestion,
  errors: ['question.not_found', 'question.changed'],
});

export const removeQuestion = endpoint({
  method: 'DELETE',
  path: '/questions/:id',
  summary: 'Delete a saved question; tiles that showed it say so',
  access: { permission: 'boards.edit' },
  params: z.object({ id: Id }),
  reply: z.object({}),
  errors: ['question.not_found'],
});

export const annotationKinds = ['campaign', 'outage', 'holiday', 'note'] as const;

/** Something to know when reading a chart: whole business days, both included. */
export const Annotation = z.object({
  /** A house-made one is named by what made it: `holiday:spring_festival:2026-02-17`. */
  id: z.string(),
  kind: z.enum(annotationKinds),
  from: Day,
  to: Day,
  title: Words,
  /** hand: written by staff and changed by them; otherwise made by the house. */
  source: z.enum(['hand', 'calendar', 'promotions', 'stream']),
  byName: z.string().nullable(),
  version: z.int(),
});
export type Annotation = z.output<typeof Annotation>;

const annotationForm = z
  .object({ kind: z.enum(annotationKinds), from: Day, to: Day, title: Names })
  .refine(({ from, to }) => from <= to, { path: ['to'] });

export const listAnnotations = endpoint({
  method: 'GET',
  path: '/annotations',
  summary: 'What is to be known about a period: campaigns, outages, holidays, notes',
  access: { permission: 'boards.view' },
  query: z.object({ from: Day, to: Day }),
  reply: z.object({ items: z.array(Annotation) }),
  errors: ['annotation.period_invalid'],
});

export const addAnnotation = endpoint({
  method: 'POST',
  path: '/annotations',
  summary: 'Write on every time chart what happened',
  access: { permission: 'boards.share' },
  body: annotationForm,
  reply: Annotation,
  errors: ['annotation.period_invalid'],
  idempotent: true,
});

export const changeAnnotation = endpoint({
  method: 'PUT',
  path: '/annotations/:id',
  summary: 'Correct an annotation written by hand, as it was seen',
  access: { permission: 'boards.share' },
  params: z.object({ id: Id }),
  body: annotationForm.safeExtend({ version: z.int() }),
  reply: Annotation,
  errors: ['annotation.not_found', 'annotation.changed', 'annotation.period_invalid'],
});

export const removeAnnotation = endpoint({
  method: 'DELETE',
  path: '/annotations/:id',
  summary: 'Take away an annotation written by hand',
  access: { permission: 'boards.share' },
  params: z.object({ id: Id }),
  reply: z.object({}),
  errors: ['annotation.not_found'],
});
