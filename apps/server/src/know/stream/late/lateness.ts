// When an event counts as late, and which buckets of time it falls into.

export const grains = ['minute', 'hour', 'day'] as const;
export type Grain = (typeof grains)[number];

const minuteMs = 60_000;
const lengthMs: Readonly<Record<Grain, number>> = { minute: minuteMs, hour: 60 * minuteMs, day: 1_440 * minuteMs };
const zoneMs = 8 * 60 * minuteMs; // days begin at midnight in Shanghai

/** A bucket closes so long after its end: senders gather events for some seconds before they send them. */
const closesAfterMs = 2 * minuteMs;
/** So long after its minute an event still goes into the figures by itself. */
const allowedMs = 72 * 60 * minuteMs;

/** The first instant of the bucket that holds `at`. */
export function bucketStart(grain: Grain, at: Date): Date {
  const shift = grain === 'day' ? zoneMs : 0;
  return new Date(Math.floor((at.getTime() + shift) / lengthMs[grain]) * lengthMs[grain] - shift);
}

const endsAt = (grain: Grain, at: Date): number => bucketStart(grain, at).getTime() + lengthMs[grain];

export type Delay = 'on_time' | 'late' | 'too_late';

/** On time: its minute was not closed yet when it arrived. Too late: more than 72 hours after the end of its minute. */
export function judgeDelay(at: Date, arrivedAt: Date): Delay {
  const afterMs = arrivedAt.getTime() - endsAt('minute', at);
  if (afterMs < closesAfterMs) return 'on_time';
  return afterMs <= allowedMs ? 'late' : 'too_late';
}

/** Sums by the minute are kept so long; what is taken in later than that has no minute to open. */
const minuteKeptMs = 14 * 1_440 * minuteMs;

/** The grains whose bucket was closed when the event arrived: these it opens again. The others are still open and take it in as ever. */
export const closedGrains = (at: Date, arrivedAt: Date): Grain[] =>
  grains
    .filter((grain) => arrivedAt.getTime() - endsAt(grain, at) >= closesAfterMs)
    .filter((grain) => grain !== 'minute' || arrivedAt.getTime() - at.getTime() < minuteKeptMs);
