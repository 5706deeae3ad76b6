import { type ClickHouseClient, type ClickHouseSettings, createClient } from '@clickhouse/client';
import { refuse } from '../../platform/fail.ts';
import { businessZone } from '../../platform/time.ts';

/** A ClickHouse database, spoken to over its HTTP protocol only: embedded, a server or a cluster make no difference here. */
export interface Analytics {
  readonly client: ClickHouseClient;
  readonly url: string;
  readonly database: string;
}

/** Opens a database by url (`http://user:password@host:port/database`). Nothing is parsed or sent until something is asked. */
export function openAnalytics(url: string): Analytics {
  let client: ClickHouseClient | undefined;
  return {
    url,
    get database() {
      return decodeURIComponent(new URL(url).pathname.slice(1)) || 'default';
    },
    get client() {
      return (client ??= connect(url));
    },
  };
}

const connect = (url: string): ClickHouseClient =>
  createClient({
    url,
    max_open_connections: 12,
    request_timeout: 60_000,
    keep_alive: { enabled: true, idle_socket_ttl: 2_000 },
    use_multipart_params_auto: true, // an address holds few values: lists of thousands travel in the body
    log: { level: 127 }, // failures are thrown and logged once, where they are handled
    clickhouse_settings: { output_format_json_quote_64bit_integers: 0, session_timezone: businessZone, max_execution_time: 30 },
  });

/** Asks one question; every value travels as a bound parameter. Refuses `analytics.unavailable` when ClickHouse does not answer. */
export async function ask<Row>(
  analytics: Analytics,
  query: string,
  parameters: Readonly<Record<string, unknown>> = {},
  settings: ClickHouseSettings = {},
): Promise<Row[]> {
  try {
    const answer = await analytics.client.query({
      query,
      query_params: parameters,
      clickhouse_settings: settings,
      format: 'JSONEachRow',
    });
    return await answer.json<Row>();
  } catch (error) {
    if (isUnreachable(error)) return refuse('analytics.unavailable', {});
    throw error;
  }
}

const networkCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', 'ETIMEDOUT', 'EAI_AGAIN', 'ECONNABORTED']);

function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string' && networkCodes.has(error.code)) return true;
  return /timeout|socket hang up|other side closed/i.test(error.message) || isUnreachable(error.cause);
}
