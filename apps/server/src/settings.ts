import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './house.ts';

const projectDir = join(import.meta.dirname, '../../..');

export interface Settings extends Config {
  databaseUrl: string;
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
    secret: env['TONGSHANG_SECRET'] ?? keptSecret(dataDir),
  };
}

function required(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (value === undefined || value === '')
    throw new Error(`${name} is not set. npm start sets it for the embedded databases; or point it at a server.`);
  return value;
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
