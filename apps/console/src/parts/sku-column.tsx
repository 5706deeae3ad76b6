import type { Column } from './data-table.tsx';

/** A SKU with the name of what it is, as a list's first column. */
export const skuColumn = <Row extends { sku: string; name: string; nameEn: string }>(): Column<Row> => ({
  key: 'item',
  title: 'stock.sku',
  show: (one, { name }) => (
    <>
      <code>{one.sku}</code> {name(one)}
    </>
  ),
  text: (one, { name }) => `${one.sku} ${name(one)}`,
});
