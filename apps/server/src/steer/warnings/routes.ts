import { warnings as contract } from '@tongshang/contract';
import { readBook } from '../../know/metrics/index.ts';
import { handle, handleOutside } from '../../platform/route.ts';
import type { Analytics } from '../targets/index.ts';
import { checkRule } from './check-rule.ts';
import { previewRule } from './preview-rule.ts';
import { listFiring } from './list-firing.ts';
import { listEntityStates, listRules, listSignals } from './queries.ts';
import { changeRule, createRule } from './save-rule.ts';

export function warningRoutes(outside: { analytics: Analytics }) {
  return [
    handle(contract.listRules, async ({ tx }) => ({ items: await listRules(tx) })),
    handle(contract.createRule, async (ctx, { body }) => {
      checkRule(await readBook(ctx.tx, ctx.now), body);
      return createRule(ctx, body);
    }),
    handle(contract.changeRule, async (ctx, { params, body: { version, ...body } }) => {
      checkRule(await readBook(ctx.tx, ctx.now), body);
      return changeRule(ctx, { id: params.id, version, body });
    }),
    handleOutside(contract.previewRule, ({ inTx, now }, { body }) => previewRule(outside, { inTx, at: now() }, body)),
    handle(contract.listEntityStates, ({ tx }, { params, query }) => listEntityStates(tx, params.id, query)),
    handle(contract.listFiring, ({ tx }, { query }) => listFiring(tx, query)),
    handle(contract.listSignals, ({ tx }, { query }) => listSignals(tx, query)),
  ];
}
