import { catalog, storefront as contract } from '@tongshang/contract';
import { expect, test } from 'vitest';
import { aShopper, aStaff, useWorld } from '../../../test/world.ts';
import { aProduct } from '../../base/catalog/testing.ts';

const world = useWorld();
const page = (slug: string) => world.call(contract.getProduct, { params: { slug } }, aShopper());

test('a retired product is gone, at any address it ever had; one that never was or is not out yet is unknown', async () => {
  const operations = aStaff('operations');
  const names = { name: '旧茶', nameEn: 'Old tea', category: 'food/tea' };
  const id = await world.run((ctx) => aProduct(ctx, { code: 'old', slug: 'old-tea', ...names }));
  const edit = async (change: object) => {
    const {
      id: _,
      createdAt: __,
      updatedAt: ___,
      ...form
    } = await world.call(catalog.getProduct, { params: { id } }, operations);
    await world.call(catalog.editProduct, { params: { id }, body: { ...form, ...change } }, operations);
  };
  await edit({ slug: 'older-tea' });
  await edit({ state: 'retired' });
  const gone = { code: 'product.retired', status: 410, details: { slug: 'older-tea', ...names } };
  await expect(page('older-tea')).rejects.toMatchObject(gone);
  await expect(page('old-tea')).rejects.toMatchObject(gone);

  await world.run((ctx) => aProduct(ctx, { code: 'new', slug: 'new-tea', state: 'draft' }));
  for (const slug of ['new-tea', 'no-tea'])
    await expect(page(slug)).rejects.toMatchObject({ code: 'product.not_found', status: 404, details: { slug } });
});
