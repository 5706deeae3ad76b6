// The words of search, pure: what a product is found by, and what a typed text looks for.
import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';
import { pinyin } from 'pinyin-pro';

export interface Searchable {
  name: string;
  nameEn: string;
  brand: string;
  /** 货号, SKUs, barcodes. */
  codes: readonly string[];
  /** Categories, option values, facts, summaries. */
  more: readonly string[];
}

type Weight = 'A' | 'B' | 'C' | 'D';

const han = /\p{Script=Han}+/gu;
const latin = /[a-z0-9]+(?:[-._/'’][a-z0-9]+)*/g;
const syllablesMax = 12;
const termsMax = 16;

/** Words that shoppers use for one another. */
const synonyms: readonly (readonly string[])[] = [
  ['吹风机', '电吹风'],
  ['电饭煲', '电饭锅'],
  ['热水壶', '电水壶', '烧水壶'],
  ['t恤', '体恤', '短袖衫'],
  ['卫衣', '运动衫'],
  ['土豆片', '薯片'],
  ['西红柿', '番茄'],
];

let dictionary: Jieba | undefined; // 0.2 s and 60 MB: only the processes that search pay for it
const jieba = (): Jieba => (dictionary ??= Jieba.withDict(dict));

/**
 * What a product is found by: Han words by every two neighbours, pinyin in full and by initials from every syllable on, Latin words,
 * numbers with and without their dashes. `document` is a tsvector literal, `names` the text that typos are compared with.
 */
export function searchRowOf(text: Searchable): { document: string; names: string } {
  const weights = new Map<string, Weight>();
  const add = (words: Iterable<string>, weight: Weight) => {
    for (const word of words) if (weight < (weights.get(word) ?? 'E')) weights.set(word, weight);
  };
  add(wordsOf(text.name), 'A');
  add(wordsOf(text.nameEn), 'A');
  for (const code of text.codes) add(wordsOf(code), 'A');
  add(wordsOf(text.brand), 'B');
  add([...soundsOf(text.name), ...soundsOf(text.brand)], 'C');
  for (const more of text.more) add(wordsOf(more), 'D');
  const document = [...weights].map(([word, weight]) => `${quoted(word)}:1${weight}`).join(' ');
  const names = [text.name, text.nameEn, text.brand, latinOf(text.name).replaceAll(' ', '')].map(normal).join(' ').trim();
  return { document, names };
}

/** A typed text as tsqueries: `all` wants every word, `any` is content with one. Undefined when nothing in it can be looked for. */
export function tsqueryOf(text: string): { all: string; any: string } | undefined {
  const units: string[] = [];
  const whole = normal(text);
  for (const chunk of whole.match(new RegExp(`${synonymPattern}|${han.source}|${latin.source}`, 'gu')) ?? [])
    units.push(...unitsOf(chunk));
  const terms = [...new Set(units)].slice(0, termsMax);
  return terms.length === 0 ? undefined : { all: terms.join(' & '), any: terms.join(' | ') };
}

/** A name in Latin letters: Han as pinyin syllables, the rest as it is. */
export const latinOf = (text: string): string =>
  normal(text)
    .replaceAll(han, (run) => ` ${syllablesOf(run).join(' ')} `)
    .replaceAll(/\s+/g, ' ')
    .trim();

export const normal = (text: string): string => text.normalize('NFKC').toLowerCase();

const synonymPattern = synonyms
  .flat()
  .toSorted((a, b) => b.length - a.length)
  .join('|');

function unitsOf(chunk: string): string[] {
  const group = synonyms.find((words) => words.includes(chunk));
  if (group !== undefined) return [`(${group.map((word) => `(${neighboursIn(word).join(' & ')})`).join(' | ')})`];
  if (/^[a-z0-9]/.test(chunk)) {
    const parts = chunk.split(/[^a-z0-9]+/); // a part with a dash behind it is complete; `gy` as a beginning would be every number of the firm
    return parts.map((part, index) => (index < parts.length - 1 ? quoted(part) : prefixed(part)));
  }
  return jieba()
    .cut(chunk, true)
    .flatMap((word) => neighboursIn(word));
}

/** A Latin word matches what begins with it, and its singular too. */
function prefixed(word: string): string {
  const singular = word.length > 3 && /[^s]s$/.test(word) ? word.slice(0, -1) : undefined;
  return singular === undefined ? `${quoted(word)}:*` : `(${quoted(word)}:* | ${quoted(singular)}:*)`;
}

/** A Han word as lexemes that all its occurrences have: two neighbours at a time, so that no segmentation can hide it. */
const neighboursIn = (word: string): string[] => {
  const marks = [...word.matchAll(new RegExp(`${han.source}|${latin.source}`, 'gu'))].flatMap(([run]) => {
    const letters = Array.from(run);
    return /^[a-z0-9]/.test(run) || letters.length === 1
      ? [run]
      : letters.slice(1).map((letter, index) => `${letters[index] ?? ''}${letter}`);
  });
  return marks.map(quoted);
};

function wordsOf(text: string): Set<string> {
  const words = new Set<string>();
  const clean = normal(text);
  for (const [run] of clean.matchAll(han)) {
    const letters = Array.from(run);
    letters.forEach((letter, index) => {
      words.add(letter);
      if (index > 0) words.add(`${letters[index - 1] ?? ''}${letter}`);
    });
  }
  for (const [run] of clean.matchAll(latin)) {
    const parts = run.split(/[^a-z0-9]+/);
    for (const part of parts) words.add(part);
    if (parts.length > 1) words.add(parts.join(''));
  }
  return words;
}

/** From every syllable on: `xiaomishouji`, `mishouji`, … and `xmsj`, `msj`, …; a typed prefix of any of them finds the name. */
function* soundsOf(text: string): Generator<string> {
  const syllables = [...normal(text).matchAll(han)].flatMap(([run]) => syllablesOf(run));
  for (let start = 0; start < syllables.length; start += 1) {
    const rest = syllables.slice(start, start + syllablesMax);
    yield rest.join('');
    yield rest.map((syllable) => syllable[0] ?? '').join('');
  }
}

const syllablesOf = (run: string): string[] => pinyin(run, { toneType: 'none', type: 'array', v: true });

const quoted = (word: string): string => `'${word.replaceAll(/['\\]/g, (mark) => mark + mark)}'`;
