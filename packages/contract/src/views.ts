// How a member of staff likes to look at a list: views (a name for filters and columns) and the layout of its columns.
import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { Id } from './values.ts';

/** Which list: the path of the operation that answers it, `/orders`. */
export const ListPage = z.string().regex(/^\/[a-z][a-z/-]{0,62}$/);

export const densities = ['compact', 'standard', 'wide'] as const;

/** Columns in their order; one that is not named stands at the end, as the list itself has it. */
export const Layout = z.object({
  columns: z
    .array(z.object({ key: z.string().min(1).max(40), isHidden: z.boolean() }))
    .max(60)
    .refine((columns) => new Set(columns.map(({ key }) => key)).size === columns.length),
  density: z.enum(densities).nullable(),
});
export type Layout = z.output<typeof Layout>;

const Name = z.string().trim().min(1).max(40);
/** Filters as they stand in the address, without paging: `state=paid&channel=shop`. */
const Query = z.string().max(2000);

export const SavedView = z.object({
  id: Id,
  page: ListPage,
  name: z.string(),
  query: z.string(),
  /** Columns that belong to the view; null: as the reader has them. */
  layout: Layout.nullable(),
  isShared: z.boolean(),
  isMine: z.boolean(),
  ownerName: z.string(),
  /** Counts edits; an edit names the version it saw. */
  version: z.int(),
});
export type SavedView = z.output<typeof SavedView>;

const form = { name: Name, query: Query, layout: Layout.nullable(), isShared: z.boolean() };

export const listViews = endpoint({
  method: 'GET',
  path: '/views',
  summary: 'My views and those shared with me, how I laid out columns, and which view each list opens with',
  access: { permission: 'views.use' },
  reply: z.object({
    views: z.array(SavedView),
    /** `viewId` null: the list without a view. */
    layouts: z.array(Layout.extend({ page: ListPage, viewId: Id.nullable() })),
    defaults: z.array(z.object({ page: ListPage, viewId: Id })),
  }),
  errors: [],
});

export const saveView = endpoint({
  method: 'POST',
  path: '/views',
  summary: 'Save what a list shows under a name; sharing it takes the right to share',
  access: { permission: 'views.use' },
  body: z.object({ page: ListPage, ...form }),
  reply: SavedView,
  errors: ['view.exists', 'view.too_many'],
  idempotent: true,
});

export const changeView = endpoint({
  method: 'PUT',
  path: '/views/:id',
  summary: 'Change a view: my own, or a shared one with the right to share',
  access: { permission: 'views.use' },
  params: z.object({ id: Id }),
  body: z.object({ ...form, version: z.int() }),
  reply: SavedView,
  errors: ['view.not_found', 'view.exists', 'view.changed'],
});

export const removeView = endpoint({
  method: 'DELETE',
  path: '/views/:id',
  summary: 'Delete a view: my own, or a shared one with the right to share',
  access: { permission: 'views.use' },
  params: z.object({ id: Id }),
  reply: z.object({}),
  errors: ['view.not_found'],
});

export const chooseDefaultView = endpoint({
  method: 'PUT',
  path: '/views/default',
  summary: 'Which view a list opens with for me; null: none',
  access: { permission: 'views.use' },
  body: z.object({ page: ListPage, viewId: Id.nullable() }),
  reply: z.object({}),
  errors: ['view.not_found'],
});

export const putLayout = endpoint({
  method: 'PUT',
  path: '/views/layout',
  summary: 'How I lay out the columns of a list, with a view or without; null: as the view or the list has them',
  access: { permission: 'views.use' },
  body: z.object({ page: ListPage, viewId: Id.nullable(), layout: Layout.nullable() }),
  reply: z.object({}),
  errors: ['view.not_found'],
});
