// A house with a mail server of its own, staff and scheduled mails, for tests.
import { randomUUID } from 'node:crypto';
import { boards as boardContract, permissionsOf, schedules as contract } from '@tongshang/contract';
import { pino } from 'pino';
import { afterEach } from 'vitest';
import type { World } from '../../../../test/world.ts';
import { createStaff } from '../../../base/identity/index.ts';
import type { StaffActor } from '../../../platform/ctx.ts';
import { Refusal } from '../../../platform/fail.ts';
import { enqueue } from '../../../platform/jobs.ts';
import { type Mailer, openMailer } from '../../../platform/mail.ts';
import type { Mailbox } from '../../../platform/testing-mail.ts';
import { drainQueue } from '../../../platform/worker.ts';
import { scheduleJobs } from './jobs.ts';
import type { OpenFigures } from './read-figures.ts';
import { startRuns } from './start-runs.ts';

type Role = 'analyst' | 'executive' | 'clerk';

/** Net sales of the house and of any store, fen: what a reader of figures answers in that scope. */
const wholeFen = 123_456;
const storeFen = 1_234;

export const salesYesterday = { kind: 'metrics', question: { metrics: ['net_sales'], period: 'yesterday' } } as const;
export const funnel = {
  kind: 'funnel',
  question: { period: 'last_7_days', steps: [{ event: 'Product Viewed' }, { event: 'Order Completed' }] },
} as const;
const daily = { cadence: 'daily', at: '08:00' } as const;

export const senderOf = (port: number): Mailer =>
  openMailer({ smtpUrl: `smtp://127.0.0.1:${port}`, from: 'Guyu <no-reply@guyu.example>' });

/** The parts of a test about scheduled mails. The figures are canned: how they are read is tested where they are. */
export function useSchedules(world: World, box: () => Mailbox) {
  const state = { readings: 0, isAway: false };
  afterEach(() => world.db.pool.query('update boards.schedule set next_at = null')); // what one test set goes out in no other
  async function aColleague(role: Role, location?: string): Promise<StaffActor & { email: string }> {
    const email = `${randomUUID()}@guyu.example`;
    const staff = await world.run((ctx) =>
      createStaff(ctx, { email, name: `${role} ${email.slice(0, 4)}`, password: 'a long password', role, location }),
    );
    return { kind: 'staff', id: staff.id, name: staff.name, role, permissions: new Set(permissionsOf[role]), location, email };
  }

  const openFigures: OpenFigures = () =>
    Promise.resolve({
      asOf: world.clock.now(),
      describe: () => ({ title: { zh: '净销售额', en: 'Net sales' }, unit: 'fen' as const }),
      dimensionsOf: () => ['day', 'channel', 'store'],
      read: ({ question }, { store }) => {
        state.readings += 1;
        if (state.isAway) throw new Refusal('analytics.unavailable', {});
        if ('steps' in question && store !== undefined) throw new Refusal('metric.out_of_scope', { store });
        const fen = store === undefined ? wholeFen : storeFen;
        return Promise.resolve({
          kind: 'metrics',
          answer: boardContract.TileAnswer.options[0].shape.answer.parse({
            metrics: ['net_sales'],
            by: [],
            period: { from: '2020-11-21', to: '2020-11-21', until: null },
            compared: null,
            window: 'none',
            rows: [],
            isCut: false,
            total: { values: { net_sales: fen }, before: null },
            versions: [],
            noSource: [],
            zone: 'Asia/Shanghai',
            asOf: world.clock.now().toISOString(),
          }),
        });
      },
    });

  /** Runs what is queued with a mail server, or without. */
  const work = (over: { mailer?: Mailer | undefined } = {}) =>
    drainQueue({
      db: world.db,
      jobs: scheduleJobs({ openFigures, consoleOrigin: 'http://console.test', mailer: senderOf(box().port), ...over }),
      reactions: [],
      schedules: [],
      clock: world.clock.now,
      logger: pino({ level: 'silent' }),
    });
  const minutePasses = async () => {
    await world.run((ctx) => enqueue(ctx.tx, startRuns, {}));
    await work();
  };

  async function aSchedule(owner: StaffActor, recipients: StaffActor[], question: object = salesYesterday) {
    const saved = await world.call(
      boardContract.saveQuestion,
      {
        body: {
          name: { zh: '昨日净销售额', en: "Yesterday's net sales" },
          question: question as never,
          chart: 'auto',
          isShared: false,
        },
      },
      owner,
    );
    const body = {
      name: '经营日报',
      subject: { kind: 'question' as const, id: saved.id },
      timing: daily,
      recipients: recipients.map(({ id }) => id),
    };
    return { ...(await world.call(contract.createSchedule, { body }, owner)), body };
  }

  const newest = async (owner: StaffActor, id: string) =>
    (await world.call(contract.listRuns, { params: { id }, query: {} }, owner)).items[0]!;
  const mailsTo = ({ email }: { email: string }) => box().mails.filter(({ to }) => to?.[0]?.address === email);

  return { state, aColleague, work, minutePasses, aSchedule, newest, mailsTo };
}
