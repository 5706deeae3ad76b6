import { insight } from '@tongshang/contract';
import type { FastifyInstance } from 'fastify';
import type { Desk } from '../http/desk.ts';
import { formOf, queryOf } from '../http/forms.ts';
import { refusalOf } from '../http/refusal.ts';
import { wishUrl } from '../lib/urls.ts';
import { WishPage, type WishView } from '../pages/wish.tsx';
import { inBothLanguages } from './both.ts';

/** What one looked for and did not find: a plain form, here and where a search finds nothing. */
export function wishRoutes(app: FastifyInstance, desk: Desk): void {
  inBothLanguages(app, 'GET', wishUrl, async (request, reply) => {
    const text = (queryOf(request).get('text') ?? '').slice(0, 100);
    const view: WishView = { categories: await desk.categories(), text, note: '', outcome: 'asked' };
    return desk.sendOwn(request, reply, { page: <WishPage site={desk.siteOf(request)} view={view} /> });
  });
  inBothLanguages(app, 'POST', wishUrl, async (request, reply) => {
    const form = formOf(request);
    const site = desk.siteOf(request);
    const text = (form.get('text') ?? '').trim().slice(0, 100);
    const note = (form.get('note') ?? '').trim().slice(0, 500);
    const view = { categories: await desk.categories(), text, note };
    const answer = (outcome: WishView['outcome'], status: number) =>
      desk.sendOwn(request, reply, { status, page: <WishPage site={site} view={{ ...view, outcome }} /> });
    if (text.length < 2) return answer('missing', 422);
    const told = await refusalOf(['product_request.too_many'], async () =>
      desk.parts.call(await desk.who(request, reply), insight.askForProduct, {
        body: { text, language: site.language, ...(note !== '' && { note }) },
      }),
    );
    return 'refused' in told ? answer('too_many', 429) : answer('kept', 200);
  });
}
