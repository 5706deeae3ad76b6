import { randomUUID } from 'node:crypto';
import { membership, promotions } from '@tongshang/contract';
import type { FastifyInstance } from 'fastify';
import { setFlash, takeFlash } from '../http/cookies.ts';
import type { Desk } from '../http/desk.ts';
import { queryOf } from '../http/forms.ts';
import { refusalOf } from '../http/refusal.ts';
import type { Word } from '../lib/say.ts';
import { couponsUrl, myCouponsUrl, pointsUrl, signInUrl } from '../lib/urls.ts';
import type { NoticeView } from '../parts/notice.tsx';
import { CouponCentrePage, MyCouponsPage } from '../pages/coupons.tsx';
import { PointsPage } from '../pages/points.tsx';
import type { Site } from '../site.ts';
import { coupons as words } from '../words/member.ts';
import { inBothLanguages } from './both.ts';

const refusals: Readonly<Record<string, Word>> = {
  'coupon.limit_reached': words.tookTooMany,
  'coupon_batch.used_up': words.tookNone,
  'coupon_batch.not_found': words.tookGone,
};

/** Coupons to take, coupons and points one has. */
export function couponRoutes(app: FastifyInstance, desk: Desk): void {
  const { call, secret } = desk.parts;

  inBothLanguages(app, 'GET', couponsUrl, async (request, reply) => {
    const site = desk.siteOf(request);
    const who = await desk.who(request, reply);
    const [categories, { items }] = await Promise.all([desk.categories(), call(who, promotions.listCouponOffers)]);
    const notice = noticeOf(site, takeFlash(request, reply, secret));
    const names = await desk.namesFor(items.map(({ rule }) => rule));
    const view = { categories, offers: items, names, notice, isMember: who.actor.customerId !== undefined };
    return desk.sendOwn(request, reply, { page: <CouponCentrePage site={site} view={view} /> });
  });

  inBothLanguages(app, 'POST', `${couponsUrl}/:id/taking`, async (request, reply) => {
    const site = desk.siteOf(request);
    const { id } = request.params as { id: string };
    const who = await desk.who(request, reply);
    if (who.actor.customerId === undefined) return reply.redirect(site.href(`${signInUrl}?next=coupons`), 303);
    const answer = await refusalOf([...Object.keys(refusals), 'request.invalid'], () =>
      call(who, promotions.takeCoupon, { params: { id }, idempotencyKey: randomUUID() }),
    );
    const { name, nameEn } = 'reply' in answer ? answer.reply.rule : { name: '', nameEn: '' };
    setFlash(reply, secret, 'reply' in answer ? { took: { name, nameEn } } : { refused: answer.refused.code });
    return reply.redirect(site.href(couponsUrl), 303);
  });

  inBothLanguages(app, 'GET', myCouponsUrl, async (request, reply) => {
    const site = desk.siteOf(request);
    const who = await desk.who(request, reply);
    if (who.actor.customerId === undefined) return reply.redirect(site.href(signInUrl), 302);
    const [categories, mine] = await Promise.all([desk.categories(), call(who, promotions.listMyCoupons)]);
    const names = await desk.namesFor(mine.items.map(({ rule }) => rule));
    const view = { categories, coupons: mine.items, names, serverTime: mine.serverTime };
    return desk.sendOwn(request, reply, { page: <MyCouponsPage site={site} view={view} /> });
  });

  inBothLanguages(app, 'GET', pointsUrl, async (request, reply) => {
    const site = desk.siteOf(request);
    const who = await desk.who(request, reply);
    if (who.actor.customerId === undefined) return reply.redirect(site.href(signInUrl), 302);
    const after = queryOf(request).get('after') ?? undefined;
    const [categories, standing, ledger] = await Promise.all([
      desk.categories(),
      call(who, membership.getMyStanding),
      call(who, membership.listMyPoints, { query: { after, limit: 20 } }),
    ]);
    const view = { categories, standing, entries: ledger.items, next: ledger.next };
    return desk.sendOwn(request, reply, { page: <PointsPage site={site} view={view} /> });
  });
}

interface Flash {
  took?: { name: string; nameEn: string };
  refused?: string;
}

function noticeOf(site: Site, { took, refused }: Flash): NoticeView | undefined {
  if (took) return { tone: 'good', text: site.say(words.took, { name: site.nameOf(took) }) };
  if (refused === undefined) return undefined;
  return { tone: 'bad', text: site.say(refusals[refused] ?? words.tookGone) };
}
