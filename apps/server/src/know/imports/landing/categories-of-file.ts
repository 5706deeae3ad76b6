import { pinyin } from 'pinyin-pro';
import { type CategoryFacts, listCategories, upsertCategories } from '../../../base/catalog/index.ts';
import type { Ctx } from '../../../platform/ctx.ts';
import { normalHeading } from '../columns/columns.ts';

/**
 * The category that each text of a file means: a code or a name of ours, or a path of names (`服装/T恤`, `服装 > T恤`). A firm brings its
 * own tree: what is not there yet is added, each level once.
 */
export async function categoriesOfFile(ctx: Ctx, texts: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  if (texts.length === 0) return found;
  const known = await listCategories(ctx.tx);
  const added = new Map<string, { code: string; name: string; nameEn: string; position: number }>();
  for (const text of new Set(texts)) {
    const names = text
      .split(/[/>＞»]/)
      .map((name) => name.trim())
      .filter((name) => name !== '');
    found.set(text, findByWord(known, text) ?? descend(known, added, names));
  }
  await upsertCategories(ctx, [...added.values()]);
  return found;
}

function findByWord(known: readonly CategoryFacts[], text: string): string | undefined {
  const word = normalHeading(text);
  return (
    known.find(({ code }) => code === text) ??
    known.find(({ name, nameEn }) => normalHeading(name) === word || normalHeading(nameEn) === word)
  )?.code;
}

type Added = Map<string, { code: string; name: string; nameEn: string; position: number }>;

function descend(known: readonly CategoryFacts[], added: Added, names: readonly string[]): string {
  let parent: string | null = null;
  for (const name of names) {
    const here: string | null = parent;
    const word = normalHeading(name);
    const old = known.find(
      (one) => one.parent === here && (normalHeading(one.name) === word || normalHeading(one.nameEn) === word),
    );
    const code: string = old?.code ?? `${here === null ? '' : `${here}/`}${codeOf(name)}`;
    if (old === undefined && !known.some((one) => one.code === code))
      added.set(code, { code, name, nameEn: name, position: 900 });
    parent = code;
  }
  return parent ?? 'other';
}

const codeOf = (name: string): string =>
  pinyin(name, { toneType: 'none', separator: '-', nonZh: 'consecutive' })
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 40) || `c${Buffer.from(name).toString('hex')}`.slice(0, 40);
