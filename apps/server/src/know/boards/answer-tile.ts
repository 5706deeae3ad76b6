import type { boards as contract } from '@tongshang/contract';
import type { Actor, Ctx } from '../../platform/ctx.ts';
import { dayOf } from '../../platform/time.ts';
import { endOfMinute, type Figures, findDefinition, openFigures, scopeOf } from '../metrics/index.ts';
import { type Analytics, type Freshness, readFreshness } from '../stream/index.ts';
import { layBar } from './bar.ts';
import { readTile, type TileFigures, withAsOf } from './read-tile.ts';
import { sharedAnswers } from './shared-answers.ts';

/** Who asks, when, and how to look into the database for a moment. */
interface Asker {
  actor: Actor;
  now: () => Date;
  inTx: <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>;
}

interface Kept extends Opened {
  tile: TileFigures;
}

interface Opened {
  fresh: Freshness;
  figures: Figures;
}

/** How long an answer is given again although newer figures exist: what holds today moves, what is past hardly does. */
const keepLiveMs = 500;
const keepPastMs = 30_000;

/**
 * Answers tiles for everybody who looks at the same: one reading for all screens with the same question, bar and scope while no newer
 * figures arrived. Figures are cut at the end of the running minute, so that nothing of today is missing and answers can be shared.
 */
export function tileAnswers(analytics: Analytics) {
  const share = sharedAnswers<Kept>();
  const opened = openedOnce(analytics);
  return async (asker: Asker, { question: asked, bar }: { question: contract.TileQuestion; bar: contract.BoardBar }) => {
    const { fresh, figures } = await opened(asker);
    const scope = scopeOf(asker.actor);
    const { question, notNarrowedBy } = layBar(asked, bar, (metric) => findDefinition(figures.book, metric)?.dimensions);
    const isNow = isLive(question);
    const keepMs = isNow ? keepLiveMs : keepPastMs;
    const kept = await share({
      name: JSON.stringify([question, scope, isNow ? figures.now : dayOf(figures.now)]),
      version: `${fresh.version} ${figures.book.edition}`,
      keepMs,
      read: async () => ({ fresh, figures, tile: await readTile(figures, question, scope) }),
    });
    return {
      asOf: kept.fresh.asOf.toISOString(),
      version: kept.fresh.version,
      keepMs,
      tile: withAsOf(kept.tile, kept.fresh.asOf),
      notNarrowedBy,
    };
  };
}

/** The freshness, then the definitions; askers that come while they are read wait for the same. */
function openedOnce(analytics: Analytics): (asker: Asker) => Promise<Opened> {
  let opening: Promise<Opened> | undefined;
  const open = async ({ inTx }: Asker): Promise<Opened> => {
    const fresh = await inTx((ctx) => readFreshness(ctx.tx, ctx.now)); // first: the figures are at least this fresh
    const figures = await openFigures(analytics, inTx);
    return { fresh, figures: { ...figures, now: endOfMinute(figures.now) } };
  };
  return (asker) => (opening ??= open(asker).finally(() => (opening = undefined)));
}

const isLive = ({ question: { period } }: contract.TileQuestion): boolean =>
  period === 'today' || (period?.startsWith('this_') ?? false);
