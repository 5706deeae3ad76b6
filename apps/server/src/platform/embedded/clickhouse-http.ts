// ClickHouse's HTTP protocol in front of the embedded engine: what @clickhouse/client and curl speak.
import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { PassThrough, type Readable, type Transform } from 'node:stream';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import type { Engine, Execution, Outcome } from './clickhouse-engine.ts';
import { contentTypeOf, httpStatusOf, readStatement, tidyError } from './clickhouse-sql.ts';

export interface Credentials {
  user: string;
  password: string;
  database: string;
}

const BODY_LIMIT_BYTES = 1024 ** 3;

/** Parts of the URL that steer the request and are no settings of the engine. */
const RESERVED = new Set([
  'query',
  'database',
  'default_format',
  'query_id',
  'session_id',
  'session_timeout',
  'session_check',
  'close_session',
  'role',
  'user',
  'password',
  'quota_key',
  'stacktrace',
  'buffer_size',
  'wait_end_of_query',
  'enable_http_compression',
  'readonly',
  'send_progress_in_http_headers',
  'client_protocol_version',
]);

/** A refusal in ClickHouse's words, with its code. */
function exception(code: number, name: string, text: string): Error {
  return new Error(`Code: ${code}. DB::Exception: ${text} (${name})`);
}

/** A server that answers for the engine. Slow questions run on threads: /ping and inserts are answered meanwhile. */
export function createClickHouseServer(engine: Engine, credentials: Credentials): Server {
  const server = createServer((request, response) => {
    answer(engine, credentials, request, response).catch((error: unknown) => refuse(response, error));
  });
  server.requestTimeout = 0; // a large insert may take its time
  server.keepAliveTimeout = 30_000;
  return server;
}

async function answer(
  engine: Engine,
  credentials: Credentials,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname === '/ping' || url.pathname === '/replicas_status') {
    response.setHeader('Content-Type', 'text/html; charset=UTF-8').end('Ok.\n');
    return;
  }
  if (url.pathname !== '/') {
    response.writeHead(404, { 'Content-Type': 'text/plain' }).end(`There is no handle ${url.pathname}\n`);
    return;
  }
  checkCredentials(request, url, credentials);
  const execution = await readExecution(request, url, credentials);
  response.setHeader('X-ClickHouse-Query-Id', execution.queryId);
  response.setHeader('X-ClickHouse-Server-Display-Name', 'tongshang-embedded');
  response.setHeader('X-ClickHouse-Timezone', 'UTC');
  response.once('close', () => {
    if (!response.writableFinished) engine.kill(execution.comment).catch(() => undefined); // nobody waits for the answer any more
  });
  await send(request, response, execution, await engine.execute(execution));
}

function checkCredentials(request: IncomingMessage, url: URL, { user, password }: Credentials): void {
  const basic = /^Basic (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const [, name, secret] = /^([^:]*):(.*)$/s.exec(basic === undefined ? '' : Buffer.from(basic, 'base64').toString('utf8')) ?? [];
  const given = name ?? headerOf(request, 'x-clickhouse-user') ?? url.searchParams.get('user') ?? 'default';
  const key = secret ?? headerOf(request, 'x-clickhouse-key') ?? url.searchParams.get('password') ?? '';
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  if (given === user && timingSafeEqual(digest(key), digest(password))) return;
  throw exception(
    516,
    'AUTHENTICATION_FAILED',
    `${given}: Authentication failed: password is incorrect, or there is no user with such name.`,
  );
}

async function readExecution(
  request: IncomingMessage,
  url: URL,
  { database }: Credentials,
): Promise<Execution & { queryId: string }> {
  const asked = url.searchParams;
  if (asked.get('compress') === '1' || asked.get('decompress') === '1') {
    throw exception(48, 'NOT_IMPLEMENTED', "The embedded server speaks the encodings of HTTP, not ClickHouse's own compression.");
  }
  const body = await readBody(request);
  const form = await readForm(request, body);
  for (const [name, value] of form ?? []) asked.set(name, value);
  const { sql, rows } = joinStatement(asked.get('query') ?? '', form === undefined ? body : Buffer.alloc(0));
  if (sql.trim() === '') throw exception(62, 'SYNTAX_ERROR', 'Empty query.');
  const statement = readStatement(sql);
  const queryId = asked.get('query_id') || crypto.randomUUID();
  const pick = (keep: (name: string) => boolean): Record<string, string> =>
    Object.fromEntries([...asked].filter(([name]) => keep(name)));
  const parameters = pick((name) => name.startsWith('param_'));
  return {
    ...statement,
    sql,
    rows,
    queryId,
    comment: queryId,
    database: asked.get('database') ?? headerOf(request, 'x-clickhouse-database') ?? database,
    defaultFormat: asked.get('default_format') ?? headerOf(request, 'x-clickhouse-format') ?? 'TabSeparated',
    settings: pick((name) => !RESERVED.has(name) && !name.startsWith('param_')),
    parameters: Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name.slice('param_'.length), value])),
    isReadOnly: request.method === 'GET' || ['1', '2'].includes(asked.get('readonly') ?? ''),
  };
}

/** A statement stands in the URL, in the body, or begins in the one and goes on in the other. */
function joinStatement(query: string, body: Buffer): { sql: string; rows: Buffer } {
  if (query.trim() === '') return { sql: body.toString('utf8'), rows: Buffer.alloc(0) };
  if (body.length === 0 || readStatement(query).awaitsRows) return { sql: query, rows: body };
  return { sql: `${query}\n${body.toString('utf8')}`, rows: Buffer.alloc(0) };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const decoder = decoderOf(request.headers['content-encoding']);
  let size = 0;
  const limit = new PassThrough();
  limit.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > BODY_LIMIT_BYTES)
      limit.destroy(exception(307, 'TOO_MANY_BYTES', `The body exceeds ${BODY_LIMIT_BYTES} bytes; send it in pieces.`));
  });
  const [bytes] = await Promise.all([
    buffer(limit as Readable),
    decoder === undefined ? pipeline(request, limit) : pipeline(request, decoder, limit),
  ]);
  return bytes;
}

function decoderOf(encoding: string | undefined): Transform | undefined {
  switch (encoding?.toLowerCase() ?? 'identity') {
    case 'identity':
      return undefined;
    case 'gzip':
      return zlib.createGunzip();
    case 'deflate':
      return zlib.createInflate();
    case 'br':
      return zlib.createBrotliDecompress();
    case 'zstd':
      return zlib.createZstdDecompress();
    default:
      throw exception(48, 'NOT_IMPLEMENTED', `Unknown HTTP compression method: ${encoding}.`);
  }
}

/** Many or long parameters travel as a form, one part each. */
async function readForm(request: IncomingMessage, body: Buffer): Promise<[string, string][] | undefined> {
  const type = request.headers['content-type'];
  if (type === undefined || !type.startsWith('multipart/form-data')) return undefined;
  const form = await new Response(new Uint8Array(body), { headers: { 'Content-Type': type } }).formData();
  return [...form].map(([name, value]) => {
    if (typeof value === 'string') return [name, value];
    throw exception(48, 'NOT_IMPLEMENTED', 'The embedded server takes no external tables.');
  });
}

const ENCODERS = [
  ['gzip', promisify<zlib.InputType, zlib.ZlibOptions, Buffer>(zlib.gzip), { level: 1 }],
  [
    'br',
    promisify<zlib.InputType, zlib.BrotliOptions, Buffer>(zlib.brotliCompress),
    { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 2 } },
  ],
  ['zstd', promisify<zlib.InputType, zlib.ZstdOptions, Buffer>(zlib.zstdCompress), {}],
  ['deflate', promisify<zlib.InputType, zlib.ZlibOptions, Buffer>(zlib.deflate), { level: 1 }],
] as const;

async function send(request: IncomingMessage, response: ServerResponse, execution: Execution, outcome: Outcome): Promise<void> {
  const format = execution.format ?? execution.defaultFormat;
  response.setHeader(
    'X-ClickHouse-Summary',
    JSON.stringify({
      read_rows: String(outcome.rowsRead),
      read_bytes: String(outcome.bytesRead),
      written_rows: String(outcome.rowsWritten),
      written_bytes: String(outcome.bytesWritten),
      total_rows_to_read: '0',
      result_rows: String(outcome.rowsWritten),
      result_bytes: String(outcome.bytesWritten),
      elapsed_ns: String(Math.round(outcome.elapsedSeconds * 1e9)),
    }),
  );
  if (execution.kind === 'read') response.setHeader('X-ClickHouse-Format', format);
  response.setHeader('Content-Type', contentTypeOf(format));
  const accepted =
    new URL(request.url ?? '/', 'http://localhost').searchParams.get('enable_http_compression') === '1'
      ? (request.headers['accept-encoding'] ?? '').toLowerCase()
      : '';
  const encoder = ENCODERS.find(([name]) => accepted.toString().includes(name));
  if (encoder === undefined) {
    response.end(outcome.bytes);
    return;
  }
  const [name, encode, options] = encoder;
  response.setHeader('Content-Encoding', name).end(await encode(outcome.bytes, options));
}

function refuse(response: ServerResponse, error: unknown): void {
  const { code, text } = tidyError(error instanceof Error ? error.message : String(error));
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  response
    .writeHead(httpStatusOf(code), {
      'Content-Type': 'text/plain; charset=UTF-8',
      'X-ClickHouse-Exception-Code': String(code),
      ...(code === 516 ? { 'WWW-Authenticate': 'Basic realm="ClickHouse"' } : {}),
    })
    .end(text);
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
