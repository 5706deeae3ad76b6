// A plain model of the stock: three SKUs at two places, the third in lots; what may be promised, sent and shipped, by counting.
export const locations = ['WH1', 'S01'] as const;
export const channels = ['shop', 'outlet', 'live'] as const;
export type Channel = (typeof channels)[number];

/** First ending first. `outlet` asks for ten days more than `soon` has; `old` has ended. */
export const lotDays = { old: '2026-11-20', soon: '2026-11-27', late: '2027-02-01' } as const;
export type LotCode = keyof typeof lotDays;
export const lotCodes = ['old', 'soon', 'late'] as const;

interface Lot {
  code: LotCode;
  onHand: number;
  allocated: number;
}
interface Mark {
  id: string;
  kind: 'earmark' | 'quota';
  channel: Channel;
  left: number;
  isOpen: boolean;
}
export interface Place {
  onHand: number;
  promised: number;
  damaged: number;
  inspection: number;
  lots: Lot[];
  marks: Mark[];
}
type Shares = Partial<Record<LotCode, number>>;
export interface Line {
  sku: number;
  at: number;
  quantity: number;
  uses?: { id: string; quantity: number }[];
  allocated?: Shares;
  sent?: Shares;
}
export interface Order {
  id: string;
  channel: Channel;
  lines: Line[];
  state: 'held' | 'shipped' | 'released' | 'returned';
}
interface Transfer {
  id: string;
  sku: number;
  from: number;
  quantity: number;
  lots: Shares;
  state: 'sent' | 'received' | 'cancelled';
}
export interface Model {
  /** SKU × location. */
  places: Place[][];
  orders: Order[];
  transfers: Transfer[];
  receipts: string[];
  /** Lots of the third SKU that are recalled, with the recall. */
  recalled: Map<LotCode, string>;
  /** Units that came into the house less those that left it. */
  balance: number;
}

export const place = (model: Model, sku: number, at: number): Place => model.places[sku]![at]!;
export const free = ({ onHand, promised, damaged, inspection }: Place): number => onHand - promised - damaged - inspection;

const isDead = (model: Model, code: LotCode): boolean => code === 'old' || model.recalled.has(code);
const isUsable = (model: Model, code: LotCode, channel?: Channel): boolean =>
  !isDead(model, code) && !(channel === 'outlet' && code === 'soon');

function unusable(model: Model, { lots }: Place, channel?: Channel): number {
  return lots.reduce((sum, { code, onHand, allocated }) => {
    if (isUsable(model, code, channel)) return sum;
    return sum + (isDead(model, code) ? onHand : onHand - allocated);
  }, 0);
}

/** Units that a transfer may take: nobody's, and not in a lot that has ended. */
export const movable = (model: Model, here: Place): number => free(here) - unusable(model, here);

export function available(model: Model, here: Place, channel?: Channel): number {
  const open = here.marks.filter(({ isOpen }) => isOpen);
  const kept = open.reduce((sum, mark) => sum + (mark.kind === 'earmark' && mark.channel !== channel ? mark.left : 0), 0);
  const quotas = open.filter((mark) => mark.kind === 'quota' && mark.channel === channel).map(({ left }) => left);
  return Math.max(0, Math.min(free(here) - unusable(model, here, channel) - kept, ...quotas));
}

export const fits = (model: Model, lines: readonly Line[], channel: Channel): boolean =>
  model.places.every((row, sku) =>
    row.every((here, at) => {
      const wanted = lines.reduce((sum, line) => sum + (line.sku === sku && line.at === at ? line.quantity : 0), 0);
      return wanted === 0 || available(model, here, channel) >= wanted;
    }),
  );

export function take(model: Model, line: Line, channel: Channel): void {
  const here = place(model, line.sku, line.at);
  here.promised += line.quantity;
  let rest = line.quantity;
  line.uses = here.marks.flatMap((mark) => {
    if (!mark.isOpen || mark.channel !== channel) return [];
    const part = mark.kind === 'quota' ? line.quantity : Math.min(rest, mark.left);
    if (mark.kind === 'earmark') rest -= part;
    mark.left -= part;
    return part > 0 ? [{ id: mark.id, quantity: part }] : [];
  });
}

export function giveBack(model: Model, line: Line): void {
  const here = place(model, line.sku, line.at);
  here.promised -= line.quantity;
  for (const { id, quantity } of line.uses ?? []) here.marks.find((mark) => mark.id === id)!.left += quantity;
  for (const lot of here.lots) lot.allocated -= line.allocated?.[lot.code] ?? 0;
  line.uses = [];
  line.allocated = {};
}

/** Sets lots aside as an order's release does: what may still be used stays, the rest first expired first out. */
export function allocate(model: Model, { lines, channel }: Order): void {
  for (const line of lines.filter(({ sku }) => sku === 2)) {
    const here = place(model, line.sku, line.at);
    const own = (line.allocated ??= {});
    for (const lot of here.lots) {
      if (isUsable(model, lot.code, channel)) continue;
      lot.allocated -= own[lot.code] ?? 0;
      own[lot.code] = 0;
    }
  }
  for (const line of lines.filter(({ sku }) => sku === 2)) {
    let open = line.quantity - sum(line.allocated);
    for (const lot of place(model, line.sku, line.at).lots) {
      if (!isUsable(model, lot.code, channel)) continue;
      const part = Math.min(open, lot.onHand - lot.allocated);
      lot.allocated += part;
      open -= part;
      line.allocated = { ...line.allocated, [lot.code]: (line.allocated?.[lot.code] ?? 0) + part };
    }
  }
}

export const sum = (shares: Shares = {}): number => Object.values(shares).reduce((all, units) => all + units, 0);

/** Takes an order's units off the shelf, or answers that a lot is in the way; the model is then of no use any more. */
export function ship(model: Model, order: Order): boolean {
  for (const line of order.lines.toSorted((a, b) => a.sku - b.sku || b.at - a.at)) {
    const here = place(model, line.sku, line.at);
    if (line.sku === 2) {
      line.sent = {};
      let open = line.quantity;
      for (const isOwn of [true, false])
        for (const lot of here.lots) {
          const own = isOwn ? (line.allocated?.[lot.code] ?? 0) : 0;
          if (own > 0 && !isUsable(model, lot.code, order.channel)) return false;
          if (!isUsable(model, lot.code, order.channel)) continue;
          const part = Math.min(open, isOwn ? own : lot.onHand - lot.allocated);
          lot.onHand -= part;
          if (isOwn) lot.allocated -= part;
          open -= part;
          line.sent[lot.code] = (line.sent[lot.code] ?? 0) + part;
        }
      if (open > 0) return false;
    }
    here.promised -= line.quantity;
    here.onHand -= line.quantity;
    model.balance -= line.quantity;
  }
  order.state = 'shipped';
  return true;
}

export function addLots({ lots }: Place, shares: Shares): void {
  for (const lot of lots) lot.onHand += shares[lot.code] ?? 0;
}

/** Usable units that leave, first expired first out, past what is set aside. */
export function takeLots(model: Model, here: Place, quantity: number): Shares {
  let rest = quantity;
  const taken: Shares = {};
  for (const lot of here.lots) {
    if (!isUsable(model, lot.code)) continue;
    const part = Math.min(rest, lot.onHand - lot.allocated);
    lot.onHand -= part;
    rest -= part;
    taken[lot.code] = part;
  }
  return taken;
}
