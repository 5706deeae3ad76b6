import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface Payment {
  ref: string;
  merchantId: string;
  reference: string;
  amountFen: number;
  currency: string;
  notifyUrl: string;
  returnUrl: string;
  /** Milliseconds since 1970; null never expires. */
  expiresAt: number | null;
  state: 'open' | 'paid' | 'declined';
  paidFen: number;
  /** Set when the payer asked to pay at that instant, later. */
  payAt: number | null;
}

export interface Refund {
  ref: string;
  paymentRef: string;
  merchantId: string | null;
  amountFen: number;
  state: 'processing' | 'done' | 'failed';
  failure: string | null;
}

export interface DueNotice {
  id: string;
  deliveryId: number;
  url: string;
  content: string;
  attempts: number;
}

export type Storage = ReturnType<typeof openStorage>;

/** Everything the provider remembers, in one file that survives kill -9. A notice is written with the change that it tells. */
export function openStorage(dir: string) {
  const db = new DatabaseSync(join(dir, 'sandbox-pay.sqlite'));
  db.exec(schema);
  const one = <T>(sql: string, ...values: (string | number | null)[]) => db.prepare(sql).get(...values) as T | undefined;
  const all = <T>(sql: string, ...values: (string | number | null)[]) => db.prepare(sql).all(...values) as T[];
  const write = (sql: string, ...values: (string | number | null)[]) => Number(db.prepare(sql).run(...values).changes);
  return {
    close: () => db.close(),
    /** Runs several writes as one: all, or none. */
    together: <T>(work: () => T): T => {
      db.exec('begin immediate');
      try {
        const result = work();
        db.exec('commit');
        return result;
      } catch (error) {
        db.exec('rollback');
        throw error;
      }
    },
    paymentBy: (column: 'ref' | 'merchant_id', value: string) => one<Payment>(`${selectPayment} where ${column} = ?`, value),
    addPayment: (p: Omit<Payment, 'state' | 'paidFen' | 'payAt'>) =>
      write(
        `insert into payment (ref, merchant_id, reference, amount_fen, currency, notify_url, return_url, expires_at)
         values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (merchant_id) do nothing`,
        p.ref, p.merchantId, p.reference, p.amountFen, p.currency, p.notifyUrl, p.returnUrl, p.expiresAt,
      ), // prettier-ignore
    /** Open payments change state once; false when somebody was quicker. */
    settle: (ref: string, state: 'paid' | 'declined', paidFen: number) =>
      write(`update payment set state = ?, paid_fen = ?, pay_at = null where ref = ? and state = 'open'`, state, paidFen, ref) >
      0,
    payLater: (ref: string, at: number) => write(`update payment set pay_at = ? where ref = ? and state = 'open'`, at, ref) > 0,
    duePayments: (now: number) => all<Payment>(`${selectPayment} where pay_at <= ? and state = 'open'`, now),
    refundsOf: (ref: string) => all<Refund>(`${selectRefund} where payment_ref = ? order by rowid`, ref),
    refundBy: (merchantId: string) => one<Refund>(`${selectRefund} where merchant_id = ?`, merchantId),
    addRefund: (r: Refund) =>
      write(
        `insert into refund (ref, payment_ref, merchant_id, amount_fen, state, failure) values (?, ?, ?, ?, ?, ?)`,
        r.ref, r.paymentRef, r.merchantId, r.amountFen, r.state, r.failure,
      ), // prettier-ignore
    /** Queues a notice for so many deliveries at given instants. */
    addNotice: (n: { url: string; content: object; at: readonly number[] }) => {
      const id = randomUUID();
      const content = JSON.stringify({ noticeId: id, ...n.content });
      for (const at of n.at)
        write('insert into delivery (notice_id, url, content, next_at) values (?, ?, ?, ?)', id, n.url, content, at);
    },
    dueNotices: (now: number) =>
      all<DueNotice>(
        `select notice_id as id, delivery_id as deliveryId, url, content, attempts from delivery
         where state = 'pending' and next_at <= ? order by next_at limit 50`,
        now,
      ),
    nextDue: () =>
      one<{ at: number | null }>(
        `select min(at) as at from (select min(next_at) as at from delivery where state = 'pending'
         union all select min(pay_at) from payment where state = 'open')`,
      )?.at ?? undefined,
    delivered: (deliveryId: number) =>
      write(`update delivery set state = 'done', attempts = attempts + 1 where delivery_id = ?`, deliveryId),
    tryAgain: (deliveryId: number, at: number | undefined) =>
      write(
        `update delivery set attempts = attempts + 1, next_at = coalesce(?, next_at), state = ? where delivery_id = ?`,
        at ?? null, at === undefined ? 'given_up' : 'pending', deliveryId,
      ), // prettier-ignore
  };
}

const selectPayment = `select ref, merchant_id as merchantId, reference, amount_fen as amountFen, currency, notify_url as notifyUrl,
  return_url as returnUrl, expires_at as expiresAt, state, paid_fen as paidFen, pay_at as payAt from payment`;
const selectRefund = `select ref, payment_ref as paymentRef, merchant_id as merchantId, amount_fen as amountFen, state, failure from refund`;

const schema = `
pragma journal_mode = wal;
pragma synchronous = full;
pragma busy_timeout = 5000;
create table if not exists payment (
  ref text primary key, merchant_id text not null unique, reference text not null, amount_fen integer not null check (amount_fen > 0),
  currency text not null, notify_url text not null, return_url text not null, expires_at integer, state text not null default 'open',
  paid_fen integer not null default 0, pay_at integer
) strict;
create table if not exists refund (
  ref text primary key, payment_ref text not null references payment (ref), merchant_id text unique, amount_fen integer not null,
  state text not null, failure text
) strict;
create table if not exists delivery (
  delivery_id integer primary key, notice_id text not null, url text not null, content text not null, state text not null default 'pending',
  attempts integer not null default 0, next_at integer not null
) strict;
create index if not exists delivery_due on delivery (next_at) where state = 'pending';
`;
