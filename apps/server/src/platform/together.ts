// Requests that arrive together are decided together: one transaction, set-based statements, one commit, each caller answered.
import type { Endpoint } from '@tongshang/contract';
import { sql } from 'kysely';
import { type Actor, type Ctx, system } from './ctx.ts';
import { asTable } from './arrays.ts';
import { type Db, inTx, run } from './db.ts';
import { Refusal, refuse } from './fail.ts';
import { actorKey, hashOf } from './idempotency.ts';
import type { Clock } from './time.ts';

/** One caller's request among those decided together. */
export interface AskedTogether<Input> {
  readonly actor: Actor;
  readonly input: Input;
}

/** What one caller is told: the reply, or why not. Nothing is rolled back for a refusal: the use case writes only what it decided. */
export type Outcome<Reply> = { readonly reply: Reply } | { readonly refusal: Refusal };

/** Decides requests in the order in which they came; answers one outcome for each. `ctx.actor` is the house: each request has its own. */
export type DecideTogether<Input, Reply> = (ctx: Ctx, asked: readonly AskedTogether<Input>[]) => Promise<Outcome<Reply>[]>;

export interface Together {
  /** Waits for the next transaction and answers this caller's outcome; a refusal is thrown. */
  submit: (asked: AskedTogether<unknown>, key: string | undefined) => Promise<unknown>;
}

interface Waiting {
  asked: AskedTogether<unknown>;
  claim: Claim | undefined;
  resolve: (reply: unknown) => void;
  reject: (error: unknown) => void;
  since: number;
}

interface Claim {
  key: string;
  endpoint: string;
  actor: string;
  requestHash: string;
}

/** At most so many requests a transaction: latency stays even, and no statement grows without bound. */
const atOnceMax = 128;
/** Whoever comes when so many wait is told to come again: answers that take minutes help nobody. */
const waitingMax = 4000;

/** The queues of one process and database take turns. */
interface Turns {
  readonly queues: Set<Queue>;
  inFlight: number;
  /** Decided, and on their way to the disk. */
  committing: number;
  isLooking: boolean;
}

interface Queue {
  readonly waits: () => number;
  readonly oldest: () => number;
  isRunning: boolean;
  /** `passTurn` is told when all is decided and only the commit is left. */
  readonly perform: (passTurn: () => void) => Promise<void>;
}

const turnsOf = new WeakMap<Db, Turns>();

/** So many may be on their way to the disk while the next is decided: a slow disk must not take every connection. */
const committingMax = 3;
/** After so long a transaction waits for somebody else's locks, and others go on beside it. */
const stuckMs = 100;
/** Who waited so long comes before the longest queue. */
const patienceMs = 150;

/**
 * The queue of one operation in this process. All of them take turns: one transaction is decided at a time, so that what comes meanwhile
 * grows into large batches, and while it goes to the disk the longest other queue is next. Several processes may run their own: locks
 * and constraints keep them apart.
 */
export function openTogether(
  { db, clock }: { db: Db; clock: Clock },
  endpoint: Endpoint,
  decide: DecideTogether<unknown, unknown>,
): Together {
  const name = `${endpoint.method} ${endpoint.path}`;
  let waiting: Waiting[] = [];
  const turns = turnsOf.get(db) ?? { queues: new Set(), inFlight: 0, committing: 0, isLooking: false };
  turnsOf.set(db, turns);
  const queue: Queue = {
    waits: () => waiting.length,
    oldest: () => waiting[0]?.since ?? Infinity,
    isRunning: false,
    perform: (passTurn) => perform(takeBatch(), passTurn),
  };
  turns.queues.add(queue);

  const submit = (asked: AskedTogether<unknown>, key: string | undefined): Promise<unknown> => {
    if (endpoint.idempotent && (key === undefined || key.length < 8 || key.length > 200))
      refuse('request.key_missing', { header: 'Idempotency-Key' });
    const claim =
      endpoint.idempotent && key !== undefined
        ? { key, endpoint: name, actor: actorKey(asked.actor), requestHash: hashOf(asked.input) }
        : undefined;
    if (waiting.length >= waitingMax) refuse('server.busy', { waiting: waiting.length });
    return new Promise((resolve, reject) => {
      waiting.push({ asked, claim, resolve, reject, since: performance.now() });
      look(turns);
    });
  };

  /** The oldest requests, but never two with the same key at a time: the second finds the first one's reply. */
  function takeBatch(): Waiting[] {
    const batch: Waiting[] = [];
    const later: Waiting[] = [];
    const keys = new Set<string>();
    for (const one of waiting) {
      const id = one.claim === undefined ? undefined : idOf(one.claim);
      if (batch.length >= atOnceMax || (id !== undefined && keys.has(id))) later.push(one);
      else {
        batch.push(one);
        if (id !== undefined) keys.add(id);
      }
    }
    waiting = later;
    return batch;
  }

  async function perform(batch: readonly Waiting[], passTurn: () => void = () => undefined): Promise<void> {
    let outcomes: Outcome<unknown>[];
    try {
      outcomes = await inTx(db, { actor: system('together'), now: clock() }, async (ctx) => {
        const decided = await decideOnce(ctx, batch, decide);
        passTurn();
        return decided;
      });
    } catch (error) {
      if (batch.length > 1) return performAlone(batch); // one that cannot be decided must not take the others with it
      batch[0]?.reject(error);
      return;
    }
    for (const [index, { resolve, reject }] of batch.entries()) {
      const outcome = outcomes[index];
      if (outcome !== undefined && 'reply' in outcome) resolve(outcome.reply);
      else reject(outcome?.refusal ?? new Error(`${name} answered ${outcomes.length} of ${batch.length} requests`));
    }
  }

  async function performAlone(batch: readonly Waiting[]): Promise<void> {
    for (const one of batch) await perform([one]);
  }

  return { submit };
}

/** Whoever arrives in the same turn of the event loop comes along. */
function look(turns: Turns): void {
  if (turns.isLooking || turns.inFlight > 0) return;
  turns.isLooking = true;
  setImmediate(() => {
    turns.isLooking = false;
    if (turns.inFlight === 0) begin(turns);
  });
}

function begin(turns: Turns): void {
  const queue = nextOf(turns);
  if (queue === undefined) return;
  turns.inFlight += 1;
  queue.isRunning = true;
  const stuck = setTimeout(() => begin(turns), stuckMs);
  let hasTurn = true;
  const passTurn = (): void => {
    if (!hasTurn) return;
    hasTurn = false;
    clearTimeout(stuck);
    turns.inFlight -= 1;
    look(turns);
  };
  let isCommitting = false;
  const decided = (): void => {
    if (isCommitting || turns.committing >= committingMax) return;
    isCommitting = true;
    turns.committing += 1;
    passTurn(); // to other operations: of the same one the next batch finds this one's replies
  };
  void queue.perform(decided).finally(() => {
    if (isCommitting) turns.committing -= 1;
    queue.isRunning = false;
    passTurn();
    look(turns);
  });
}

function nextOf({ queues }: Turns): Queue | undefined {
  const ready = [...queues].filter((queue) => !queue.isRunning && queue.waits() > 0);
  const late = performance.now() - patienceMs;
  const longest = (one: Queue, other: Queue) => (other.waits() > one.waits() ? other : one);
  const oldest = (one: Queue, other: Queue) => (other.oldest() < one.oldest() ? other : one);
  const [first] = ready;
  if (first === undefined) return undefined;
  const patient = ready.reduce(oldest);
  return patient.oldest() < late ? patient : ready.reduce(longest);
}

const idOf = ({ key, actor }: Claim): string => `${actor}\n${key}`;

/** Replies of requests that came before under the same key; the rest is decided, and their replies kept with their effects. */
async function decideOnce(
  ctx: Ctx,
  batch: readonly Waiting[],
  decide: DecideTogether<unknown, unknown>,
): Promise<Outcome<unknown>[]> {
  const earlier = await earlierReplies(ctx, batch);
  const fresh = batch.filter((one) => !earlier.has(one));
  const decided =
    fresh.length === 0
      ? []
      : await decide(
          ctx,
          fresh.map(({ asked }) => asked),
        );
  const outcomes = new Map<Waiting, Outcome<unknown> | undefined>(earlier);
  for (const [index, one] of fresh.entries()) outcomes.set(one, decided[index]);
  await keepReplies(
    ctx,
    fresh.flatMap((one, index) => {
      const outcome = decided[index];
      return one.claim !== undefined && outcome !== undefined && 'reply' in outcome
        ? [{ ...one.claim, reply: outcome.reply }]
        : [];
    }),
  );
  return batch.map((one) => outcomes.get(one) ?? { refusal: new Refusal('server.bug', {}) });
}

async function earlierReplies(ctx: Ctx, batch: readonly Waiting[]): Promise<Map<Waiting, Outcome<unknown>>> {
  const claims = batch.flatMap(({ claim }) => (claim === undefined ? [] : [claim]));
  if (claims.length === 0) return new Map();
  const rows = await run(
    ctx.tx,
    sql<Claim & { reply: unknown }>`select key, endpoint, actor, request_hash as "requestHash", reply from platform.idempotency
      where (key, endpoint, actor) in (select * from unnest(${claims.map((claim) => claim.key)}::text[],
        ${claims.map((claim) => claim.endpoint)}::text[], ${claims.map((claim) => claim.actor)}::text[]))`,
  );
  const found = new Map(rows.map((row) => [idOf(row), row]));
  return new Map(
    batch.flatMap((one): [Waiting, Outcome<unknown>][] => {
      const row = one.claim === undefined ? undefined : found.get(idOf(one.claim));
      if (row === undefined || one.claim === undefined) return [];
      const isSame = row.requestHash === one.claim.requestHash;
      return [[one, isSame ? { reply: row.reply } : { refusal: new Refusal('request.key_reused', { key: row.key }) }]];
    }),
  );
}

/** A key that another process used meanwhile breaks the primary key: everything is undone and tried again, and finds its reply. */
async function keepReplies(ctx: Ctx, replies: readonly (Claim & { reply: unknown })[]): Promise<void> {
  if (replies.length === 0) return;
  const rows = replies.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  await run(
    ctx.tx,
    sql`insert into platform.idempotency (key, endpoint, actor, request_hash, reply, created_at)
      select key, endpoint, actor, "requestHash", reply, ${ctx.now}
      from ${asTable(rows, 'r', { key: 'text', endpoint: 'text', actor: 'text', requestHash: 'text', reply: 'jsonb' })}`,
  );
}
