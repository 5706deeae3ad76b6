import { imports as contract } from '@tongshang/contract';
import type { Kind } from '../tables.ts';
import { csvFile, type TableFile, xlsxFile } from '../../../platform/table-file/write-table.ts';
import { headingOf, type Language } from './words.ts';

type Example = Partial<Record<contract.ImportField, string>>;

const examples: Readonly<Record<Kind, readonly [Example, Example]>> = {
  products: [
    { sku: 'TEE-01-WHT-M', name: '圆领短袖 T 恤', style: 'TEE-01', nameEn: 'Crew-neck T-shirt', brand: '谷雨', category: '服装/T恤', line: '服装', color: '白色', size: 'M', barcode: '06901234567892', price: '129.00', cost: '46.50', taxRate: '13%', weight: '210', state: '上架' },
    { sku: 'TEA-08', name: '明前龙井 100g', nameEn: 'Longjing tea 100 g', brand: '谷雨', category: '食品/茶叶', line: '食品', barcode: '06901234567908', price: '￥268', cost: '120', taxRate: '13%', weight: '180', shelfLifeDays: '540', state: '上架' },
  ],
  stock: [
    { sku: 'TEE-01-WHT-M', quantity: '120', location: 'WH1', cost: '46.50' },
    { sku: 'TEA-08', quantity: '64', location: 'S01', cost: '120' },
  ],
  customers: [
    { customer: 'K00012', name: '林晓', phone: '138 0013 8000', email: 'linxiao@example.com' },
    { customer: 'K00013', name: '周明', phone: '+86 139-0013-9000' },
  ],
  orders: [
    { order: '20261101-001', sku: 'TEE-01-WHT-M', quantity: '2', price: '129.00', placedAt: '2026-11-01 10:24', name: '圆领短袖 T 恤', customer: 'K00012', customerName: '林晓', phone: '13800138000', region: '浙江省杭州市', address: '西湖区龙井路 1 号' },
    { order: '20261101-001', sku: 'TEA-08', quantity: '1', price: '268.00', placedAt: '2026年11月1日 10:24', name: '明前龙井 100g', customer: 'K00012' },
  ],
}; // prettier-ignore

/** An empty file with the headings that are recognised by themselves, and two example rows. */
export async function makeTemplate(
  kind: Kind,
  { format, language }: { format: 'csv' | 'xlsx'; language: Language },
): Promise<TableFile & { fileName: string }> {
  const file = format === 'xlsx' ? await xlsxFile(rowsOf(kind, language)) : csvFile(rowsOf(kind, language));
  return { ...file, fileName: `${kind}-template.${file.extension}` };
}

// oxlint-disable-next-line require-await -- a table of any length is read as a stream, this one is short
async function* rowsOf(kind: Kind, language: Language): AsyncGenerator<string[]> {
  const fields = contract.importFields[kind].map(({ field }) => field);
  yield fields.map((field) => headingOf(kind, field, language));
  for (const example of examples[kind]) yield fields.map((field: contract.ImportField) => example[field] ?? '');
}
