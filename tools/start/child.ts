// One child process of the supervisor: started, watched, started again, stopped.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { tailOf } from '../../apps/server/src/platform/embedded/processes.ts';
import { say } from './say.ts';

const ROOT = join(import.meta.dirname, '../..');
/** An api that answers by the thousand makes much short-lived garbage: a larger nursery costs 64 MiB and saves a tenth of its time. */
const flagsOf = (name: string): string[] => (name === 'api' ? ['--min-semi-space-size=64', '--max-semi-space-size=64'] : []);

const GUARD = join(import.meta.dirname, 'end-with-parent.ts');
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
const STEADY_MS = 30_000; // a child that ran so long starts again at once
const LOG_LIMIT_BYTES = 16 * 1024 * 1024;

export interface ChildPlan {
  /** The program whose first argument is the name. */
  main: string;
  name: string;
  logDir: string;
  env: () => NodeJS.ProcessEnv;
  /** Ports that accept connections when the child is ready. */
  ports: readonly number[];
  host: string;
}

/** Runs `main.ts <name>` once and waits for its end; throws with its last words when it fails. */
export async function runOnce(
  { main, name, logDir, env }: Pick<ChildPlan, 'main' | 'name' | 'logDir' | 'env'>,
  onSpawn: (child: ChildProcess) => void,
): Promise<void> {
  const { child, log, from } = spawnMain(main, name, logDir, env());
  onSpawn(child);
  const { code, signal } = await ending(child);
  if (code !== 0)
    throw new Error(`"main.ts ${name}" ended with ${signal ?? `code ${code}`}. The end of ${log}:\n${tailOf(log, from, 30)}`);
}

export interface Child {
  name: string;
  /** Resolves when the child has answered for the first time. */
  ready: Promise<void>;
  restart(): void;
  stop(withinMs: number): Promise<void>;
  kill(): void;
}

/** Keeps `main.ts <name>` running: a child that ends is started again, after a pause that grows while it keeps failing. */
export function keepRunning(plan: ChildPlan): Child {
  let current: ChildProcess | undefined;
  let isStopping = false;
  let isRestarting = false;
  const wake = new AbortController();
  const whenReady = Promise.withResolvers<void>();

  async function loop(): Promise<void> {
    for (let pause = FIRST_PAUSE_MS; !isStopping;) {
      const began = Date.now();
      const { child, log, from } = spawnMain(plan.main, plan.name, plan.logDir, plan.env());
      current = child;
      const end = ending(child);
      void portsAnswer(plan, child).then((answer) => (answer ? whenReady.resolve() : undefined));
      const { code, signal } = await end;
      if (isStopping) return;
      if (isRestarting) {
        isRestarting = false;
        continue;
      }
      if (Date.now() - began > STEADY_MS) pause = FIRST_PAUSE_MS;
      say(`${plan.name} ended (${signal ?? `code ${code}`}) and starts again in ${pause / 1000} s. Log: ${log}`);
      const words = tailOf(log, from, 6);
      if (words !== '') say(words, 'detail');
      await sleep(pause, undefined, { signal: wake.signal }).catch(() => undefined); // stopping ends the pause
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    }
  }
  const done = loop();

  return {
    name: plan.name,
    ready: whenReady.promise,
    restart: () => {
      isRestarting = true;
      current?.kill('SIGTERM');
    },
    stop: async (withinMs) => {
      isStopping = true;
      wake.abort();
      current?.kill('SIGTERM');
      const late = setTimeout(() => current?.kill('SIGKILL'), withinMs);
      await done;
      clearTimeout(late);
    },
    kill: () => current?.kill('SIGKILL'),
  };
}

function spawnMain(
  main: string,
  name: string,
  logDir: string,
  env: NodeJS.ProcessEnv,
): { child: ChildProcess; log: string; from: number } {
  const log = join(logDir, `${name}.log`);
  mkdirSync(dirname(log), { recursive: true, mode: 0o700 });
  if (existsSync(log) && statSync(log).size > LOG_LIMIT_BYTES) renameSync(log, `${log}.1`);
  const from = existsSync(log) ? statSync(log).size : 0;
  const out = openSync(log, 'a', 0o600);
  const child = spawn(process.execPath, [...flagsOf(name), '--import', GUARD, main, name], {
    cwd: ROOT,
    env,
    stdio: ['ignore', out, out, 'ipc'],
    detached: true, // Ctrl-C reaches the supervisor alone, which stops everybody in order
  });
  closeSync(out);
  return { child, log, from };
}

function ending(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: 1, signal: null }));
  });
}

async function portsAnswer({ ports, host }: ChildPlan, child: ChildProcess): Promise<boolean> {
  for (const port of ports) {
    while (!(await answers(port, host))) {
      if (child.exitCode !== null || child.signalCode !== null) return false;
      await sleep(50);
    }
  }
  return true;
}

function answers(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
