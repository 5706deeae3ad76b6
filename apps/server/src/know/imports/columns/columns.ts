// Which column means what: recognised by its heading, in Chinese and English, whatever the spacing, width or case.
import { imports as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { customerFileNames, synonyms } from './synonyms.ts';

type Kind = z.output<typeof contract.ImportKind>;
type Field = contract.ImportField;
export type Mapping = (Field | null)[];

/** A heading without what does not matter: width, case, spaces, punctuation, a unit in brackets. */
export function normalHeading(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[(（[【].*?[)）\]】]/g, '')
    .replaceAll(/[\s_\-./:：*#'"﻿]+/g, '');
}

const wordsOf = (kind: Kind, field: Field): readonly string[] =>
  kind === 'customers' && field === 'name' ? customerFileNames : synonyms[field];

interface Claim {
  column: number;
  field: Field;
  rank: number;
}

/** The most likely meaning of each column, each field at most once; null where nothing fits. */
export function suggestMapping(kind: Kind, headers: readonly string[]): Mapping {
  const claims = headers.flatMap((header, column) =>
    contract.importFields[kind].flatMap(({ field }) => claimOf(kind, field, header, column)),
  );
  const mapping: Mapping = headers.map(() => null);
  const taken = new Set<Field>();
  for (const { column, field } of claims.toSorted((a, b) => a.rank - b.rank || a.column - b.column)) {
    if (mapping[column] !== null || taken.has(field)) continue;
    mapping[column] = field;
    taken.add(field);
  }
  return mapping;
}

/** Exact words rank by their place in the list; a heading that only contains a word ranks behind all of them. */
function claimOf(kind: Kind, field: Field, header: string, column: number): Claim[] {
  const heading = normalHeading(header);
  if (heading === '') return [];
  const words = wordsOf(kind, field).map(normalHeading);
  const exact = words.indexOf(heading);
  if (exact !== -1 || heading === field.toLowerCase()) return [{ column, field, rank: Math.max(exact, 0) }];
  const part = words.findIndex((word) => isLongEnough(word) && heading.includes(word));
  return part === -1 ? [] : [{ column, field, rank: 1000 - (words[part]?.length ?? 0) }];
}

const isLongEnough = (word: string): boolean => word.length >= (/[一-鿿]/.test(word) ? 2 : 5);

/** Required fields that no column is mapped to. */
export function missingFields(kind: Kind, mapping: readonly (Field | null)[]): Field[] {
  return contract.importFields[kind]
    .filter(({ field, required }) => required && !mapping.includes(field))
    .map(({ field }) => field);
}

/** The kind whose required columns are all there, and most of whose columns are; undefined when none fits. */
export function guessKind(headers: readonly string[]): Kind | undefined {
  const fits = contract.importKinds
    .map((kind) => ({ kind, mapping: suggestMapping(kind, headers) }))
    .filter(({ kind, mapping }) => missingFields(kind, mapping).length === 0)
    .map(({ kind, mapping }) => ({ kind, score: mapping.filter((field) => field !== null).length }));
  return fits.toSorted((a, b) => b.score - a.score)[0]?.kind;
}

/** The row among the first that reads most like headings, counted from 1; exports often begin with a title or a date line. */
export function findHeaderRow(rows: readonly (readonly string[])[]): number {
  let best = {
    row:
      1 +
      Math.max(
        0,
        rows.findIndex((row) => row.some((cell) => cell.trim() !== '')),
      ),
    known: 1,
  };
  for (const [index, row] of rows.slice(0, 20).entries()) {
    const known = Math.max(
      ...contract.importKinds.map((kind) => suggestMapping(kind, row).filter((field) => field !== null).length),
    );
    if (known > best.known) best = { row: index + 1, known };
  }
  return best.row;
}
