import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import { JetStreamApiError } from '@nats-io/jetstream';
import { refuse } from '../../../platform/fail.ts';
import type { KeptEvent } from '../wire.ts';
import type { EventLog, LogSlot } from './event-log.ts';
import { type JetStreamParts, openStream, type OpenStream, subjectOf, UnfitStream } from './jetstream-stream.ts';

const pack = promisify(zstdCompress);
const unpack = promisify(zstdDecompress);

/** Each message is acknowledged by a majority: small batches share one. Characters of JSON; packed they are about a tenth. */
const messageChars = 256_000;
const publishMs = 2_000;
/** As long as servers take to agree on a new leader, and some: then whoever waits is sent away, and sends again. */
const patienceMs = 12_000;
const readsAtOnce = 16;
const idHeader = 'Nats-Msg-Id';

/**
 * The log of a house whose behaviour events outgrow PostgreSQL: a stream of JetStream, replicated to files. Events are safe when their message
 * is acknowledged: a majority of its servers has written it. A message sent again under its id is one; one that no row of PostgreSQL names
 * is none. Connects when it is first asked, and again whenever the connection is lost.
 */
export function openJetStreamLog(parts: JetStreamParts): EventLog {
  let opening: Promise<OpenStream> | undefined;
  let isClosed = false;
  const forget = (): void => void (opening = undefined);
  const open = (): Promise<OpenStream> => {
    if (opening !== undefined) return opening;
    opening = openStream(parts);
    opening.then(({ connection }) => connection.closed().then(forget), forget);
    return opening;
  };

  const publish = async (body: Uint8Array): Promise<{ seq: number; id: string }> => {
    const id = randomUUID();
    let reason: unknown;
    for (const end = performance.now() + patienceMs; performance.now() < end && !isClosed; await sleep(100)) {
      try {
        const { client } = await open();
        const { seq } = await client.publish(subjectOf(parts.stream), body, { msgID: id, timeout: publishMs });
        return { seq, id };
      } catch (error) {
        reason = error;
        if (isLasting(error)) break;
      }
    }
    parts.logger.error({ err: reason }, 'the event log in JetStream keeps nothing now');
    return refuse('server.busy');
  };

  const readMessage = async (seq: number, id: string): Promise<KeptEvent[][]> => {
    const { manager } = await open();
    const message = await manager.streams.getMessage(parts.stream, { seq });
    if (message?.header.get(idHeader) !== id)
      throw new Error(`message ${seq} of the event log is ${message === null ? 'gone' : 'another one'}: nothing is stepped over`);
    return JSON.parse((await unpack(message.data)).toString()) as KeptEvent[][];
  };

  return {
    append: async (batches) => {
      const parts = batches.filter((events) => events.length > 0).map((events) => JSON.stringify(events));
      const sent = shareMessages(parts).map(async (shared) => {
        const message = await publish(await pack(`[${shared.join(',')}]`));
        return shared.map((_, part) => ({ ...message, part }));
      });
      const slots = (await Promise.all(sent)).flat().values();
      return batches.map((events) => (events.length === 0 ? undefined : slots.next().value));
    },
    read: async (slots) => {
      const wanted = [...new Map(slots.map((slot) => [nameOf(slot), slot])).values()];
      const found = new Map<string, KeptEvent[][]>();
      for (let at = 0; at < wanted.length; at += readsAtOnce)
        await Promise.all(
          wanted.slice(at, at + readsAtOnce).map(async (slot) => found.set(nameOf(slot), await readMessage(slot.seq, slot.id))),
        );
      return slots.map((slot) => found.get(nameOf(slot))?.[slot.part] ?? raiseShort(slot));
    },
    close: async () => {
      isClosed = true;
      const opened = await opening?.catch(() => undefined);
      await opened?.connection.close();
    },
  };
}

/** Which parts go together, in their order; a part larger than a message goes alone. */
function shareMessages(parts: readonly string[]): string[][] {
  const messages: string[][] = [];
  let chars = Infinity;
  for (const part of parts) {
    if (chars + part.length > messageChars) {
      messages.push([]);
      chars = 0;
    }
    messages.at(-1)?.push(part);
    chars += part.length;
  }
  return messages;
}

/** The stream is full, its disk is, or it is not what it should be: trying again at once helps nobody. */
const isLasting = (error: unknown): boolean =>
  error instanceof UnfitStream || (error instanceof JetStreamApiError && fullCodes.has(error.apiError().err_code));
const fullCodes = new Set([10_023, 10_047, 10_054, 10_077]);

/** A number may stand for two messages where a stream was made anew: each slot is asked by its own id. */
const nameOf = ({ seq, id }: LogSlot): string => `${seq} ${id}`;

function raiseShort({ seq, part }: LogSlot): never {
  throw new Error(`message ${seq} of the event log has no part ${part}`);
}
