// The wall around chdb: ClickHouse inside this process. Runs in the child of startClickHouse only.
import { mkdirSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { insertFromFile, isSafeInline, quote, quoteName, type Statement } from './clickhouse-sql.ts';

/**
 * What we use of chdb's native addon. `Session` of the package would do but for inserts, where it allows a few text
 * formats only; the addon beneath it takes any statement and runs each call on a thread of libuv.
 */
interface Addon {
  CreateConnection(path: string, args: readonly string[]): Connection;
  CloseConnection(connection: Connection): void;
  QueryAsyncConnection(connection: Connection, sql: string, format: string): Promise<RawResult>;
  InsertRawAsyncConnection(connection: Connection, sql: string, rows: Buffer, countLines: boolean): Promise<RawWritten>;
}
type Connection = object;
interface RawResult {
  bytes: Uint8Array;
  elapsed: number;
  rowsRead: number;
  bytesRead: number;
}
interface RawWritten {
  elapsed: number;
  rowsWritten: number;
  bytesWritten: number;
}

export interface Execution extends Statement {
  sql: string;
  rows: Buffer;
  database: string;
  defaultFormat: string;
  settings: Readonly<Record<string, string>>;
  parameters: Readonly<Record<string, string>>;
  isReadOnly: boolean;
  /** Marks the query in system.processes, so that an abandoned one can be killed. */
  comment: string;
}

export interface Outcome {
  bytes: Uint8Array;
  elapsedSeconds: number;
  rowsRead: number;
  bytesRead: number;
  rowsWritten: number;
  bytesWritten: number;
}

export interface Engine {
  execute(execution: Execution): Promise<Outcome>;
  kill(comment: string): Promise<void>;
  close(): Promise<void>;
}

const MEBIBYTE = 1024 * 1024;
const READERS = 6; // together below UV_THREADPOOL_SIZE, so that compression and files always find a thread
const WRITERS = 4; // apart from the readers: six slow questions do not stop an insert

/** Opens the engine on this folder. Throws when another process has it open. */
export function openEngine(dir: string): Engine {
  const addon = loadAddon();
  const data = join(dir, 'data');
  const drafts = join(dir, 'inserting');
  rmSync(drafts, { recursive: true, force: true });
  mkdirSync(drafts, { recursive: true, mode: 0o700 });
  const args = engineArguments();
  const connect = (): Connection => addon.CreateConnection(data, args);
  const base = connect();
  const gates = { read: makeGate(READERS), insert: makeGate(WRITERS), other: makeGate(WRITERS) };
  const running = new Set<Promise<unknown>>();

  async function onConnection<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = connect(); // 0.1 ms, and no setting of one request can leak into another
    const done = work(connection).finally(() => addon.CloseConnection(connection));
    running.add(done);
    try {
      return await done;
    } finally {
      running.delete(done);
    }
  }

  const execute = (execution: Execution): Promise<Outcome> =>
    gates[execution.kind](() =>
      onConnection(async (connection) => {
        await addon.QueryAsyncConnection(connection, preamble(execution), 'Null');
        if (execution.kind === 'insert') return insert(addon, connection, execution, drafts);
        const { elapsed, ...result } = await addon.QueryAsyncConnection(connection, execution.sql, execution.defaultFormat);
        return { ...result, elapsedSeconds: elapsed, rowsWritten: 0, bytesWritten: 0 };
      }),
    );

  return {
    execute,
    kill: async (comment) => {
      const sql = `KILL QUERY WHERE Settings['log_comment'] = ${quote(comment)} ASYNC`;
      await onConnection((connection) => addon.QueryAsyncConnection(connection, sql, 'Null'));
    },
    close: async () => {
      await Promise.allSettled(running); // a connection closed under its query takes the engine down
      addon.CloseConnection(base);
    },
  };
}

function preamble({ database, settings, parameters, isReadOnly, comment }: Execution): string {
  const pairs = Object.entries({ log_comment: comment, ...settings }).map(
    ([name, value]) => `${quoteName(name)} = ${quote(value)}`,
  );
  const bound = Object.entries(parameters).map(([name, value]) => `${quoteName(`param_${name}`)} = ${quote(value)}`);
  return [
    ...(database === '' ? [] : [`USE ${quoteName(database)}`]),
    `SET ${[...pairs, ...bound].join(', ')}`,
    ...(isReadOnly ? ['SET readonly = 2'] : []),
  ].join('; ');
}

async function insert(addon: Addon, connection: Connection, execution: Execution, drafts: string): Promise<Outcome> {
  const { sql, rows, format = 'Values', awaitsRows, comment } = execution;
  const run = async (statement: string, data: Buffer): Promise<Outcome> => {
    const { elapsed, ...written } = await addon.InsertRawAsyncConnection(connection, statement, data, false);
    return {
      bytes: new Uint8Array(),
      elapsedSeconds: elapsed,
      rowsRead: written.rowsWritten,
      bytesRead: rows.length,
      ...written,
    };
  };
  if (!awaitsRows) return run('', Buffer.from(sql));
  if (rows.length > 0 && isSafeInline(format, rows)) return run(sql, rows);
  const file = join(drafts, `${comment.replace(/\W/g, '')}-${process.hrtime.bigint()}`);
  await writeFile(file, rows, { mode: 0o600 });
  try {
    return await run('', Buffer.from(insertFromFile(sql, file, format)));
  } finally {
    rmSync(file, { force: true });
  }
}

function engineArguments(): string[] {
  const memory = Math.floor(totalmem() / MEBIBYTE);
  const server = Math.max(1024, Math.min(4096, Math.floor(memory / 4)));
  return Object.entries({
    max_server_memory_usage: server * MEBIBYTE,
    max_memory_usage: Math.floor(server / 2) * MEBIBYTE,
    max_bytes_before_external_group_by: Math.floor(server / 4) * MEBIBYTE,
    max_bytes_before_external_sort: Math.floor(server / 4) * MEBIBYTE,
    mark_cache_size: 256 * MEBIBYTE,
    primary_index_cache_size: 128 * MEBIBYTE,
    index_mark_cache_size: 64 * MEBIBYTE,
    max_threads: 2,
    async_insert: 0, // an answer means that the rows are in a part
    implicit_select: 0, // chdb's own leniencies off: what passes here passes on a server
  }).map(([name, value]) => `--${name}=${value}`);
}

function loadAddon(): Addon {
  const { platform, arch } = process;
  const name = `@chdb/lib-${platform}-${arch}${platform === 'linux' ? '-gnu' : ''}`;
  try {
    const near = createRequire(import.meta.url);
    return createRequire(near.resolve('chdb/package.json'))(name) as Addon;
  } catch (error) {
    throw new Error(
      `There is no embedded ClickHouse for ${platform}-${arch}. Set CLICKHOUSE_URL to a ClickHouse server, ` +
        'for example http://user:password@localhost:8123/tongshang.',
      { cause: error },
    );
  }
}

/** Lets so many pieces of work run at once; the others wait in line. */
function makeGate(limit: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = limit;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
