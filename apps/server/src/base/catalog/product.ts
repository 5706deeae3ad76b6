// The rules of products, pure: how one is named on the web, and what a bulk row may leave out.
import { createHash } from 'node:crypto';
import type { catalog as contract } from '@tongshang/contract';
import type * as z from 'zod';
import { latinOf } from './words.ts';

export type Picture = z.output<typeof contract.Image>;

/** A product as a file or a generator knows it. What is absent stays as it is, or takes the default when the product is new. */
export interface ProductRow {
  /** 货号: the firm's own number. The same code is the same product. */
  code: string;
  name: string;
  nameEn?: string | undefined;
  slug?: string | undefined;
  summary?: string | undefined;
  summaryEn?: string | undefined;
  description?: string | undefined;
  descriptionEn?: string | undefined;
  brand?: string | undefined;
  /** A category that exists; a new product without one goes to `other`. */
  category?: string | undefined;
  line?: 'apparel' | 'food' | 'appliance' | 'general' | undefined;
  state?: 'draft' | 'active' | 'retired' | undefined;
  specs?: readonly Option[] | undefined;
  /** How it must be kept. */
  storage?: 'ambient' | 'chilled' | 'frozen' | undefined;
  variants: readonly VariantRow[];
  /** Replaces all pictures when given. */
  images?: readonly (Picture & { sku?: string | null | undefined })[] | undefined;
}

export interface VariantRow {
  sku: string;
  options?: readonly Option[] | undefined;
  barcode?: string | null | undefined;
  weightGrams?: number | null | undefined;
  /** Standard cost of one unit without VAT, fen. */
  costFen?: number | undefined;
  taxRateBp?: number | undefined;
  shelfLifeDays?: number | null | undefined;
  isLotTracked?: boolean | undefined;
  isSerialised?: boolean | undefined;
  /** How long one is under warranty from the day it is sent. */
  warrantyMonths?: number | null | undefined;
  state?: 'active' | 'retired' | undefined;
}

type Option = z.output<typeof contract.VariantOption>;

/** The address of a product that has none yet: its name in Latin letters and its code. */
export function slugOf({ code, name, nameEn }: { code: string; name: string; nameEn?: string | undefined }): string {
  const words = slugify(nameEn ?? '') || slugify(latinOf(name));
  const tail = slugify(code) || shortHash(code);
  return [words.slice(0, 80).replace(/-$/, ''), tail.slice(0, 32).replace(/-$/, '')].filter((part) => part !== '').join('-');
}

/** The same address made different by the product's code, for when another product has it already. */
export const distinctSlug = (slug: string, code: string): string => `${slug.slice(0, 100).replace(/-$/, '')}-${shortHash(code)}`;

const slugify = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\u0300-\u036F'’]/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');

const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

/** Categories from a code up to its root, the root first: `a/b` → [`a`, `a/b`]. */
export function pathOf(code: string): string[] {
  const parts = code.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
