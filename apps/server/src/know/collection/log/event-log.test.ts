import { randomUUID } from 'node:crypto';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { collection as contract } from '@tongshang/contract';
import Fastify from 'fastify';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type NatsCluster, startNatsCluster } from '../../../../test/nats-cluster.ts';
import { useWorld, type World } from '../../../../test/world.ts';
import { answerProblems } from '../../../platform/http.ts';
import { ask } from '../../stream/index.ts';
import { filledAnalytics } from '../../stream/testing.ts';
import { collectionPlugin } from '../plugin.ts';
import { addSource } from '../sources.ts';
import { eventsIn } from '../testing.ts';
import type { KeptEvent } from '../wire.ts';
import { type EventLog, postgresLog } from './event-log.ts';
import { openEventLog } from './open-event-log.ts';

const logger = pino({ level: 'silent' });
const replicas = 3;
let cluster: NatsCluster;
let connection: NatsConnection;
beforeAll(async () => {
  cluster = await startNatsCluster();
  connection = await connect({ servers: cluster.url.split(',').map((one) => new URL(one).host), maxReconnectAttempts: -1 });
}, 30_000);
afterAll(async () => {
  await connection?.close();
  await cluster?.stop();
});
const openStream = (natsStream: string): EventLog =>
  openEventLog({ natsUrl: cluster.url, natsReplicas: replicas, natsStream }, logger);

interface Reply {
  accepted: number;
  duplicates: number;
  rejected: contract.Rejected[];
  status?: number;
}
const track = (messageId: string, over: object = {}) => ({
  type: 'track', event: 'Product Viewed', messageId, anonymousId: 'v1', properties: { sku: '茶-A', price: 12.5 }, ...over,
}); // prettier-ignore

/** The endpoint in front of a log, as in a house. */
async function openEndpoint(world: World, log: EventLog) {
  const name = randomUUID();
  const { writeKey } = await world.run((ctx) => addSource(ctx, { name, channel: 'partner', kind: 'server' }));
  const app = Fastify();
  answerProblems(app as never);
  await collectionPlugin({ db: world.db, clock: world.clock.now, origins: [], log })(app as never);
  await app.ready();
  return {
    send: async (...batch: object[]): Promise<Reply> => {
      const headers = { 'content-type': 'application/json' };
      const payload = { writeKey, batch };
      return (await app.inject({ method: 'POST', url: '/v1/batch', headers, payload })).json();
    },
    close: () => app.close(),
  };
}
const ids = (events: readonly KeptEvent[]): string[] => events.map(({ messageId }) => messageId);

const adapters = {
  postgres: {
    open: () => postgresLog,
    /** Every connection to the database is cut. */
    disturb: (world: World) =>
      world.db.pool.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()'), // prettier-ignore
  },
  jetstream: {
    open: () => openStream('suite'),
    /** kill -9 of the server that leads the stream. */
    disturb: async () => {
      const manager = await jetstreamManager(connection);
      const { cluster: where } = await manager.streams.info('suite');
      await cluster.kill(where?.leader ?? '');
    },
  },
};

describe('JetStream', () => {
  const world = useWorld();
  const streams = async () => (await jetstreamManager(connection)).streams;

  test('a house may move its log at any time: rows say where their events lie, and one that lacks the key to a place says so', async () => {
    const log = openStream('moved');
    const [before, after, back] = [await openEndpoint(world, postgresLog), await openEndpoint(world, log), await openEndpoint(world, postgresLog)]; // prettier-ignore
    await before.send(track('m1'));
    await after.send(track('m2'), track('m3'));
    await back.send(track('m4'));
    expect(ids(await eventsIn(world, log))).toEqual(['m1', 'm2', 'm3', 'm4']);
    await expect(eventsIn(world, postgresLog)).rejects.toThrow('NATS_URL');
    await Promise.all([before, after, back].map((endpoint) => endpoint.close()));
    await log.close();
  });

  test('callers that come together share a message, and a batch as large as they may be fits into one', async () => {
    const log = openStream('shared');
    const events = (count: number) =>
      Array.from({ length: count }, (_, index) => {
        const text = Array.from({ length: 6 }, randomUUID).join('');
        return { messageId: `${index}`, properties: { text } } as unknown as KeptEvent;
      });
    const batches = [events(3), events(2_500), events(1), events(2)];
    const slots = await log.append(batches);
    expect(new Set(slots.map((slot) => slot?.seq)).size).toBe(3);
    expect(await log.read(slots.flatMap((slot) => slot ?? []))).toEqual(batches);
    const [nothing, alone] = await log.append([[], events(1)]);
    expect(nothing, 'a batch of bad events leaves no message').toBeUndefined();
    expect(alone).toMatchObject({ seq: 4, part: 0 });
    const [slot] = slots.flatMap((one) => one ?? []);
    await expect(log.read([{ ...slot!, id: 'other' }, slot!])).rejects.toThrow('another one');
    await expect(log.read([{ ...slot!, seq: 1_000 }])).rejects.toThrow('gone');
    await expect(log.read([{ ...slot!, part: 9 }])).rejects.toThrow('no part 9');
    await log.close();
  });

  test('a stream that may lose what it acknowledged is not written to', async () => {
    await (
      await streams()
    ).add({
      name: 'unfit',
      subjects: ['unfit.batches'],
      storage: 'memory',
      num_replicas: 1,
      discard: 'old',
      max_age: 1e9 * 86_400,
    });
    const told: unknown[] = [];
    const log = openEventLog({ natsUrl: cluster.url, natsReplicas: replicas, natsStream: 'unfit' }, { error: (what: unknown) => told.push(what) } as never); // prettier-ignore
    const endpoint = await openEndpoint(world, log);
    expect(await endpoint.send(track('u1'))).toMatchObject({ status: 503, code: 'server.busy' });
    expect(String((told[0] as { err: Error }).err)).toMatch(/memory.*1 servers.*when it is full.*with age/);
    await endpoint.close();
    await log.close();
  });

  test('a full log refuses what is new and keeps what it has; whoever sent it sends again when there is room', async () => {
    const log = openStream('full');
    const endpoint = await openEndpoint(world, log);
    await endpoint.send(track('f1'));
    const { state } = await (await streams()).info('full');
    await (await streams()).update('full', { max_bytes: state.bytes + 10 });
    expect(await endpoint.send(track('f2'))).toMatchObject({ status: 503, code: 'server.busy' });
    await (await streams()).update('full', { max_bytes: 1_000_000 });
    expect(await endpoint.send(track('f1'), track('f2'))).toMatchObject({ accepted: 2, duplicates: 1 });
    await endpoint.close();
    await log.close();
  });
});

describe('either log', () => {
  const world = useWorld(); // one for both: rows of PostgreSQL are read by whoever reads JetStream's
  describe.each(['postgres', 'jetstream'] as const)('the log in %s', (name) => {
    let log: EventLog;
    let endpoint: Awaited<ReturnType<typeof openEndpoint>>;
    beforeAll(async () => {
      log = adapters[name].open();
      endpoint = await openEndpoint(world, log);
    });
    afterAll(async () => {
      await endpoint.close();
      await log.close();
    });
    const id = (text: string): string => `${name}-${text}`;
    const own = async () => (await eventsIn(world, log)).filter(({ messageId }) => messageId.startsWith(id('')));
    const inClickHouse = async () => {
      const query = 'select message_id as id from behaviour where startsWith(message_id, {own:String}) order by at, id';
      return (await ask<{ id: string }>(await filledAnalytics(world, log), query, { own: id('') })).map((row) => row.id);
    };

    test('events come back as they were sent, in the order of their answers; each is answered, one that was taken before is not kept again', async () => {
      const [a, b, c] = [id('a'), id('b'), id('c')];
      expect(await endpoint.send(track(a), { type: 'track' }, track(b, { userId: 'c-1' }))).toMatchObject({
      accepted: 2, duplicates: 0, rejected: [{ index: 1, reasons: ['event.no_visitor', 'event.no_name'] }],
    }); // prettier-ignore
      const again = await endpoint.send(track(b, { properties: { sku: 'other' } }), track(c), track(c), track(a));
      expect(again).toMatchObject({ accepted: 4, duplicates: 3 });
      expect(await endpoint.send(track(a))).toMatchObject({ duplicates: 1 });
      const kept = await own();
      expect(ids(kept)).toEqual([a, b, c]);
      expect(kept[1]).toMatchObject({ properties: { sku: '茶-A', price: 12.5 } });
      expect(await inClickHouse()).toEqual([a, b, c]);
    });

    test('who joined whom is told by the row, whatever came before in the same batch', async () => {
      const joins = track(id('j1'), { anonymousId: id('device'), userId: 'ann' });
      await endpoint.send(track(id('j0')));
      expect(await endpoint.send(track(id('j0')), joins, joins, track(id('j2')))).toMatchObject({ duplicates: 2 });
      const kept = (await own()).slice(-3);
      expect(kept.map(({ messageId, isJoining }) => [messageId, isJoining])).toEqual([
      [id('j0'), undefined], [id('j1'), true], [id('j2'), undefined],
    ]); // prettier-ignore
      const joined = 'select customer_id from visitor_customer final where visitor_id = {device:String}';
      expect(await ask(await filledAnalytics(world, log), joined, { device: id('device') })).toEqual([{ customer_id: 'ann' }]);
    });

    test('a crash after the log and before the row: the events were never answered, are sent again, and count once', async () => {
      const before = await own();
      await log.append([[{ ...before[0], messageId: id('crash') } as KeptEvent]]); // … and the process is gone
      expect(ids(await own())).toEqual(ids(before));
      expect(await endpoint.send(track(id('crash')))).toMatchObject({ accepted: 1, duplicates: 0 });
      expect(ids(await own())).toEqual([...ids(before), id('crash')]);
    });

    test('eight callers while a part of it dies: each acknowledged event is there exactly once, and there is no other', async () => {
      const before = ids(await own());
      const acknowledged = new Set<string>();
      let isDone = false;
      const callers = Array.from({ length: 8 }, async (_, caller) => {
        while (!isDone) {
          const batch = Array.from({ length: 50 }, () => track(id(randomUUID()), { anonymousId: `v-${caller}` }));
          while ((await endpoint.send(...batch)).accepted !== batch.length);
          for (const { messageId } of batch) acknowledged.add(messageId);
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      });
      const until = (size: number) =>
        expect.poll(() => acknowledged.size, { timeout: 18_000, interval: 10 }).toBeGreaterThan(size);
      await until(800);
      const dying = adapters[name].disturb(world);
      await dying.catch(() => undefined);
      await until(acknowledged.size + 1_200);
      isDone = true;
      await Promise.all(callers);
      const kept = ids(await own()).slice(before.length);
      expect(kept.length).toBe(acknowledged.size);
      expect(kept.filter((one) => !acknowledged.has(one))).toEqual([]);
      expect((await inClickHouse()).length).toBe(before.length + acknowledged.size);
    }, 40_000);
  });
});
