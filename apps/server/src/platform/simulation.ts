// Time as a simulation tells it. A house that is not simulated has none of this: its clock is the machine's, and nobody can tell it another.
import { machineClock, type Clock } from './time.ts';

/** "It is `at` now; go on at the machine's pace, and do not reach `until` before you are told." */
export interface Told {
  at: Date;
  until: Date;
}

export interface SimulatedClock {
  now: Clock;
  /** Refuses an instant before the present one: time never goes back. */
  tell: (told: Told) => void;
}

/** A clock that stands where it was told to and goes on at the machine's pace from there, so that what takes a second is seen to take one. */
export function createSimulatedClock(start: Date, elapsedMs = () => performance.now()): SimulatedClock {
  let from = { at: start.getTime(), until: start.getTime() + 1, since: elapsedMs() };
  const now = () => Math.min(from.at + Math.trunc(elapsedMs() - from.since), from.until - 1);
  return {
    now: () => new Date(now()),
    tell: ({ at, until }) => {
      if (at.getTime() < now()) throw new Error(`time does not go back: it is ${new Date(now()).toISOString()}`);
      from = { at: at.getTime(), until: Math.max(until.getTime(), at.getTime() + 1), since: elapsedMs() };
    },
  };
}

/**
 * How a process hears its parent: the channel that only whoever started the process holds; no address, no port, nothing to reach from
 * outside. It brings `{ tell: { id, at?, until? } }` and is answered `{ simulation: { id, done } }` or `{ simulation: { id, failure } }`.
 */
export interface Parent {
  send?: ((message: unknown) => unknown) | undefined;
  on: (event: 'message', heard: (message: unknown) => void) => unknown;
  channel?: { unref: () => void } | null | undefined;
}

export interface Simulation {
  clock: Clock;
  /** What this process does each time it is told the time; the teller hears `done` with what it answers. */
  onTold: (work: Work) => void;
}

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]', '::1']);

/**
 * Undefined in a normal house. With `SIMULATION=1` the clock is told by the parent process, and only if nothing real can be meant: refuses
 * (throws) unless a parent holds the channel, the house listens on this machine alone, and its database is called `simulation…` and is on
 * this machine too.
 */
export function openSimulation(env: NodeJS.ProcessEnv, parent: Parent): Simulation | undefined {
  if (env['SIMULATION'] !== '1') return undefined;
  const why = hindrance(env, parent);
  if (why !== undefined) throw new Error(`SIMULATION=1 is refused: ${why}.`);
  const clock = createSimulatedClock(new Date(env['SIMULATION_START'] ?? ''));
  let work: Work = () => Promise.resolve(undefined);
  let before = clock.now();
  parent.on('message', (message) => {
    const heard = readTell(message);
    if (heard === undefined) return;
    const to = heard.told?.at ?? before; // told no time, a process only does what is due
    void answer(parent, { ...heard, from: before, to, clock, work });
    before = to;
  });
  parent.channel?.unref(); // whoever only migrates has nothing to wait for
  return { clock: clock.now, onTold: (does) => void (work = does) };
}

type Work = (from: Date, to: Date) => Promise<unknown>;

function hindrance(env: NodeJS.ProcessEnv, parent: Parent): string | undefined {
  const url = URL.parse(env['DATABASE_URL'] ?? '');
  if (parent.send === undefined) return 'nobody holds the channel over which the time is told';
  if (!loopback.has(env['HOST'] ?? '127.0.0.1')) return `this house listens on ${env['HOST'] ?? ''}, not on this machine alone`;
  if (url === null || !loopback.has(url.hostname)) return 'its database is not on this machine';
  if (!/^\/simulation\w*$/.test(url.pathname)) return `its database is called ${url.pathname.slice(1)}, not simulation…`;
  if (Number.isNaN(Date.parse(env['SIMULATION_START'] ?? ''))) return 'SIMULATION_START names no instant';
  return undefined;
}

interface Heard {
  id: number;
  told: Told | undefined;
}

interface Answering extends Heard {
  /** The instant told before this one. */
  from: Date;
  to: Date;
  clock: SimulatedClock;
  work: Work;
}

async function answer(parent: Parent, { id, told, from, to, clock, work }: Answering): Promise<void> {
  try {
    if (told !== undefined) clock.tell(told);
    parent.send?.({ simulation: { id, done: await work(from, to) } });
  } catch (error) {
    parent.send?.({ simulation: { id, failure: error instanceof Error ? error.message : String(error) } });
  }
}

function readTell(message: unknown): Heard | undefined {
  if (typeof message !== 'object' || message === null || !('tell' in message)) return undefined;
  const { id, at, until } = message.tell as { id: number; at?: string; until?: string };
  return { id, told: at === undefined || until === undefined ? undefined : { at: new Date(at), until: new Date(until) } };
}

/** The clock of this process: the simulation's where there is one, else the machine's. */
export const clockOf = (simulation: Simulation | undefined): Clock => simulation?.clock ?? machineClock;
