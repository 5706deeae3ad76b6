import { createHash } from 'node:crypto';
import { Kysely, PostgresDialect, type RawBuilder, sql } from 'kysely';
import pg from 'pg';
import type { Actor, Ctx } from './ctx.ts';

// An open transaction, sealed: only a module's tables.ts may open it, and only onto its own schema.
declare const sealed: unique symbol;
export interface Tx {
  readonly [sealed]: 'tx';
}

/** A connection while a transaction is open on it, and the query builder that speaks through it. */
interface Line {
  readonly client: pg.ClientBase;
  readonly kysely: Kysely<unknown>;
}

const lineOf = (tx: Tx): Line => tx as unknown as Line;

export const openSchema = <Tables>(tx: Tx, schema: string): Kysely<Tables> =>
  (lineOf(tx).kysely as Kysely<Tables>).withSchema(schema);

/**
 * Runs one raw statement of the module's own; the names in it must be qualified with the module's own schema. Statements that do not need
 * each other's answers may be run side by side (`Promise.all`): they go out together and are done in the order in which they were run.
 */
export async function run<Row>(tx: Tx, statement: RawBuilder<Row>): Promise<Row[]> {
  const { client, kysely } = lineOf(tx);
  const { sql: text, parameters } = statement.compile(kysely);
  const { rows } = await client.query(text, parameters as unknown[]);
  return rows as Row[];
}

export interface Db {
  readonly kysely: Kysely<unknown>;
  readonly pool: pg.Pool;
  readonly url: string;
  /** Connections outside the pool that end with it. */
  readonly readers: Set<pg.Client>;
}

/** int8 and numeric arrive as numbers (amounts stay far below 2^53 fen), days as `YYYY-MM-DD` strings. */
function parserOf(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
  const { builtins } = pg.types;
  if (oid === builtins.INT8 || oid === builtins.NUMERIC) return Number;
  if (oid === builtins.DATE) return (text) => text;
  return pg.types.getTypeParser(oid, format as 'text') as (text: string) => unknown;
}

export function openDb(url: string, { connectionsMax = 20, name = 'tongshang' } = {}): Db {
  const pool = new pg.Pool({ ...optionsOf(url, name), max: connectionsMax, idleTimeoutMillis: idleMs });
  // A connection that the server closed while idle: the pool replaces it, and a query in flight reports its own error.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    prepareWhatRepeats(client);
  });
  return { kysely: new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) }), pool, url, readers: new Set() };
}

/** Opening a connection costs some milliseconds of proving who one is: those of a busy minute are still there in the next. */
const idleMs = 120_000;

const optionsOf = (url: string, name: string) => ({
  connectionString: url,
  application_name: name,
  types: { getTypeParser: parserOf as typeof pg.types.getTypeParser },
  pipeline: true,
});

/** A connection of its own that can only read; `lost` is called once when it is there no more. It ends with the database's others. */
export async function connectReader(db: Db, lost: () => void): Promise<pg.Client> {
  const client = new pg.Client(optionsOf(db.url, `${db.pool.options.application_name ?? 'tongshang'} look`));
  const forget = (): void => {
    db.readers.delete(client);
    lost();
  };
  client.on('error', forget);
  client.on('end', forget);
  db.readers.add(client);
  await client.connect();
  prepareWhatRepeats(client);
  await client.query('set default_transaction_read_only = on');
  return client;
}

/** What a module's statements run on, without a transaction being open. */
export const txOn = (client: pg.Client): Tx => ({ client, kysely: builderOf(client) }) as unknown as Tx;

const preparedMax = 500;
const textSeen = new Map<string, string | undefined>();

/**
 * Statements that come again are prepared under a name, so that PostgreSQL parses and plans them once a connection. Texts that are made
 * anew each time stay unnamed, and so does everything past the limit.
 */
function prepareWhatRepeats(client: pg.ClientBase): void {
  const send = client.query.bind(client) as (...given: unknown[]) => unknown;
  const query = (text: unknown, values: unknown, ...rest: unknown[]): unknown => {
    const name = typeof text === 'string' && Array.isArray(values) && rest.length === 0 ? nameOf(text) : undefined;
    return name === undefined ? send(text, values, ...rest) : send({ name, text, values });
  };
  client.query = query as typeof client.query;
}

function nameOf(text: string): string | undefined {
  if (textSeen.has(text)) {
    const name = textSeen.get(text) ?? `ts${createHash('sha256').update(text).digest('base64url').slice(0, 24)}`;
    textSeen.set(text, name);
    return name;
  }
  if (textSeen.size < preparedMax) textSeen.set(text, undefined);
  return undefined;
}

/** Ends every connection; Kysely by itself leaves the pool open when it never ran a query. */
export async function closeDb(db: Db): Promise<void> {
  await Promise.all([...db.readers].map((reader) => reader.end()));
  await db.kysely.destroy();
  if (!db.pool.ending) await db.pool.end();
}

/** A conflict that a second look may settle: serialization failure, deadlock, a row that somebody else inserted meanwhile. */
const retryable = new Set(['40001', '40P01', '23505']);

interface Who {
  actor: Actor;
  now: Date;
  isReadOnly?: boolean;
  /** Every row is reached by a key: what is planned while a table is young stays right when it has grown. */
  byKey?: boolean;
}

/** Opens a transaction, gives the use case its context, commits. What `retryable` names is tried once more. */
export async function inTx<T>(db: Db, who: Who, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  try {
    return await attempt(db, who, work);
  } catch (error) {
    if (!isDatabaseError(error) || !retryable.has(error.code)) throw error;
    return attempt(db, who, work);
  }
}

async function attempt<T>(db: Db, who: Who, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const client = await db.pool.connect();
  let isBroken = false;
  try {
    const begun = client.query(beginOf(who)); // not waited for: the first statement goes out with it
    begun.catch(() => undefined);
    const tx = { client, kysely: builderOf(client) } as unknown as Tx;
    const answer = await work({ tx, actor: who.actor, now: who.now });
    await begun;
    const { command } = await client.query('commit');
    if (command !== 'COMMIT') throw new Error('a statement of this transaction failed and nobody said so');
    return answer;
  } catch (error) {
    await client.query('rollback').catch(() => (isBroken = true));
    throw error;
  } finally {
    client.release(isBroken);
  }
}

const byKeyOnly = 'set local enable_seqscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off';

function beginOf({ isReadOnly, byKey }: Who): string {
  const begin = isReadOnly === true ? 'begin read only' : 'begin';
  return byKey === true ? `${begin}; ${byKeyOnly}` : begin;
}

const builders = new WeakMap<pg.ClientBase, Kysely<unknown>>();

/** One query builder a connection, for as long as the connection lives. */
function builderOf(client: pg.ClientBase): Kysely<unknown> {
  const known = builders.get(client);
  if (known !== undefined) return known;
  const own = { query: (text: string, values: unknown[]) => client.query(text, values), release: () => undefined };
  const pool = { connect: () => Promise.resolve(own), end: () => Promise.resolve() };
  const made = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: pool as unknown as pg.Pool }) });
  builders.set(client, made);
  return made;
}

export function isDatabaseError(error: unknown): error is Error & { code: string; constraint?: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && 'severity' in error;
}

/** Translates one unique constraint, by name; everything else stays a bug. */
export const brokeConstraint = (error: unknown, constraint: string): boolean =>
  isDatabaseError(error) && error.constraint === constraint;

/** A JavaScript value as one jsonb parameter; `jsonb_to_recordset` over it is how sets of rows go in with one statement. */
export const json = (value: unknown): RawBuilder<unknown> => sql`${JSON.stringify(value)}::jsonb`;
