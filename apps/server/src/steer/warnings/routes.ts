import { warnings as contract } from '@tongshang/contract';
import { handle, handleOutside } from '../../platform/route.ts';
import type { Figures } from '../targets/index.ts';
import { checkRule } from './check-rule.ts';
import { previewRule } from './preview-rule.ts';
import { listEntityStates, listRules, listSignals } from './queries.ts';
import { changeRule, createRule } from './save-rule.ts';

export function warningRoutes(outside: { figures: Figures }) {
  return [
    handle(contract.listRules, async ({ tx }) => ({ items: await listRules(tx) })),
    handle(contract.createRule, (ctx, { body }) => {
      checkRule(outside.figures, body);
      return createRule(ctx, body);
    }),
    handle(contract.changeRule, (ctx, { params, body: { version, ...body } }) => {
      checkRule(outside.figures, body);
      return changeRule(ctx, { id: params.id, version, body });
    }),
    handleOutside(contract.previewRule, ({ inTx, now }, { body }) => previewRule(outside, { inTx, at: now() }, body)),
    handle(contract.listEntityStates, ({ tx }, { params, query }) => listEntityStates(tx, params.id, query)),
    handle(contract.listSignals, ({ tx }, { query }) => listSignals(tx, query)),
  ];
}
