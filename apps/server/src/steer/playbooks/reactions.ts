import type { Ctx } from '../../platform/ctx.ts';
import { on } from '../../platform/events.ts';
import { enqueue } from '../../platform/jobs.ts';
import { purchaseGivenUp, purchaseReceived } from '../../supply/purchasing/index.ts';
import { signalFired, signalResolved } from '../warnings/index.ts';
import { proposeCover } from './cover/propose-cover.ts';
import { isUndecided, move } from './decision.ts';
import { lockDecision } from './decision/lock-decision.ts';
import { queueMeasureCover } from './decision/queue.ts';
import { addSteps, announceMoves } from './decision/steps.ts';
import { proposeMarkdowns, slowMoverMetric } from './slow-mover/propose-markdowns.ts';
import { playbooks } from './tables.ts';

/** What playbooks does when others report news. Reactions write or queue; they never call the network. */
export const playbookReactions = [
  on(signalFired, 'playbooks.answer-signal', async (ctx, signal) => {
    if (signal.entity !== 'sku' || signal.direction !== 'below') return;
    if (signal.metric === 'days_of_cover')
      await enqueue(ctx.tx, proposeCover, { signalId: signal.signalId }, { key: `playbooks:cover:${signal.signalId}` });
    if (signal.metric === slowMoverMetric) await enqueue(ctx.tx, proposeMarkdowns, {}, { key: 'playbooks:markdowns' });
  }),

  on(signalResolved, 'playbooks.drop-answered-signal', async (ctx, { signalId, metric, entity, value }) => {
    if (metric !== 'days_of_cover' || entity !== 'sku') return;
    await dropWhenResolved(ctx, signalId, value);
  }),

  on(purchaseReceived, 'playbooks.note-receipt', async (ctx, { cause, number, state, lines }) => {
    const id = decisionIn(cause);
    if (id === undefined) return;
    await addSteps(ctx, [{ decisionId: id, stage: 'execution', what: 'purchase_received', details: { number, state, lines } }]);
    if (state === 'received') await queueMeasureCover(ctx, id);
  }),

  on(purchaseGivenUp, 'playbooks.note-purchase-given-up', async (ctx, { cause, number, state }) => {
    const id = decisionIn(cause);
    if (id === undefined) return;
    if (state === 'closed') return queueMeasureCover(ctx, id); // what arrived has arrived: measure that
    const decision = await lockDecision(ctx.tx, id);
    if (decision.state !== 'carried_out') return;
    const to = move(decision.state, 'rolled_back');
    await playbooks(ctx.tx)
      .updateTable('decision')
      .set({ state: to, version: decision.version + 1 })
      .where('id', '=', id)
      .execute();
    await addSteps(ctx, [
      { decisionId: id, stage: 'execution', what: 'rolled_back', rule: 'purchasing.given_up', details: { number } },
    ]);
    await announceMoves(ctx, [{ ...decision, from: decision.state, to }]);
  }),
];

/** The decision that a purchase was made for, from its cause `decision:<id>`. */
const decisionIn = (cause: string): string | undefined =>
  cause.startsWith('decision:') ? cause.slice('decision:'.length) : undefined;

/** A proposal of the house whose signal is gone is out of date: it expires, so that nobody buys what is no longer missing. */
async function dropWhenResolved(ctx: Ctx, signalId: string, value: number): Promise<void> {
  const found = await playbooks(ctx.tx).selectFrom('decision').select('id').where('signal_id', '=', signalId).executeTakeFirst();
  if (found === undefined) return;
  const decision = await lockDecision(ctx.tx, found.id);
  await addSteps(ctx, [{ decisionId: decision.id, stage: 'signal', what: 'signal_resolved', details: { value } }]);
  if (!isUndecided(decision.state) || decision.proposedByKind !== 'system') return;
  const to = move(decision.state, 'expired');
  await playbooks(ctx.tx)
    .updateTable('decision')
    .set({ state: to, decided_at: ctx.now, version: decision.version + 1 })
    .where('id', '=', decision.id)
    .execute();
  await addSteps(ctx, [
    {
      decisionId: decision.id,
      stage: 'approval',
      what: 'expired',
      rule: 'playbooks.signal_resolved',
      details: { reason: 'signal_resolved' },
    },
  ]);
  await announceMoves(ctx, [{ ...decision, from: decision.state, to }]);
}
