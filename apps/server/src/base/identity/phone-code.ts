// The rules of codes by text and by mail, pure: how long one lives, how often it may be tried and sent.

export const codeLifeMs = 5 * 60_000;
/** Mail is slower than text. */
export const mailCodeLifeMs = 30 * 60_000;
const attemptsMax = 5;
export const resendAfterMs = 60_000;
export const sendsPerDayMax = 10;

export interface IssuedCode {
  attempts: number;
  expiresAt: Date;
  usedAt: Date | null;
}

/** A code that was used, tried too often or has run out is spent: only a new one helps. */
export const isSpent = (code: IssuedCode, now: Date): boolean =>
  code.usedAt !== null || code.attempts >= attemptsMax || now >= code.expiresAt;

/** Seconds until another code may be sent to the same phone or address; 0 when it may be now. `sentAt` are the sends of the last day, newest first. */
export function waitBeforeSend(sentAt: readonly Date[], now: Date): number {
  const [newest] = sentAt;
  if (newest === undefined) return 0;
  const oldest = sentAt[sendsPerDayMax - 1];
  const free = Math.max(newest.getTime() + resendAfterMs, oldest === undefined ? 0 : oldest.getTime() + 86_400_000);
  return Math.max(0, Math.ceil((free - now.getTime()) / 1000));
}
