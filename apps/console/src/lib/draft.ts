// What somebody has typed and not sent yet: kept in this tab for a day, so that a reload or an ended session loses nothing.
const keptMs = 24 * 3_600_000;

interface Kept<Draft> {
  at: number;
  draft: Draft;
}

export function readDraft<Draft>(name: string, now = Date.now()): Draft | undefined {
  const text = sessionStorage.getItem(`ts.draft.${name}`);
  if (text === null) return undefined;
  const { at, draft } = JSON.parse(text) as Kept<Draft>;
  return now - at < keptMs ? draft : undefined;
}

export const keepDraft = <Draft>(name: string, draft: Draft, now = Date.now()): void =>
  sessionStorage.setItem(`ts.draft.${name}`, JSON.stringify({ at: now, draft } satisfies Kept<Draft>));

export const dropDraft = (name: string): void => sessionStorage.removeItem(`ts.draft.${name}`);
