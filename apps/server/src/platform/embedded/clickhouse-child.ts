// The process that holds the embedded ClickHouse. Started by startClickHouse; ends when its parent does.
import { once } from 'node:events';
import { setPriority } from 'node:os';
import { openEngine } from './clickhouse-engine.ts';
import { createClickHouseServer } from './clickhouse-http.ts';

export interface ChildOrder {
  dir: string;
  port: number;
  user: string;
  password: string;
  database: string;
}
export type ChildReport = { state: 'ready'; port: number } | { state: 'failed'; reason: string; code: string };

process.once('disconnect', () => process.kill(process.pid, 'SIGKILL')); // the parent died: parts are on disk, nothing needs saying goodbye
process.on('SIGINT', () => undefined); // a terminal's Ctrl-C is the supervisor's to handle

process.once('message', (order) => {
  serve(order as ChildOrder).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    report({ state: 'failed', reason, code });
    process.exitCode = 1;
    process.disconnect?.();
  });
});

/** Analytics yield to those who buy; threads that the engine starts inherit this. */
const niceness = 10;

async function serve({ dir, port, user, password, database }: ChildOrder): Promise<void> {
  setPriority(niceness);
  const engine = openEngine(dir);
  await engine.execute({
    sql: `CREATE DATABASE IF NOT EXISTS \`${database}\``,
    kind: 'other',
    format: undefined,
    awaitsRows: false,
    rows: Buffer.alloc(0),
    database: '',
    defaultFormat: 'Null',
    settings: {},
    parameters: {},
    isReadOnly: false,
    comment: 'start',
  });
  const server = createClickHouseServer(engine, { user, password, database });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  report({ state: 'ready', port: typeof address === 'object' && address !== null ? address.port : port });
  process.once('SIGTERM', () => {
    server.close();
    server.closeIdleConnections();
    void engine.close().then(() => process.exit(0));
  });
}

function report(message: ChildReport): void {
  process.send?.(message);
}
