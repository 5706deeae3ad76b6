import { sql } from 'kysely';
import { run, type Tx } from '../../platform/db.ts';

export interface PromotionWindow {
  id: string;
  name: string;
  nameEn: string;
  startsAt: Date;
  /** Exclusive. */
  endsAt: Date;
}

/**
 * The promotions that ran, run or will run between two instants and have an end: those that were let to start, as long as they held. One
 * that runs on for ever is a rule and not a campaign. At most 200, the latest first.
 */
export function listWindows(tx: Tx, { from, until }: { from: Date; until: Date }): Promise<PromotionWindow[]> {
  return run(
    tx,
    sql<PromotionWindow>`select id, name, name_en as "nameEn", starts_at as "startsAt", least(ends_at, ended_at) as "endsAt"
      from promotions.promotion
      where state in ('approved', 'paused', 'ended') and approved_by is not null and starts_at < ${until}
        and least(ends_at, ended_at) > ${from} and least(ends_at, ended_at) > starts_at
      order by starts_at desc, id limit 200`,
  );
}
