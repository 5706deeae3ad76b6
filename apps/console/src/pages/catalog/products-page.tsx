import { useSuspenseQuery } from '@tanstack/react-query';
import { catalog } from '@tongshang/contract';
import { productLines, productStates } from '@tongshang/ui';
import type { LoaderFunctionArgs } from 'react-router';
import { client, q } from '../../lib/api.ts';
import { useName, useWords } from '../../lib/language.ts';
import type { Column } from '../../parts/data-table.tsx';
import type { Filter } from '../../parts/filters.tsx';
import { listLoader, QueryList, type RowOf } from '../../parts/query-list.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';

const categories = q(catalog.listCategories);

export const loader = async (args: LoaderFunctionArgs) => {
  await Promise.all([listLoader(catalog.listProducts)(args), client.ensureQueryData(categories)]);
  return null;
};

const columns: readonly Column<RowOf<typeof catalog.listProducts>>[] = [
  {
    key: 'name',
    title: 'products.name',
    show: (product, { name, f }) => (
      <span className="with-image">
        {product.image && <img src={product.image.src} alt="" width={40} height={40} loading="lazy" />}
        <span>
          {name(product)} <span className="third">{f.language === 'en' ? '' : product.nameEn}</span>
        </span>
      </span>
    ),
  },
  { key: 'code', title: 'products.code', show: (product) => <code>{product.code}</code>, card: 'second' },
  { key: 'category', title: 'products.category', show: (product) => product.category, card: 'second' },
  { key: 'line', title: 'products.line', show: (product, { term }) => term(productLines, product.line) },
  {
    key: 'variants',
    title: 'products.variants',
    isNumber: true,
    show: (product, { f }) => f.count(product.variantCount),
    card: 'right',
  },
  { key: 'updated', title: 'products.updatedAt', show: (product, { f }) => f.instant(product.updatedAt) },
  {
    key: 'state',
    title: 'orders.state',
    show: (product) => <StatusTag status={productStates[product.state]} code={product.state} />,
    card: 'status',
  },
];

export function Page() {
  const words = useWords();
  const name = useName();
  const { data } = useSuspenseQuery(categories);
  const filters: readonly Filter[] = [
    { kind: 'search', name: 'search', label: 'products.search' },
    {
      kind: 'list',
      name: 'category',
      label: 'products.category',
      options: data.items.map((one) => ({ value: one.code, label: indent(one.code) + name(one) })),
    },
    { kind: 'choice', name: 'line', label: 'products.line', terms: productLines },
    { kind: 'choice', name: 'state', label: 'orders.state', terms: productStates },
  ];
  return (
    <QueryList
      endpoint={catalog.listProducts}
      title={words('nav.products')}
      module={words('wing.sell')}
      filters={filters}
      columns={columns}
      rowKey={(product) => product.id}
      href={(product) => `/sell/products/${product.id}`}
      empty={{ sentence: words('products.empty') }}
    />
  );
}

const indent = (code: string): string => '　'.repeat(code.split('/').length - 1);
