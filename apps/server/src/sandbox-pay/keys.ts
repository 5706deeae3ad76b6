import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Keys {
  /** Signs what the provider says. Its public half lies beside it, for the merchant. */
  provider: KeyObject;
  /** Checks what the merchant says. Its private half lies beside it, as a real provider's sandbox hands out test keys. */
  merchant: KeyObject;
}

/** Reads the two key pairs, making them on the first start. */
export function keysIn(dir: string): Keys {
  mkdirSync(dir, { recursive: true });
  for (const who of ['merchant', 'provider']) {
    const publicFile = join(dir, `${who}-public.pem`);
    if (existsSync(publicFile)) continue;
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    writeWhole(join(dir, `${who}-private.pem`), privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    writeWhole(publicFile, publicKey.export({ type: 'spki', format: 'pem' }).toString()); // last: it says that the pair is whole
  }
  return {
    provider: createPrivateKey(readFileSync(join(dir, 'provider-private.pem'))),
    merchant: createPublicKey(readFileSync(join(dir, 'merchant-public.pem'))),
  };
}

/** A reader sees the whole file or none. */
function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

export interface Envelope {
  /** JSON text, exactly the bytes that are signed. */
  payload: string;
  /** ECDSA P-256 with SHA-256, base64. */
  signature: string;
}

export function seal({ provider }: Keys, content: unknown): Envelope {
  const payload = JSON.stringify(content);
  return { payload, signature: sign('sha256', Buffer.from(payload), provider).toString('base64') };
}

export const isFromMerchant = ({ merchant }: Keys, { payload, signature }: Envelope): boolean =>
  verify('sha256', Buffer.from(payload), merchant, Buffer.from(signature, 'base64'));
