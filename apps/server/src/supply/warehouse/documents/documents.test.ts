import { expect, test } from 'vitest';
import { readPdf } from '../../../platform/testing-paper.ts';
import { drawLabel, type LabelFacts } from './label.ts';
import { drawManifest, drawPackingList, drawPickList } from './sheets.ts';
import { readCode128 } from './testing.ts';

const recipient = {
  name: '欧阳振华',
  phone: '13800138000',
  region: '上海市 上海市 黄浦区',
  address: '人民大道 200 号 3 号楼 1205 室',
};
const label: LabelFacts = {
  number: 'F261122-7K3MQ9XT',
  kind: 'delivery',
  trackingNumber: 'SF000000001234',
  carrier: '顺丰速运',
  carrierEn: 'SF Express',
  service: 'SF-STD',
  sortCode: '上海 上海市',
  recipient,
  sender: { name: '嘉兴中心仓', nameEn: 'Jiaxing warehouse', phone: '0573-82001234', address: '浙江省嘉兴市南湖区仓储路 88 号' },
  storage: 'chilled',
  grams: 1850,
  units: 4,
  orders: ['261122-7K3M-Q9XT', '261122-AAAA-BBBB'],
  promisedOn: '2026-11-24',
  printedAt: new Date('2026-11-22T04:00:00Z'),
};
const millimetres = (points: number | undefined): number => Math.round(((points ?? 0) / 72) * 25.4);

test('a label is one page of 100 × 150 mm that says in Chinese where it goes, whence it comes and how it must be kept', async () => {
  const pages = readPdf(await drawLabel(label, 'zh-CN'));
  expect(pages.map(({ width, height }) => [millimetres(width), millimetres(height)])).toEqual([[100, 150]]);
  const said = pages[0]?.text.replaceAll(' ', '') ?? '';
  for (const words of [
    '顺丰速运',
    '冷藏0–4℃',
    '上海上海市',
    '收欧阳振华13800138000',
    '上海市上海市黄浦区人民大道200号3号楼1205室',
    '寄嘉兴中心仓0573-82001234',
    '浙江省嘉兴市南湖区仓储路88号',
    '履约单F261122-7K3MQ9XT',
    '订单261122-7K3M-Q9XT261122-AAAA-BBBB',
    '重量1.85kg',
    '件数4件',
    '承诺送达2026-11-24',
    '打印2026-11-2212:00',
  ])
    // prettier-ignore
    expect(said).toContain(words);
});

test("a scanner reads the waybill's number from the bars of a label", async () => {
  for (const trackingNumber of ['SF000000001234', 'YTO000000000017', 'ZTO99999999999A']) {
    const [page] = readPdf(await drawLabel({ ...label, trackingNumber }, 'zh-CN'));
    expect(readCode128(page?.bars ?? [])).toBe(trackingNumber);
  }
});

test('a bar too many, too few or too wide is not read: the reader of this test can refuse', async () => {
  const bars = readPdf(await drawLabel(label, 'zh-CN'))[0]?.bars ?? [];
  expect(readCode128(bars.slice(0, -1))).toBeUndefined();
  expect(readCode128(bars.map((bar, index) => (index === 5 ? { ...bar, width: bar.width * 2 } : bar)))).toBeUndefined();
});

test('an English label says the same in English, and leaves names and addresses as they are', async () => {
  const [page] = readPdf(await drawLabel(label, 'en'));
  for (const words of [
    'SF Express',
    'Chilled',
    'Fulfilment F261122-7K3MQ9XT',
    'Weight 1.85 kg',
    'Promised for 2026-11-24',
    'Jiaxing warehouse',
    '欧阳振华',
  ])
    expect(page?.text).toContain(words);
});

test('a warm label takes well below a second', async () => {
  await drawLabel(label, 'zh-CN');
  const began = performance.now();
  for (let time = 0; time < 5; time += 1) await drawLabel(label, 'zh-CN');
  expect((performance.now() - began) / 5).toBeLessThan(900); // 100–300 ms here; a busy machine is not the label's fault
});

test('a packing list names every line with lots and serial numbers, and its total', async () => {
  const line = { sku: 'TEA-250', name: '明前龙井 250 克', nameEn: 'Longjing 250 g', quantity: 2, lots: ['L2611'], serials: [] };
  const facts = {
    number: label.number, orders: label.orders, recipient, carrier: 'SF', trackingNumber: 'SF000000001234', printedAt: label.printedAt,
    lines: [line, { ...line, sku: 'POT-1', name: '电水壶', nameEn: 'Kettle', quantity: 1, lots: [], serials: ['SN-77'] }],
  }; // prettier-ignore
  const [page] = readPdf(await drawPackingList(facts, 'zh-CN'));
  expect([millimetres(page?.width), millimetres(page?.height)]).toEqual([210, 297]);
  const said = page?.text.replaceAll(' ', '') ?? '';
  for (const words of ['装箱单', 'TEA-250明前龙井250克L26112', 'POT-1电水壶SN-771', '合计3', '欧阳振华'])
    expect(said).toContain(words);
  expect(readCode128(page?.bars ?? [])).toBe(label.number);
  expect(readPdf(await drawPackingList(facts, 'en'))[0]?.text).toContain('Kettle');
});

test('a pick list that is too long for a page goes on on the next, and stays in walking order', async () => {
  const stops = Array.from({ length: 60 }, (_, index) => ({
    bin: index === 59 ? null : `A-${String(index + 1).padStart(2, '0')}`,
    sku: `SKU-${index}`,
    name: '棉麻衬衫',
    nameEn: '',
    barcode: null,
    quantity: 1,
    lots: [],
    fulfilments: [{ number: label.number, quantity: 1 }],
  }));
  const facts = { number: 'P261122-AAAAAAAA', location: 'WH1', picker: '王仓管', startedAt: label.printedAt, stops };
  const pages = readPdf(await drawPickList(facts, 'zh-CN'));
  expect(pages.length).toBeGreaterThan(1);
  const said = pages.map(({ text }) => text).join(' ');
  const places = stops.slice(0, 59).map(({ bin }) => said.indexOf(bin ?? ''));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(places).not.toContain(-1);
  for (const words of ['拣货单', '王仓管', '无货位', '60 件']) expect(said).toContain(words);
});

test('a manifest lists every parcel with its weight and a line for the driver', async () => {
  const parcels = [1, 2].map((number) => ({
    number: `F${number}`,
    trackingNumber: `SF00${number}`,
    region: '浙江省 杭州市',
    grams: 900,
  }));
  const facts = {
    number: 'M261122-AAAAAAAA',
    location: 'WH1',
    carrier: '顺丰速运',
    handedOverAt: label.printedAt,
    handedOverBy: '王仓管',
    parcels,
  };
  const said = readPdf(await drawManifest(facts, 'zh-CN'))[0]?.text ?? '';
  for (const words of ['交接单', 'SF001', 'SF002', '1.80 kg', '司机签收']) expect(said).toContain(words);
});
