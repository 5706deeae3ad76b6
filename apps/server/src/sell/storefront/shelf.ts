// What lists are filtered, sorted and counted by, pure: the small columns of all cards as arrays, in four orders that are kept up to date.
import type { storefront as contract } from '@tongshang/contract';

export type Sort = (typeof contract.sorts)[number];

/** The small columns of a card. */
export interface ShelfRow {
  productId: string;
  category: string;
  brand: string;
  /** `name:value`, and the same in English at the same place. */
  options: readonly string[];
  optionsEn: readonly string[];
  /** null: not shown. */
  priceFen: number | null;
  isInStock: boolean;
  /** Microseconds since 1970. */
  createdUs: number;
  /** The transaction that wrote it last. */
  changed: number;
}

export interface OptionWord {
  name: string;
  nameEn: string;
  value: string;
  valueEn: string;
}

/** A product is a position, the same as long as the process lives; each column is an array by position. */
export interface Shelf {
  productIds: string[];
  positions: Map<string, number>;
  categories: Words;
  brands: Words;
  optionNames: Words;
  options: Words;
  optionWords: OptionWord[];
  nameOfOption: number[];
  category: number[];
  brand: number[];
  /** Options of a product; products with the same ones share the array. */
  choices: (readonly number[])[];
  choiceSets: Map<string, readonly number[]>;
  priceFen: number[];
  isShown: boolean[];
  isInStock: boolean[];
  createdUs: number[];
  changed: number[];
  /** Newest of its category 0, the next 1, and so on. */
  rank: number[];
  orders: Record<Sort, Uint32Array>;
  /** Orders cut to a category, made when somebody asks. */
  cuts: Map<string, Uint32Array>;
}

interface Words {
  ids: Map<string, number>;
  words: string[];
}

const noWords = (): Words => ({ ids: new Map(), words: [] });
const none = new Uint32Array();

export const makeShelf = (): Shelf => ({
  productIds: [], positions: new Map(), categories: noWords(), brands: noWords(), optionNames: noWords(), options: noWords(),
  optionWords: [], nameOfOption: [], category: [], brand: [], choices: [], choiceSets: new Map(), priceFen: [], isShown: [], isInStock: [],
  createdUs: [], changed: [], rank: [], orders: { recommended: none, newest: none, price_asc: none, price_desc: none }, cuts: new Map(),
}); // prettier-ignore

/** Takes new and changed cards over; what they were sorted by before is forgotten. A row that is known already changes nothing. */
export function putOnShelf(shelf: Shelf, rows: readonly ShelfRow[]): void {
  const fresh = rows.filter((row) => shelf.changed[shelf.positions.get(row.productId) ?? -1] !== row.changed);
  if (fresh.length === 0) return;
  const moved = new Set(fresh.map((row) => putRow(shelf, row)));
  const { orders } = shelf;
  orders.newest = reorder(shelf, orders.newest, moved, newestFirst(shelf));
  orders.price_asc = reorder(shelf, orders.price_asc, moved, cheapestFirst(shelf));
  orders.price_desc = reorder(shelf, orders.price_desc, moved, dearestFirst(shelf));
  orders.recommended = reorder(shelf, orders.recommended, rankAnew(shelf, moved), recommendedFirst(shelf));
  shelf.cuts.clear();
}

/** Shown products in an order, all or those of a category and what is below it. */
export function inOrder(shelf: Shelf, sort: Sort, category: string | undefined): Uint32Array {
  if (category === undefined) return shelf.orders[sort];
  const key = `${sort} ${category}`;
  const known = shelf.cuts.get(key);
  if (known !== undefined) return known;
  const slash = category.lastIndexOf('/');
  const wider = inOrder(shelf, sort, slash < 0 ? undefined : category.slice(0, slash));
  const isWithin = categoriesWithin(shelf, category);
  const cut = wider.filter((position) => isWithin[shelf.category[position] ?? 0] === true);
  if (cut.length > 0) shelf.cuts.set(key, cut); // unknown categories leave nothing behind
  return cut;
}

/** By category number: is it this one or below it. */
export const categoriesWithin = ({ categories }: Shelf, category: string): boolean[] =>
  categories.words.map((code) => code === category || code.startsWith(`${category}/`));

function putRow(shelf: Shelf, row: ShelfRow): number {
  const position = shelf.positions.get(row.productId) ?? shelf.productIds.length;
  if (position === shelf.productIds.length) {
    shelf.productIds.push(row.productId);
    shelf.positions.set(row.productId, position);
    shelf.rank.push(0);
  }
  shelf.category[position] = wordId(shelf.categories, row.category);
  shelf.brand[position] = wordId(shelf.brands, row.brand);
  shelf.choices[position] = choicesOf(shelf, row);
  shelf.priceFen[position] = row.priceFen ?? 0;
  shelf.isShown[position] = row.priceFen !== null;
  shelf.isInStock[position] = row.isInStock;
  shelf.createdUs[position] = row.createdUs;
  shelf.changed[position] = row.changed;
  return position;
}

function choicesOf(shelf: Shelf, { options, optionsEn }: ShelfRow): readonly number[] {
  const key = JSON.stringify([options, optionsEn]);
  const known = shelf.choiceSets.get(key);
  if (known !== undefined) return known;
  const choices = options.map((option, index) => optionId(shelf, option, optionsEn[index] ?? ''));
  shelf.choiceSets.set(key, choices);
  return choices;
}

function optionId(shelf: Shelf, option: string, optionEn: string): number {
  const id = wordId(shelf.options, `${option}\n${optionEn}`);
  if (id === shelf.optionWords.length) {
    const [name, value] = halves(option);
    const [nameEn, valueEn] = halves(optionEn);
    shelf.optionWords.push({ name, nameEn, value, valueEn });
    shelf.nameOfOption.push(wordId(shelf.optionNames, name));
  }
  return id;
}

const halves = (option: string): [string, string] => {
  const colon = option.indexOf(':');
  return colon < 0 ? [option, option] : [option.slice(0, colon), option.slice(colon + 1)];
};

function wordId({ ids, words }: Words, word: string): number {
  const known = ids.get(word);
  if (known !== undefined) return known;
  ids.set(word, words.length);
  return words.push(word) - 1;
}

type Compare = (a: number, b: number) => number;

/** An order with the moved products taken out and put in again: as long as the shelf, not sorted anew. */
function reorder({ isShown }: Shelf, order: Uint32Array, moved: ReadonlySet<number>, compare: Compare): Uint32Array {
  const stay = order.filter((position) => !moved.has(position));
  const come = [...moved].filter((position) => isShown[position] === true).toSorted(compare);
  const merged = new Uint32Array(stay.length + come.length);
  let [left, right] = [0, 0];
  for (let at = 0; at < merged.length; at += 1) {
    const [a, b] = [stay[left], come[right]];
    const takesLeft = b === undefined || (a !== undefined && compare(a, b) < 0);
    merged[at] = (takesLeft ? a : b) ?? 0;
    if (takesLeft) left += 1;
    else right += 1;
  }
  return merged;
}

/** Counts each category through, newest first. Answers the moved and those whose rank is another now. */
function rankAnew(shelf: Shelf, moved: ReadonlySet<number>): Set<number> {
  const counts = new Uint32Array(shelf.categories.words.length);
  const all = new Set(moved);
  for (const position of shelf.orders.newest) {
    const category = shelf.category[position] ?? 0;
    const rank = counts[category] ?? 0;
    counts[category] = rank + 1;
    if (shelf.rank[position] === rank) continue;
    shelf.rank[position] = rank;
    all.add(position);
  }
  return all;
}

const by = (column: readonly number[], a: number, b: number): number => (column[a] ?? 0) - (column[b] ?? 0);
const byId = ({ productIds }: Shelf, a: number, b: number): number => ((productIds[a] ?? '') < (productIds[b] ?? '') ? -1 : 1);

const newestFirst =
  (shelf: Shelf): Compare =>
  (a, b) =>
    by(shelf.createdUs, b, a) || byId(shelf, b, a);
const cheapestFirst =
  (shelf: Shelf): Compare =>
  (a, b) =>
    by(shelf.priceFen, a, b) || byId(shelf, a, b);
const dearestFirst =
  (shelf: Shelf): Compare =>
  (a, b) =>
    by(shelf.priceFen, b, a) || byId(shelf, a, b);

/** What can be had, then the newest of each category in turn: the first page shows the breadth. */
const recommendedFirst =
  (shelf: Shelf): Compare =>
  (a, b) =>
    Number(shelf.isInStock[b]) - Number(shelf.isInStock[a]) || by(shelf.rank, a, b) || newestFirst(shelf)(a, b);
