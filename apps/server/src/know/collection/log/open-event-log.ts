import type { Logger } from 'pino';
import { type EventLog, postgresLog } from './event-log.ts';
import { openJetStreamLog } from './jetstream-log.ts';

interface LogSettings {
  /** Absent: PostgreSQL keeps the events. */
  natsUrl?: string | undefined;
  natsReplicas?: number | undefined;
  natsStream?: string | undefined;
}

/** The log that the settings name. Rows remember where their events lie, so a house may change it at any time. */
export function openEventLog({ natsUrl, natsReplicas = 3, natsStream = 'tongshang' }: LogSettings, logger: Logger): EventLog {
  if (natsUrl === undefined || natsUrl === '') return postgresLog;
  return openJetStreamLog({ url: natsUrl, replicas: natsReplicas, stream: natsStream, logger });
}
