// The house at an instant of the past: its own operations and jobs, told another time. Nothing is written by any other means.
import { type CallInput, type Endpoint, identity, permissionsOf, type ReplyOf, type Role } from '@tongshang/contract';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { type House } from '../house.ts';
import { drainStream, readFreshness } from '../know/stream/index.ts';
import { type Actor, type Ctx, type StaffActor, system } from '../platform/ctx.ts';
import { type Db, inTx, run } from '../platform/db.ts';
import { reactOnce } from '../platform/events.ts';
import { perform } from '../platform/route.ts';
import { machineClock } from '../platform/time.ts';

export interface PastHouse {
  /** Presses a button of the console, as the demo's member of staff of that role would have at that time. */
  call: <E extends Endpoint>(role: Role, at: Date, endpoint: E, input: CallInput<E>) => Promise<ReplyOf<E>>;
  staff: (role: Role) => StaffActor;
  /** Runs a job as the worker would have at that time. */
  work: (jobName: string, payload: object, at: Date) => Promise<void>;
  /** Lets the playbooks react to the news that nobody told them yet; told again later, it changes nothing. */
  tellPlaybooks: (at: Date) => Promise<void>;
  read: <T>(look: (ctx: Ctx) => Promise<T>, at: Date) => Promise<T>;
  /** Brings everything that is committed to ClickHouse. */
  fillAnalytics: () => Promise<void>;
}

export async function openPastHouse({ db, house }: { db: Db; house: House }): Promise<PastHouse> {
  const callAs = async (actor: Actor, at: Date, endpoint: Endpoint, { params, query, body }: CallInput<Endpoint>) => {
    const route = house.routes.find((candidate) => candidate.endpoint === endpoint);
    if (route === undefined) throw new Error(`${endpoint.path} is not bound`);
    const asked = { actor, params: params ?? {}, query: query ?? {}, body: body ?? {} };
    const idempotencyKey = `demo:${JSON.stringify([params, body])}`.slice(0, 200);
    return perform({ db, clock: () => at }, route, { ...asked, ...(endpoint.idempotent && { idempotencyKey }) });
  };
  const staff = findStaff(await callAs(system('demo'), machineClock(), identity.listStaff, {}));

  return {
    staff,
    call: async (role, at, endpoint, input) => (await callAs(staff(role), at, endpoint, input as CallInput<Endpoint>)) as never,
    work: async (jobName, payload, at) => {
      const job = house.jobs.find(({ type }) => type.name === jobName);
      if (job === undefined) throw new Error(`there is no job ${jobName}`);
      const inOwnTx = <T>(work: (ctx: Ctx) => Promise<T>) => inTx(db, { actor: system(jobName), now: at }, work);
      const signal = new AbortController().signal;
      await job.work({ inTx: inOwnTx, now: () => at, signal }, job.type.payload.parse(payload) as never);
    },
    tellPlaybooks: (at) => tellPlaybooks({ db, house }, at),
    read: (look, at) => inTx(db, { actor: system('demo'), now: at, isReadOnly: true }, look),
    fillAnalytics: () => fillAnalytics({ db, house }),
  };
}

type StaffList = ReplyOf<typeof identity.listStaff>;

function findStaff(reply: unknown): (role: Role) => StaffActor {
  const { items } = reply as StaffList;
  return (role) => {
    const person = items.find((candidate) => candidate.role === role);
    if (person === undefined) throw new Error(`nobody of the demo is ${role}`);
    const { id, name, location } = person;
    return { kind: 'staff', id, name, role, permissions: new Set(permissionsOf[role]), location: location ?? undefined };
  };
}

async function tellPlaybooks({ db, house }: { db: Db; house: House }, at: Date): Promise<void> {
  const untold = await inTx(db, { actor: system('demo'), now: at, isReadOnly: true }, ({ tx }) =>
    run(
      tx,
      sql<{ id: string; reaction: string }>`select e.id, r.name as reaction from platform.event e
        join platform.reaction r on r.event = e.name and r.name like 'playbooks.%'
        where not exists (select from platform.reaction_done d where d.event_id = e.id and d.reaction = r.name) order by e.xid, e.seq`,
    ),
  );
  for (const { id, reaction: name } of untold) {
    const reaction = house.reactions.find((candidate) => candidate.name === name);
    if (reaction !== undefined) await inTx(db, { actor: system(name), now: at }, (ctx) => reactOnce(ctx, reaction, [id]));
  }
}

const triesMax = 200;

/** A transaction that is open elsewhere on the server holds the log back for a moment: tried again until nothing waits. */
async function fillAnalytics({ db, house }: { db: Db; house: House }): Promise<void> {
  for (let tries = 0; tries < triesMax; tries += 1) {
    await drainStream({ db, analytics: house.analytics, clock: machineClock });
    const later = new Date(machineClock().getTime() + 86_400_000);
    const { lagMs } = await inTx(db, { actor: system('demo'), now: later, isReadOnly: true }, ({ tx }) =>
      readFreshness(tx, later),
    );
    if (lagMs === 0) return;
    await sleep(50);
  }
  throw new Error('ClickHouse did not catch up: a transaction stays open on the PostgreSQL server');
}
