export interface Refused {
  code: string;
  details: Readonly<Record<string, unknown>>;
}

/** A refusal of the house, recognised by its shape: the shop does not know the server's classes. */
export function asRefused(error: unknown): Refused | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error) || typeof error.code !== 'string') return undefined;
  if (!/^[a-z_]+\.[a-z_]+$/.test(error.code)) return undefined;
  const details = 'details' in error ? error.details : 'problem' in error ? (error.problem as Refused).details : {};
  return { code: error.code, details: (details ?? {}) as Refused['details'] };
}

export type Outcome<T> = { reply: T } | { refused: Refused };

/** Runs `work`; a refusal with one of these codes comes back as data, anything else goes on as it came. */
export async function refusalOf<T>(codes: readonly string[], work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { reply: await work() };
  } catch (error) {
    const refused = asRefused(error);
    if (refused === undefined || !codes.includes(refused.code)) throw error;
    return { refused };
  }
}
