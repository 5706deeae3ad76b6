import { useSuspenseQuery } from '@tanstack/react-query';
import { catalog, type ReplyOf } from '@tongshang/contract';
import { productLines, productStates } from '@tongshang/ui';
import { type LoaderFunctionArgs, useParams } from 'react-router';
import { client, q } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useName, useTerm, useWords } from '../../lib/language.ts';
import { useMay } from '../../lib/session.ts';
import { Facts, ObjectPage, Section } from '../../parts/object-page.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { ProductForm } from './product-form.tsx';
import { VariantTable } from './variant-table.tsx';

export type Product = ReplyOf<typeof catalog.getProduct>;

const product = (id: string | undefined) => q(catalog.getProduct, { params: { id: id ?? '' } });

export const loader = ({ params }: LoaderFunctionArgs) => client.ensureQueryData(product(params['id']));

export function Page() {
  const words = useWords();
  const name = useName();
  const term = useTerm();
  const f = useFormat();
  const mayDo = useMay();
  const { id } = useParams();
  const { data } = useSuspenseQuery(product(id));
  return (
    <ObjectPage
      title={name(data)}
      module={words('nav.products')}
      back={{ to: '/sell/products', text: words('nav.products') }}
      id={data.code}
      status={<StatusTag status={productStates[data.state]} code={data.state} />}
      facts={`${data.code} · ${data.brand || '—'} · ${data.category}`}
      aside={
        <>
          <Section title={words('products.images')}>
            {data.images.length === 0 && <p className="second">{words('products.noImages')}</p>}
            <ul className="image-grid">
              {data.images.slice(0, 8).map((image) => (
                <li key={image.src}>
                  <img
                    src={image.src}
                    alt={f.language === 'en' ? image.altEn : image.alt}
                    width={96}
                    height={96}
                    loading="lazy"
                  />
                </li>
              ))}
            </ul>
          </Section>
          <Section title={words('products.facts')}>
            <Facts
              facts={[
                [words('products.line'), term(productLines, data.line)],
                [words('products.slug'), <code key="slug">{data.slug}</code>],
                [words('products.createdAt'), f.instant(data.createdAt)],
                [words('products.updatedAt'), f.instant(data.updatedAt)],
                ...data.specs.map((spec) =>
                  f.language === 'en' && spec.nameEn
                    ? ([spec.nameEn, spec.valueEn] as const)
                    : ([spec.name, spec.value] as const),
                ),
              ]}
            />
          </Section>
        </>
      }
    >
      <VariantTable product={data} withPrices={mayDo('pricing.view')} />
      <ProductForm key={data.version} product={data} />
    </ObjectPage>
  );
}
