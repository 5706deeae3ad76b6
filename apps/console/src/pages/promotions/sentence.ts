import { useQueries, useQuery } from '@tanstack/react-query';
import { catalog, type ConditionTree, customers, type LineFilter, membership, pricing, promotions } from '@tongshang/contract';
import {
  type Language,
  paymentProviders,
  type PromotionNames,
  type PromotionRule,
  promotionSentence,
  say,
  type Word,
} from '@tongshang/ui';
import { q } from '../../lib/api.ts';
import { useLanguage } from '../../lib/language.ts';
import { useMay } from '../../lib/session.ts';

interface Named {
  name: string;
  nameEn: string;
}
type Table = ReadonlyMap<string, Named>;

const inLanguage = (table: Table, language: Language) => (code: string) => {
  const named = table.get(code);
  return named && (language === 'en' && named.nameEn !== '' ? named.nameEn : named.name);
};
const tableOf = <Item extends Named>(items: readonly Item[] | undefined, code: (item: Item) => string): Table =>
  new Map(items?.map((item) => [code(item), item]));

/** How categories, tiers, segments and ways to pay are called, as far as this person may know. */
function useNames(): (language: Language) => PromotionNames {
  const mayDo = useMay();
  const categories = useQuery({ ...q(catalog.listCategories), enabled: mayDo('catalog.view') });
  const tiers = useQuery({ ...q(membership.listTiers), enabled: mayDo('membership.view') });
  const segments = useQuery({ ...q(customers.listSegments), enabled: mayDo('customers.view') });
  const methods: Readonly<Record<string, Word | undefined>> = paymentProviders;
  return (language) => ({
    category: inLanguage(
      tableOf(categories.data?.items, ({ code }) => code),
      language,
    ),
    tier: inLanguage(
      tableOf(tiers.data?.items, ({ code }) => code),
      language,
    ),
    segment: inLanguage(
      tableOf(segments.data?.items, ({ code }) => code),
      language,
    ),
    paymentMethod: (code) => {
      const word = methods[code];
      return word && say(word, language);
    },
  });
}

/** A rule as one sentence in the reader's language; window and limits, which stand beside it, are left out. */
export function useSentence(): (rule: PromotionRule) => string {
  const language = useLanguage();
  const names = useNames();
  return ({ stage, when, then }) => promotionSentence({ stage, when, then }, language, names(language));
}

const askedMax = 10; // a sentence names three at most

function filtersIn(tree: ConditionTree): readonly LineFilter[] {
  if ('is' in tree) return tree.is === 'amount' || tree.is === 'quantity' ? [tree.of] : [];
  if ('not' in tree) return filtersIn(tree.not);
  return ('all' in tree ? tree.all : tree.any).flatMap(filtersIn);
}

/** The filters of a rule, wherever they stand. */
function filtersOf({ when, then }: PromotionRule): readonly LineFilter[] {
  const own: LineFilter[] =
    'of' in then
      ? [then.of]
      : then.gives === 'buy_x_get_y'
        ? [then.buy, then.get]
        : then.gives === 'bundle_price'
          ? then.items.map(({ of }) => of)
          : then.gives === 'gift' && then.sku !== ''
            ? [{ skus: [then.sku] }]
            : [];
  return [...own, ...filtersIn(when)];
}

/** One rule in both languages, with the names of the goods that it names. */
export function useBothSentences(rule: PromotionRule): (language: Language) => string {
  const names = useNames();
  const filters = filtersOf(rule);
  const skus = [...new Set(filters.flatMap((filter) => [...(filter.skus ?? []), ...(filter.exceptSkus ?? [])]))].slice(
    0,
    askedMax,
  );
  const ids = [...new Set(filters.flatMap(({ productIds = [] }) => productIds))].slice(0, askedMax);
  const nextId = rule.then.gives === 'coupon' ? rule.then.promotionId : '';
  const found = useQueries({ queries: skus.map((sku) => q(pricing.listPrices, { params: { sku } })) });
  const products = useQueries({ queries: ids.map((id) => q(catalog.getProduct, { params: { id } })) });
  const next = useQuery({ ...q(promotions.getPromotion, { params: { id: nextId } }), enabled: nextId !== '' });
  const skuTable = tableOf(found.flatMap(({ data }) => (data ? [data.current] : [])), ({ sku }) => sku); // prettier-ignore
  const productTable = tableOf(products.flatMap(({ data }) => (data ? [data] : [])), ({ id }) => id); // prettier-ignore
  const nextTable = tableOf(next.data && [next.data], ({ id }) => id);
  return (language) =>
    promotionSentence(rule, language, {
      ...names(language),
      sku: inLanguage(skuTable, language),
      product: inLanguage(productTable, language),
      promotion: inLanguage(nextTable, language),
    });
}
