// The registry of measures: a family a line.
import { campaigns } from './campaigns.ts';
import { cash } from './cash.ts';
import { customers, repurchase } from './customers.ts';
import { growth, retention } from './growth.ts';
import { handling } from './handling.ts';
import type { Family, Measure } from './measure.ts';
import { outside } from './outside.ts';
import { sales } from './sales.ts';
import { complaints, delivery, serving } from './serving.ts';
import { stock } from './stock.ts';
import { visits } from './visits.ts';

const families: readonly Family[] = [
  sales, visits, customers, repurchase, stock, handling, delivery, complaints, serving, growth, retention, campaigns, cash, ...outside,
]; // prettier-ignore

const found = new Map(
  families.flatMap((family) => family.measures.map((measure) => [measure.name, { family, measure }] as const)),
);

export const findMeasure = (name: string): Measure | undefined => found.get(name)?.measure;
export const familyOf = (name: string): Family | undefined => found.get(name)?.family;
export const measures: readonly Measure[] = families.flatMap((family) => family.measures);
