import { type ErrorCode, errorStatus } from '@tongshang/contract';

/** What a caller must expect: travels as problem+json. Anything else that is thrown is a bug. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, details: Readonly<Record<string, unknown>>) {
    super(`${code} ${JSON.stringify(details)}`);
    this.name = 'Refusal';
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return errorStatus[this.code];
  }
}

/** Ends the use case and rolls its transaction back. `details` is data for a sentence, never the sentence. */
export function refuse(code: ErrorCode, details: Readonly<Record<string, unknown>> = {}): never {
  throw new Refusal(code, details);
}
