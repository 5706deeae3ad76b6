import type { Logger } from 'pino';
import type { ShipParts } from '../ship-next.ts';
import { askedFor, type Compared, compareAsked, settleCompared } from './reconcile-books.ts';

const lookEveryMs = 1_000;
const afterFailureMs = 60_000;

/**
 * Does the comparisons that were asked for, in the process that leads the stream. It compares beside the shipping and repairs in between:
 * `look` is called when nothing is being shipped. A comparison that fails is tried again in a minute; nothing else notices.
 */
export function watchBooks(parts: ShipParts & { logger: Logger }): { look: () => Promise<void> } {
  let nextLookAt = 0;
  let isComparing = false;
  let compared: Compared | undefined;

  const failed = (error: unknown): void => {
    parts.logger.warn({ err: error }, 'comparing the books waits');
    nextLookAt = performance.now() + afterFailureMs;
  };
  const compare = async (): Promise<void> => {
    isComparing = true;
    try {
      const asked = await askedFor(parts);
      if (asked !== undefined) compared = await compareAsked(parts, asked);
    } catch (error) {
      failed(error);
    } finally {
      isComparing = false;
    }
  };
  return {
    look: async () => {
      if (compared !== undefined) {
        const found = compared;
        compared = undefined;
        await settleCompared(parts, found).catch(failed);
        return;
      }
      if (isComparing || performance.now() < nextLookAt) return;
      nextLookAt = performance.now() + lookEveryMs;
      void compare();
    },
  };
}
