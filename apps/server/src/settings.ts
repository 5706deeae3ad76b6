import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './house.ts';
import { type MailSettings, readSmtpUrl } from './platform/mail.ts';

const projectDir = join(import.meta.dirname, '../../..');

export interface Settings extends Config {
  databaseUrl: string;
  /** Servers of NATS JetStream that keep behaviour events; absent: PostgreSQL keeps them. */
  natsUrl: string | undefined;
  natsReplicas: number;
  natsStream: string;
  dataDir: string;
  payKeysDir: string;
  host: string;
  consolePort: number;
  shopPort: number;
  payPort: number;
}

/** Reads the environment, once, for the whole process. Whatever is missing has a default that works on one machine. */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const host = env['HOST'] ?? '127.0.0.1';
  const consolePort = Number(env['CONSOLE_PORT'] ?? 4000);
  const shopPort = Number(env['SHOP_PORT'] ?? 4100);
  const payPort = Number(env['PAY_PORT'] ?? 4200);
  const dataDir = env['TONGSHANG_DATA_DIR'] ?? join(projectDir, 'data/local');
  return {
    host,
    consolePort,
    shopPort,
    payPort,
    dataDir,
    databaseUrl: required(env, 'DATABASE_URL'),
    clickhouseUrl: required(env, 'CLICKHOUSE_URL'),
    consoleOrigin: env['CONSOLE_ORIGIN'] ?? `http://${host}:${consolePort}`,
    shopOrigin: env['SHOP_ORIGIN'] ?? `http://${host}:${shopPort}`,
    payKeysDir: env['PAY_KEYS_DIR'] ?? join(dataDir, 'sandbox-pay'),
    payOrigin: env['PAY_ORIGIN'] ?? `http://${host}:${payPort}`,
    isDemo: env['DEMO'] !== '0',
    playsCarriers: env['DEMO'] !== '0' && env['SIMULATION'] !== '1',
    natsUrl: env['NATS_URL'],
    natsReplicas: Number(env['NATS_REPLICAS'] ?? 3),
    natsStream: env['NATS_STREAM'] ?? 'tongshang',
    secret: env['TONGSHANG_SECRET'] ?? keptSecret(dataDir),
    mail: readMail(env),
  };
}

function required(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (value === undefined || value === '')
    throw new Error(`${name} is not set. npm start sets it for the embedded databases; or point it at a server.`);
  return value;
}

/** Where mail leaves the house; without SMTP_URL none does, and the screens say so. */
function readMail(env: NodeJS.ProcessEnv): MailSettings | undefined {
  const smtpUrl = env['SMTP_URL'] ?? '';
  if (smtpUrl === '') return undefined;
  readSmtpUrl(smtpUrl); // a wrong address is said when the house starts, not when the first mail is late
  const from = env['MAIL_FROM'] ?? '';
  if (!/^(?:[^<>]*<)?[^\s<>@]+@[^\s<>@]+>?$/.test(from))
    throw new Error('MAIL_FROM is not set beside SMTP_URL; it names the sender, like: Guyu <no-reply@guyu.example>');
  return { smtpUrl, from };
}

/** The secret that signs cookies and links: made once, kept beside the data, readable by the owner alone. */
function keptSecret(dataDir: string): string {
  const file = join(dataDir, 'secret');
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true });
    try {
      writeFileSync(file, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if (!existsSync(file)) throw error; // another process was quicker: read what it wrote
    }
  }
  return readFileSync(file, 'utf8');
}
