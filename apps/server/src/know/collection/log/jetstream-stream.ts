import {
  DiscardPolicy, jetstream, JetStreamApiCodes, JetStreamApiError, type JetStreamClient, type JetStreamManager, jetstreamManager,
  RetentionPolicy, StorageType, type StreamConfig,
} from '@nats-io/jetstream'; // prettier-ignore
import { connect, nanos, type NatsConnection } from '@nats-io/transport-node';
import type { Logger } from 'pino';

export interface JetStreamParts {
  /** `nats://user:password@host:port`, several with commas between; `tls://` where the servers ask for it. */
  url: string;
  /** How many servers hold each message; 3 is what an acknowledgement needs to survive one of them. */
  replicas: number;
  /** One a house, where houses share servers. */
  stream: string;
  logger: Logger;
}

export interface OpenStream {
  connection: NatsConnection;
  client: JetStreamClient;
  manager: JetStreamManager;
}

/** The stream is there and keeps less than was promised: an operator must put it right. */
export class UnfitStream extends Error {}

export const subjectOf = (stream: string): string => `${stream}.batches`;

/** Connects to the servers and makes the stream where it is missing. Throws `UnfitStream` when one is there that may lose what it acknowledged. */
export async function openStream({ url, replicas, stream, logger }: JetStreamParts): Promise<OpenStream> {
  const connection = await connect({
    ...serversIn(url),
    name: 'tongshang',
    timeout: 3_000,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 200,
    pingInterval: 10_000,
  });
  try {
    const client = jetstream(connection);
    const manager = await jetstreamManager(connection, { timeout: 3_000 });
    const { config } = await manager.streams.info(stream).catch((error: unknown) => {
      if (error instanceof JetStreamApiError && error.apiError().err_code === JetStreamApiCodes.StreamNotFound)
        return manager.streams.add(configOf(stream, replicas));
      throw error;
    });
    const faults = faultsOf(config, replicas);
    if (faults.length > 0)
      throw new UnfitStream(`stream ${stream} of JetStream is unfit for the event log: ${faults.join('; ')}`);
    const version = connection.info?.version ?? '';
    if (!flushesFirst(version))
      logger.warn(
        { version },
        'this nats-server flushes up to 2 minutes after it acknowledged; from 2.10 on, set sync_interval: always',
      );
    return { connection, client, manager };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/**
 * Nothing is ever dropped to make room: a full log refuses what is new, and whoever sent it keeps it. An operator gives it its size
 * (`max_bytes`) and its place; deleting a message is forbidden for good.
 */
const configOf = (stream: string, replicas: number) => ({
  name: stream,
  description: 'behaviour events of the house, in messages of several batches; PostgreSQL says which of them count',
  subjects: [subjectOf(stream)],
  storage: StorageType.File,
  retention: RetentionPolicy.Limits,
  discard: DiscardPolicy.New,
  num_replicas: replicas,
  max_age: 0,
  duplicate_window: nanos(120_000), // longer than anybody sends one message again
  deny_delete: true,
  deny_purge: true,
});

function faultsOf(config: StreamConfig, replicas: number): string[] {
  const faults: string[] = [];
  if (config.storage !== StorageType.File) faults.push('it lies in memory (storage: file)');
  if (config.num_replicas < replicas) faults.push(`${config.num_replicas} servers hold a message (num_replicas: ${replicas})`);
  if (config.retention !== RetentionPolicy.Limits) faults.push('messages go when they were read (retention: limits)');
  if (config.discard !== DiscardPolicy.New) faults.push('old messages go when it is full (discard: new)');
  if (config.max_age > 0) faults.push('messages go with age (max_age: 0)');
  if (config.max_msgs_per_subject > 0) faults.push('messages go by number (max_msgs_per_subject: -1)');
  if (config.no_ack === true) faults.push('it acknowledges nothing (no_ack: false)');
  return faults;
}

/** From 2.10 on a server can be told to flush before it acknowledges; whether it was told no client can see. */
function flushesFirst(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 2 || (major === 2 && minor >= 10);
}

function serversIn(url: string) {
  const urls = url.split(',').map((one) => new URL(one.trim()));
  const [first] = urls;
  const [user, pass] = [first?.username, first?.password].map((part) => (part ? decodeURIComponent(part) : undefined));
  return {
    servers: urls.map(({ hostname, port }) => `${hostname}:${port === '' ? 4222 : port}`),
    ...(urls.some(({ protocol }) => protocol === 'tls:') && { tls: {} }),
    ...(user !== undefined && (pass === undefined ? { token: user } : { user, pass })),
  };
}
