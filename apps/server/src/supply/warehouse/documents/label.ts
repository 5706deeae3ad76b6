import { draw, mm } from '../../../platform/paper.ts';
import { businessTime, grams } from './format.ts';
import { code128, qr } from './bars.ts';
import { type Language, words } from './words.ts';

export interface LabelFacts {
  number: string;
  kind: 'delivery' | 'pickup' | 'till';
  trackingNumber: string;
  carrier: string;
  carrierEn: string;
  service: string;
  /** Province and city in large type: what sorters read. */
  sortCode: string;
  recipient: { name: string; phone: string; region: string; address: string };
  sender: { name: string; nameEn: string; phone: string; address: string };
  storage: 'ambient' | 'chilled' | 'frozen';
  grams: number;
  units: number;
  orders: string[];
  promisedOn: string | null;
  printedAt: Date;
}

/** The parcel label, 100 × 150 mm: waybill as bars and QR, where it goes, where it comes from, how it must be kept. */
export function drawLabel(facts: LabelFacts, language: Language): Promise<Buffer> {
  const say = words[language];
  const { recipient, sender } = facts;
  const carrier = language === 'en' && facts.carrierEn !== '' ? facts.carrierEn : facts.carrier;
  const from = language === 'en' && sender.nameEn !== '' ? sender.nameEn : sender.name;
  const rule = () => ({
    canvas: [{ type: 'line' as const, x1: 0, y1: 0, x2: mm(92), y2: 0, lineWidth: 0.8 }],
    margin: margin(2, 2),
  });
  return draw({
    pageSize: { width: mm(100), height: mm(150) },
    pageMargins: mm(4),
    info: { title: `${facts.number} ${facts.trackingNumber}` },
    content: [
      {
        columns: [
          { text: facts.kind === 'pickup' ? say.pickup : carrier, bold: true, fontSize: 15, width: '*' },
          { text: say.keep[facts.storage], bold: true, fontSize: 11, alignment: 'right', width: 'auto' },
        ],
      },
      { text: facts.service, fontSize: 8 },
      { text: facts.sortCode, bold: true, fontSize: 30, margin: margin(1, 2) },
      { ...code128(facts.trackingNumber, { width: mm(90), height: mm(20) }), alignment: 'center' },
      {
        text: spaced(facts.trackingNumber),
        bold: true,
        fontSize: 12,
        alignment: 'center',
        characterSpacing: 0.5,
        margin: margin(1, 0),
      },
      rule(),
      {
        columns: [
          { text: say.to, bold: true, fontSize: 16, width: mm(9) },
          [
            { text: `${recipient.name}  ${recipient.phone}`, bold: true, fontSize: 15 },
            { text: `${recipient.region} ${recipient.address}`, fontSize: 14, margin: margin(1.5, 0) },
          ],
        ],
      },
      rule(),
      {
        columns: [
          { text: say.from, bold: true, fontSize: 10, width: mm(9) },
          [
            { text: `${from}  ${sender.phone}`, fontSize: 8 },
            { text: sender.address, fontSize: 8 },
          ],
        ],
      },
      rule(),
      {
        columns: [
          [
            fact(say.fulfilment, facts.number),
            fact(say.order, facts.orders.slice(0, 3).join(' ') + (facts.orders.length > 3 ? ' …' : '')),
            fact(say.weight, grams(facts.grams)),
            fact(say.pieces, say.units(facts.units)),
            ...(facts.promisedOn === null ? [] : [fact(say.promised, facts.promisedOn)]),
            fact(say.printed, businessTime(facts.printedAt)),
          ],
          qr(facts.trackingNumber, mm(26)),
        ],
        columnGap: mm(3),
      },
    ],
  });
}

const margin = (above: number, below: number): [number, number, number, number] => [0, mm(above), 0, mm(below)];
const fact = (name: string, value: string) => ({
  text: [{ text: `${name}  `, color: '#444' }, { text: value }],
  fontSize: 9,
  margin: margin(0.6, 0),
});
/** In fours: so people read long numbers aloud. */
const spaced = (number: string): string => number.replaceAll(/(.{4})(?=.)/g, '$1 ');
