// `npm run import -- <file>`: the console's import, from the command line. The same use cases, the same job.
import { createReadStream } from 'node:fs';
import { access, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { imports as contract } from '@tongshang/contract';
import * as z from 'zod';
import { getImport, makeBadRowsFile, moveImport, runImportJob, setMapping, uploadFile } from './know/imports/index.ts';
import { openHouseDatabase } from './open-database.ts';
import { type Ctx, system } from './platform/ctx.ts';
import { type Db, inTx } from './platform/db.ts';
import { registerReactions } from './platform/events.ts';
import { Refusal } from './platform/fail.ts';
import { isAnyoneWorking } from './platform/heartbeat.ts';
import { machineClock } from './platform/time.ts';
import { readSettings } from './settings.ts';
import { drawProgress, helpText, reportOf } from './import-words.ts';
import { say } from './terminal.ts';

type Import = Awaited<ReturnType<typeof getImport>>;
const exitCodes = { landed: 0, failed: 1, usage: 2, someBad: 3 } as const;
const options = {
  kind: { type: 'string' }, mapping: { type: 'string' }, source: { type: 'string' }, 'time-zone': { type: 'string' }, currency: { type: 'string' },
  rate: { type: 'string' }, channel: { type: 'string' }, location: { type: 'string' }, sheet: { type: 'string' }, check: { type: 'boolean' },
  resume: { type: 'string' }, help: { type: 'boolean', short: 'h' },
} as const; // prettier-ignore

const MappingFile = z.object({
  mapping: contract.ColumnMapping.optional(),
  /** Or by heading: { "单号": "order" }. */
  columns: z.record(z.string(), contract.ImportFieldName).optional(),
  options: contract.ImportOptions.partial().optional(),
});

const { values, positionals } = readArguments();
const stopping = new AbortController();
process.once('SIGINT', () => stopping.abort());
process.once('SIGTERM', () => stopping.abort());
process.exitCode = await main();

function readArguments() {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    say(error instanceof Error ? error.message : String(error), helpText);
    return process.exit(exitCodes.usage);
  }
}

async function main(): Promise<number> {
  const [file] = positionals;
  if (values.help === true || (file === undefined && values.resume === undefined)) {
    say(helpText);
    return values.help === true ? exitCodes.landed : exitCodes.usage;
  }
  await using database = await openHouseDatabase('tongshang-import');
  const hasWorker = await isAnyoneWorking(database.db);
  if (!hasWorker) await tellReactions(database.db);
  const within = <T>(work: (ctx: Ctx) => Promise<T>) =>
    inTx(database.db, { actor: system('npm run import'), now: machineClock() }, work);
  try {
    const id = values.resume ?? (await upload(within, file ?? ''));
    await begin(within, id);
    const told = await carryOut(within, id, hasWorker);
    return await conclude(within, told);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    say({ code: error.code, ...error.details });
    return exitCodes.failed;
  }
}

/** News of an import that we carry out ourselves waits for the worker, whenever that starts. The whole house is loaded only for this. */
async function tellReactions(db: Db): Promise<void> {
  const { buildHouse } = await import('./house.ts');
  const clickhouseUrl = process.env['CLICKHOUSE_URL'] || 'http://127.0.0.1:8123';
  const { reactions } = buildHouse(readSettings({ ...process.env, DATABASE_URL: db.url, CLICKHOUSE_URL: clickhouseUrl }));
  await inTx(db, { actor: system('npm run import'), now: machineClock() }, (ctx) => registerReactions(ctx.tx, reactions));
}

type Within = <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>;

/** One whose worker was killed still counts as running: it is simply carried on. */
async function begin(within: Within, id: string): Promise<void> {
  const { state } = await within((ctx) => getImport(ctx.tx, id));
  if (values.resume !== undefined && (state === 'running' || state === 'checking')) return;
  const move = values.resume !== undefined ? 'resume' : values.check === true ? 'check' : 'run';
  await within((ctx) => moveImport(ctx, { id, move }));
}

async function upload(within: Within, file: string): Promise<string> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (!isThere) throw new Refusal('import.unreadable', { reason: 'no_such_file', file });
  const kind = values.kind === undefined ? undefined : contract.ImportKind.safeParse(values.kind).data;
  if (values.kind !== undefined && kind === undefined)
    throw new Refusal('request.invalid', { kind: values.kind, known: contract.importKinds });
  const id = await uploadFile(
    { inTx: within },
    { kind, fileName: basename(file), source: values.source ?? '', bytes: createReadStream(file) },
  );
  const { headers } = await within((ctx) => getImport(ctx.tx, id));
  const written = values.mapping === undefined ? {} : await readMapping(values.mapping);
  const columns = written.columns;
  const mapping = written.mapping ?? (columns && headers.map((header) => columns[header] ?? null));
  const flags = {
    timeZone: values['time-zone'],
    currency: values.currency,
    exchangeRate: values.rate,
    channel: values.channel,
    location: values.location,
    sheet: values.sheet,
  };
  const chosen = Object.fromEntries(Object.entries({ ...written.options, ...flags }).filter(([, value]) => value !== undefined));
  if (mapping !== undefined || Object.keys(chosen).length > 0)
    await setMapping({ inTx: within }, id, { mapping, options: contract.ImportOptions.partial().parse(chosen) });
  return id;
}

async function readMapping(file: string): Promise<z.output<typeof MappingFile>> {
  try {
    return MappingFile.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw new Refusal('request.invalid', { mapping: file, problem: error instanceof Error ? error.message : String(error) });
  }
}

/** A worker that is alive does the work and we watch; else we are the worker. */
async function carryOut(within: Within, id: string, hasWorker: boolean): Promise<Import> {
  const own = { inTx: within, now: machineClock, signal: stopping.signal };
  let work = hasWorker ? undefined : runImportJob.work(own, { importId: id } as never);
  let failure: unknown;
  work?.catch((error: unknown) => (failure = error));
  let moved = { progress: -1, at: performance.now() };
  for (;;) {
    const told = await within((ctx) => getImport(ctx.tx, id));
    drawProgress(told);
    const isOver = told.state !== 'running' && told.state !== 'checking';
    if (isOver || failure !== undefined || stopping.signal.aborted) {
      await work?.catch(() => undefined);
      if (failure !== undefined && !isOver) throw failure;
      if (work !== undefined && stopping.signal.aborted && !isOver) await pause(within, id);
      return within((ctx) => getImport(ctx.tx, id));
    }
    if (told.progress !== moved.progress) moved = { progress: told.progress, at: performance.now() };
    if (work === undefined && performance.now() - moved.at > 20_000) work = runImportJob.work(own, { importId: id } as never); // that worker has died
    await sleep(200);
  }
}

/** Nothing goes on behind the back of the person who pressed Ctrl-C. */
async function pause(within: Within, id: string): Promise<void> {
  const { state } = await within((ctx) => getImport(ctx.tx, id));
  if (state === 'running') await within((ctx) => moveImport(ctx, { id, move: 'pause' }));
}

async function conclude(within: Within, told: Import): Promise<number> {
  let badRows: string | undefined;
  if (told.rowsBad > 0) {
    const file = await makeBadRowsFile({ inTx: within }, told.id, {
      format: 'csv',
      language: process.env['LANG']?.startsWith('zh') === true ? 'zh-CN' : 'en',
    });
    badRows = join(process.cwd(), file.fileName);
    await writeFile(badRows, file.body);
  }
  say(reportOf(told, { badRows, isStopped: stopping.signal.aborted }));
  if (told.state !== 'done' && told.state !== 'checked') return exitCodes.failed;
  return told.rowsBad > 0 ? exitCodes.someBad : exitCodes.landed;
}
