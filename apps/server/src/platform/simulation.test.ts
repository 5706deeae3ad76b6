import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { findFreePort } from './embedded/processes.ts';
import { clockOf, createSimulatedClock, openSimulation, type Parent } from './simulation.ts';
import { machineClock } from './time.ts';

const good = {
  SIMULATION: '1',
  SIMULATION_START: '2030-03-04T00:00:00Z',
  DATABASE_URL: 'postgres://a:b@127.0.0.1:5/simulation',
};

function aParent() {
  const heard: ((message: unknown) => void)[] = [];
  const sent: unknown[] = [];
  const parent: Parent = { send: (message) => sent.push(message), on: (_event, listener) => heard.push(listener) };
  return { parent, sent, heard, say: (message: unknown) => heard.forEach((listener) => listener(message)) };
}

test('told time goes on at the pace of the machine, waits before the next instant told, and never goes back', () => {
  let elapsed = 0;
  const clock = createSimulatedClock(new Date('2030-03-04T00:00:00Z'), () => elapsed);
  clock.tell({ at: new Date('2030-03-04T01:00:00Z'), until: new Date('2030-03-04T02:00:00Z') });
  elapsed += 1500;
  expect(clock.now().toISOString()).toBe('2030-03-04T01:00:01.500Z');
  elapsed += 24 * 3_600_000;
  expect(clock.now().toISOString()).toBe('2030-03-04T01:59:59.999Z');
  expect(() => clock.tell({ at: new Date('2030-03-04T01:00:00Z'), until: new Date('2030-03-04T03:00:00Z') })).toThrow(
    'does not go back',
  );
  clock.tell({ at: new Date('2030-03-04T02:00:00Z'), until: new Date('2030-03-04T03:00:00Z') });
  expect(clock.now().toISOString()).toBe('2030-03-04T02:00:00.000Z');
});

test('a normal house listens to nobody about the time: its clock is the machine’s', () => {
  for (const SIMULATION of [undefined, '', '0', 'true', 'yes']) {
    const { parent, heard } = aParent();
    const simulation = openSimulation({ ...good, SIMULATION }, parent);
    expect(simulation).toBeUndefined();
    expect(heard).toEqual([]);
    expect(clockOf(simulation)).toBe(machineClock);
  }
});

test('a simulation believes its parent alone, and answers when what the time brought is done', async () => {
  const { parent, sent, say } = aParent();
  const simulation = openSimulation(good, parent);
  const told: string[] = [];
  simulation?.onTold((from, to) => Promise.resolve(told.push(`${from.toISOString()} ${to.toISOString()}`)));
  say({ something: 'else' });
  say({ tell: { id: 1, at: '2030-03-04T01:00:00.000Z', until: '2030-03-04T02:00:00.000Z' } });
  say({ tell: { id: 2 } });
  say({ tell: { id: 3, at: '2030-03-03T01:00:00.000Z', until: '2030-03-04T02:00:00.000Z' } });
  await sleep(5);
  expect(told).toEqual([
    '2030-03-04T00:00:00.000Z 2030-03-04T01:00:00.000Z',
    '2030-03-04T01:00:00.000Z 2030-03-04T01:00:00.000Z',
  ]);
  expect(sent.toSorted(byId)).toEqual([
    { simulation: { id: 1, done: 1 } },
    { simulation: { id: 2, done: 2 } },
    { simulation: { id: 3, failure: expect.stringContaining('does not go back') as string } },
  ]);
  expect(clockOf(simulation)().toISOString()).toMatch(/^2030-03-04T01:00:00/);
});

const byId = (a: unknown, b: unknown) => (a as Sent).simulation.id - (b as Sent).simulation.id;
interface Sent {
  simulation: { id: number };
}

test.each([
  ['a house open to others', { HOST: '0.0.0.0' }, 'not on this machine alone'],
  ['a database that is not called simulation', { DATABASE_URL: 'postgres://a:b@127.0.0.1:5/tongshang' }, 'is called tongshang'],
  ['a database elsewhere', { DATABASE_URL: 'postgres://a:b@db.example:5/simulation' }, 'not on this machine'],
  ['no database', { DATABASE_URL: '' }, 'not on this machine'],
  ['no instant to begin with', { SIMULATION_START: 'soon' }, 'names no instant'],
])('simulated time is refused with %s', (_, over, why) => {
  const { parent, heard } = aParent();
  expect(() => openSimulation({ ...good, ...over }, parent)).toThrow(why);
  expect(heard).toEqual([]);
});

test('simulated time is refused where no parent holds the channel', () => {
  expect(() => openSimulation(good, { on: () => undefined })).toThrow('nobody holds the channel');
});

const dir = mkdtempSync(join(tmpdir(), 'tongshang-time-'));
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(dir, { recursive: true, force: true });
});

/** A real process of the house that needs no database: the payment provider. */
async function aProcess(env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../main.ts'), 'sandbox-pay'], {
    env: {
      ...process.env,
      PAY_PORT: String(await findFreePort()),
      TONGSHANG_DATA_DIR: dir,
      CLICKHOUSE_URL: 'http://127.0.0.1:1',
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  children.push(child);
  let said = '';
  child.stderr?.on('data', (part: Buffer) => (said += part.toString()));
  const answers: unknown[] = [];
  child.on('message', (message) => answers.push(message));
  return { child, answers, said: () => said };
}
const tell = { tell: { id: 1, at: '2030-03-04T01:00:00.000Z', until: '2030-03-04T02:00:00.000Z' } };

test('a running house cannot be told the time, a running simulation can; asked for on a real database, the process does not start', async () => {
  const normal = await aProcess({ DATABASE_URL: 'postgres://a:b@127.0.0.1:5/tongshang' });
  const simulated = await aProcess(good);
  const refused = await aProcess({ ...good, DATABASE_URL: 'postgres://a:b@127.0.0.1:5/tongshang' });
  const ended = new Promise((resolve) => refused.child.once('exit', resolve));
  normal.child.send(tell);
  simulated.child.send(tell);
  while (simulated.answers.length === 0) await sleep(50);
  expect(simulated.answers[0]).toEqual({ simulation: { id: 1, done: 0 } });
  expect(await ended).toBe(1);
  expect(refused.said()).toContain('SIMULATION=1 is refused: its database is called tongshang');
  await sleep(200);
  normal.child.send(tell);
  await sleep(200);
  expect(normal.answers).toEqual([]);
  expect(normal.child.exitCode).toBeNull();
}, 60_000); // three processes start at once on a machine that may be busy
