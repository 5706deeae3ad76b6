// The list that somebody came from: which rows it showed, so that an object's page can go to the next one and back to the list.
const key = 'ts.trail';

export interface Trail {
  /** The list with its filters. */
  list: string;
  rows: readonly string[];
}

export const rememberTrail = (trail: Trail): void => sessionStorage.setItem(key, JSON.stringify(trail));

export function readTrail(): Trail | undefined {
  const text = sessionStorage.getItem(key);
  return text === null ? undefined : (JSON.parse(text) as Trail);
}

export interface Neighbours {
  /** 1 is the first. */
  place: number;
  count: number;
  previous: string | undefined;
  next: string | undefined;
  list: string;
}

/** Where an object stands in the list that was seen last; undefined when it was not among its rows. */
export function neighboursOf(path: string, trail: Trail | undefined): Neighbours | undefined {
  const at = trail?.rows.indexOf(path) ?? -1;
  if (trail === undefined || at === -1) return undefined;
  return { place: at + 1, count: trail.rows.length, previous: trail.rows[at - 1], next: trail.rows[at + 1], list: trail.list };
}
