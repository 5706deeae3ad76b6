import type { Content, TableCell } from 'pdfmake/interfaces.js';
import { draw, mm } from '../../../platform/paper.ts';
import { code128 } from './bars.ts';
import { businessTime, grams } from './format.ts';
import { type Language, words } from './words.ts';

export interface PackingListFacts {
  number: string;
  orders: string[];
  recipient: { name: string; phone: string; region: string; address: string };
  carrier: string;
  trackingNumber: string | null;
  lines: { sku: string; name: string; nameEn: string; quantity: number; lots: string[]; serials: string[] }[];
  printedAt: Date;
}

/** What lies in the parcel, A4: for the buyer to check it against. */
export function drawPackingList(facts: PackingListFacts, language: Language): Promise<Buffer> {
  const say = words[language];
  const { recipient } = facts;
  const body = facts.lines.map(({ sku, name, nameEn, quantity, lots, serials }, index) => [
    String(index + 1),
    sku,
    language === 'en' && nameEn !== '' ? nameEn : name,
    [...lots, ...serials].join(', '),
    right(String(quantity)),
  ]);
  const units = facts.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  return sheet(say.packingList, facts.number, language, [
    pairs([
      [say.order, facts.orders.join('  ')],
      [say.recipient, `${recipient.name}  ${recipient.phone}`],
      ['', `${recipient.region} ${recipient.address}`],
      ...(facts.trackingNumber === null ? [] : [[say.tracking, `${facts.carrier} ${facts.trackingNumber}`] as [string, string]]),
      [say.printed, businessTime(facts.printedAt)],
    ]),
    table(
      [20, 90, '*', 130, 45],
      ['', say.sku, say.name, `${say.lot} / ${say.serial}`, right(say.quantity)],
      [...body, ['', '', '', { text: say.total, bold: true }, { ...right(String(units)), bold: true }]],
    ),
    { text: say.thanks, color: '#444', margin: [0, 14, 0, 0] },
  ]);
}

export interface PickListFacts {
  number: string;
  location: string;
  picker: string;
  startedAt: Date;
  stops: {
    bin: string | null;
    sku: string;
    name: string;
    nameEn: string;
    barcode: string | null;
    quantity: number;
    lots: { lot: string; quantity: number }[];
    fulfilments: { number: string; quantity: number }[];
  }[];
}

/** Where to go, what to take, how many, A4, in walking order; a box to tick for each stop. */
export function drawPickList(facts: PickListFacts, language: Language): Promise<Buffer> {
  const say = words[language];
  const body = facts.stops.map((stop) => [
    { text: stop.bin ?? say.noBin, bold: true, fontSize: 13 },
    [
      { text: language === 'en' && stop.nameEn !== '' ? stop.nameEn : stop.name, bold: true },
      { text: stop.sku, fontSize: 8, color: '#444' },
    ],
    stop.lots.map(({ lot, quantity }) => `${lot} × ${quantity}`).join('\n'),
    { ...right(String(stop.quantity)), bold: true, fontSize: 13 },
    { text: stop.fulfilments.map(({ number, quantity }) => `${number} × ${quantity}`).join('\n'), fontSize: 8 },
    { canvas: [{ type: 'rect' as const, x: 6, y: 1, w: 13, h: 13, lineWidth: 0.8 }] },
  ]);
  const units = facts.stops.reduce((sum, { quantity }) => sum + quantity, 0);
  return sheet(say.pickList, facts.number, language, [
    pairs([
      [say.location, facts.location],
      [say.picker, facts.picker],
      [say.started, businessTime(facts.startedAt)],
      [say.total, say.units(units)],
    ]),
    table([75, '*', 85, 40, 120, 32], [say.bin, say.name, say.lot, right(say.quantity), say.for, say.done], body),
  ]);
}

export interface ManifestFacts {
  number: string;
  location: string;
  carrier: string;
  handedOverAt: Date;
  handedOverBy: string;
  parcels: { number: string; trackingNumber: string; region: string; grams: number }[];
}

/** What the driver took, A4, with a line for the signature. */
export function drawManifest(facts: ManifestFacts, language: Language): Promise<Buffer> {
  const say = words[language];
  const body = facts.parcels.map(({ number, trackingNumber, region, grams: weight }, index) => [
    String(index + 1),
    trackingNumber,
    number,
    region,
    right(grams(weight)),
  ]);
  const weight = facts.parcels.reduce((sum, parcel) => sum + parcel.grams, 0);
  return sheet(say.manifest, facts.number, language, [
    pairs([
      [say.location, facts.location],
      [say.carrier, facts.carrier],
      [say.handedOver, `${facts.handedOverBy}  ${businessTime(facts.handedOverAt)}`],
      [say.total, `${say.units(facts.parcels.length)}  ${grams(weight)}`],
    ]),
    table([24, 130, 110, '*', 60], ['', say.tracking, say.fulfilment, say.region, right(say.weight)], body),
    {
      columns: [
        { text: `${say.driver}  ____________________` },
        { text: `${say.date}  ____________________`, alignment: 'right' },
      ],
      margin: [0, 40, 0, 0],
    },
  ]);
}

const right = (text: string) => ({ text, alignment: 'right' as const });

function sheet(title: string, number: string, language: Language, content: Content[]): Promise<Buffer> {
  return draw({
    pageSize: 'A4',
    pageMargins: mm(15),
    info: { title: `${title} ${number}` },
    footer: (at: number, of: number) => ({
      text: `${number}   ${words[language].page(at, of)}`,
      fontSize: 8,
      alignment: 'right',
      margin: [0, 8, mm(15), 0],
    }),
    content: [
      {
        columns: [
          [
            { text: title, bold: true, fontSize: 20 },
            { text: number, fontSize: 11 },
          ],
          code128(number, { width: mm(62), height: mm(12) }),
        ],
        margin: [0, 0, 0, 12],
      },
      ...content,
    ],
  });
}

const pairs = (rows: readonly (readonly [string, string])[]): Content => ({
  layout: 'noBorders',
  table: { widths: [70, '*'], body: rows.map(([name, value]) => [{ text: name, color: '#444' }, value]) },
  margin: [0, 0, 0, 10],
});

const table = (widths: (number | '*')[], head: TableCell[], body: TableCell[][]): Content => ({
  layout: 'lightHorizontalLines',
  table: {
    headerRows: 1,
    dontBreakRows: true,
    widths,
    body: [
      head.map(
        (cell) => (typeof cell === 'string' ? { text: cell, bold: true } : { ...(cell as object), bold: true }) as TableCell,
      ),
      ...body,
    ],
  },
});
