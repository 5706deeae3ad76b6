import type { Ctx } from '../../platform/ctx.ts';
import { Refusal, refuse } from '../../platform/fail.ts';
import type { AskedTogether, Outcome } from '../../platform/together.ts';
import { type Cart, linesMax, pricedLineOf, type StoredLine, type StoredTerms, withUnits } from './cart.ts';
import type { PricedCart } from '../promotions/index.ts';
import { type OpenCart, openCarts, saveCarts } from './open-carts.ts';
import { priceOpenCarts, quoteCarts } from './quote-carts.ts';

interface Units {
  sku: string;
  quantity: number;
}

/** What a request does to the lines of a cart; prices seen are filled in afterwards. */
type ChangeLines = (lines: readonly StoredLine[]) => StoredLine[];

interface CartChange {
  change: ChangeLines;
  /** The SKUs whose present price the shopper agrees to. */
  skus: readonly string[];
}

const unseen = -1;

/**
 * Puts units on top of those already in the cart, at most 999 a line; several SKUs, all or none. Requests of many shoppers are decided
 * together. Refuses `sku.not_found`, `sku.not_for_sale`, `price.missing`.
 */
export const addToCarts = (ctx: Ctx, asked: readonly AskedTogether<readonly Units[]>[]): Promise<Outcome<Cart>[]> =>
  changeTogether(
    ctx,
    asked.map(({ actor, input }) => ({
      actor,
      input: {
        skus: input.map((one) => one.sku),
        change: (lines) => input.reduce<StoredLine[]>((now, one) => withUnits(now, { ...one, seenFen: unseen }), [...lines]),
      },
    })),
  );

/** Sets a line's quantity and agrees to its present price. Refuses like `addToCarts`. */
export const putCartLine = (ctx: Ctx, { sku, quantity }: Units): Promise<Cart> =>
  changeOwn(ctx, {
    skus: [sku],
    change: (lines) => {
      const line = { sku, quantity, seenFen: unseen };
      return lines.some((one) => one.sku === sku) ? lines.map((one) => (one.sku === sku ? line : one)) : [...lines, line];
    },
  });

/** Takes a line out. Refuses `cart.line_not_found`. */
export const removeCartLine = (ctx: Ctx, { sku }: { sku: string }): Promise<Cart> =>
  changeOwn(ctx, {
    skus: [],
    change: (lines) => {
      if (!lines.some((line) => line.sku === sku)) refuse('cart.line_not_found', { sku });
      return lines.filter((line) => line.sku !== sku);
    },
  });

/** Chooses coupons, points and payment method; what is not named stays. */
export async function setCartTerms(ctx: Ctx, terms: StoredTerms): Promise<Cart> {
  const [open] = await openCarts(ctx, [ctx.actor]);
  if (open === undefined) throw new Error('no cart was opened');
  const next = { ...open, terms: { ...open.terms, ...terms } };
  await saveCarts(ctx, [next]);
  return only(await quoteCarts(ctx, [{ ...next, version: next.version + 1 }]));
}

async function changeOwn(ctx: Ctx, input: CartChange): Promise<Cart> {
  const outcome = only(await changeTogether(ctx, [{ actor: ctx.actor, input }]));
  if ('refusal' in outcome) throw outcome.refusal;
  return outcome.reply;
}

async function changeTogether(ctx: Ctx, asked: readonly AskedTogether<CartChange>[]): Promise<Outcome<Cart>[]> {
  const open = await openCarts(
    ctx,
    asked.map(({ actor }) => actor),
  );
  // a shopper's second request changes what the first one left
  if (new Set(open.map(({ id }) => id)).size < open.length) return oneByOne(ctx, asked);
  const turns = asked.map(({ input }, index) => {
    const cart = open[index] as OpenCart;
    return { ...cart, lines: input.change(cart.lines) };
  });
  const priced = await priceOpenCarts(ctx, turns);
  const decided = asked.map(({ input }, index): { cart: OpenCart } | { refusal: Refusal } => {
    const turn = turns[index] as OpenCart;
    const { breakdown, problems } = priced[index] as PricedCart;
    const problem = problems.find(({ sku }) => input.skus.includes(sku));
    if (problem !== undefined) return { refusal: new Refusal(problem.code, { sku: problem.sku }) };
    if (turn.lines.length > linesMax) return { refusal: new Refusal('cart.too_many_lines', { most: linesMax }) };
    const lines = turn.lines.map((line, at) => {
      const unitFen = pricedLineOf(breakdown, at)?.unitFen;
      return line.seenFen === unseen && unitFen !== undefined ? { ...line, seenFen: unitFen } : line;
    });
    return { cart: { ...turn, lines } };
  });
  const changed = decided.flatMap((one) => ('cart' in one ? [one.cart] : []));
  const [shown] = await Promise.all([
    quoteCarts(
      ctx,
      changed.map((cart) => ({ ...cart, version: cart.version + 1 })),
      priced.filter((_, index) => 'cart' in (decided[index] ?? {})),
    ),
    saveCarts(ctx, changed),
  ]);
  return decided.map((one) => ('refusal' in one ? one : { reply: shown.shift() as Cart }));
}

async function oneByOne(ctx: Ctx, asked: readonly AskedTogether<CartChange>[]): Promise<Outcome<Cart>[]> {
  const outcomes: Outcome<Cart>[] = [];
  for (const one of asked) outcomes.push(only(await changeTogether(ctx, [one])));
  return outcomes;
}

function only<T>(items: readonly T[]): T {
  const [item] = items;
  if (item === undefined) throw new Error('nothing was answered for a cart');
  return item;
}
