const soonMs = 3_600_000;

/** How a piece of work stands by the milliseconds that are left until it has to leave: late, pressing in its last hour, calm before. */
export const cutOffTone = (leftMs: number): 'bad' | 'attention' | 'neutral' =>
  leftMs < 0 ? 'bad' : leftMs < soonMs ? 'attention' : 'neutral';
