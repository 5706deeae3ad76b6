import type { metrics as contract } from '@tongshang/contract';
import { addDays } from '../../platform/time.ts';
import { derive, formulaOf } from './definition.ts';
import { findMeasure } from './measures/index.ts';
import type { Period } from './period.ts';

export type Definition = contract.MetricDefinition;

/** One published version of a metric. Of two that are valid on a day, the newer one counts. */
export interface Version {
  name: string;
  version: number;
  /** First business day it is valid for; undefined: since ever. */
  validFrom: string | undefined;
  body: contract.MetricBody;
  note: string;
  publishedAt: Date | undefined;
  publishedByName: string | undefined;
}

/** All definitions as they stood at one moment: an answer reads it once, so that it cannot change in between. */
export interface Book {
  today: string;
  /** Changes with every published version. */
  edition: string;
  /** By name, oldest version first. */
  metrics: ReadonlyMap<string, readonly Version[]>;
}

const validOn = (versions: readonly Version[], day: string): Version | undefined =>
  versions.findLast(({ validFrom }) => validFrom === undefined || validFrom <= day);

export const versionOn = (book: Book, name: string, day: string): Version | undefined =>
  validOn(book.metrics.get(name) ?? [], day);

/** A metric as it is defined on a day, today unless told; undefined when there is none of that name. */
export function findDefinition(book: Book, name: string, day = book.today): Definition | undefined {
  const version = versionOn(book, name, day);
  return version && definitionOf(version);
}

/** Every metric as it is defined today, shipped ones first in their order. */
export const definitionsOf = (book: Book): Definition[] =>
  [...book.metrics.keys()].flatMap((name) => findDefinition(book, name) ?? []);

export const definitionOf = ({ name, version, validFrom, body }: Version): Definition => ({
  ...body,
  name,
  version,
  validFrom: validFrom ?? null,
  formula: formulaOf(body.expression),
  ...derive(body.expression, findMeasure),
});

export interface Piece {
  from: string;
  to: string;
  version: Version;
}

/** The versions of a metric over a period, each with its days. */
export function versionsOver(book: Book, name: string, { from, to }: Pick<Period, 'from' | 'to'>): Piece[] {
  const versions = book.metrics.get(name) ?? [];
  const starts = [
    ...new Set([
      from,
      ...versions.flatMap(({ validFrom }) => (validFrom !== undefined && validFrom > from && validFrom <= to ? [validFrom] : [])),
    ]),
  ].toSorted();
  const pieces: Piece[] = [];
  for (const [index, start] of starts.entries()) {
    const version = validOn(versions, start);
    if (version === undefined) continue;
    const next = starts[index + 1];
    const end = next === undefined ? to : addDays(next, -1);
    const last = pieces.at(-1);
    if (last?.version === version) last.to = end;
    else pieces.push({ from: start, to: end, version });
  }
  return pieces;
}

/** The pieces that have to be computed apart: versions that count the same way, whatever they are called, are one. */
export function piecesOf(book: Book, name: string, period: Pick<Period, 'from' | 'to'>): Piece[] {
  const pieces: Piece[] = [];
  for (const piece of versionsOver(book, name, period)) {
    const last = pieces.at(-1);
    if (last !== undefined && countsAlike(last.version, piece.version))
      Object.assign(last, { to: piece.to, version: piece.version });
    else pieces.push({ ...piece });
  }
  return pieces;
}

const countsAlike = (one: Version, other: Version): boolean => wayOf(one) === wayOf(other);
const wayOf = ({ body: { expression, zone, missing } }: Version): string => JSON.stringify([expression, zone, missing]);
