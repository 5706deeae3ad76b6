import type { Cart } from '../views.ts';
import { checkout } from '../words/checkout.ts';
import type { Places } from './divisions.ts';
import { checkInvoice, emptyInvoice, type InvoiceForm, readInvoice } from './invoice.ts';
import { checkParcels, type ParcelForm, readParcels } from './parcels.ts';
import { checkRecipient, emptyRecipient, readRecipient, type RecipientForm, type Troubles } from './recipient.ts';

// Everything that the one page of checkout holds; what was typed is never lost, whichever button was pressed.

export interface CheckoutForm {
  recipient: RecipientForm;
  note: string;
  /** The store where the buyer comes for it; empty when it is sent. */
  pickupAt: string;
  /** The day chosen; empty for the first possible. */
  day: string;
  parcels: readonly ParcelForm[];
  invoice: InvoiceForm;
  /** Keep the address, the invoice title for next time. */
  keeps: { address: boolean; invoice: boolean };
  /** The text of the paste box. */
  whole: string;
}

export const emptyCheckout: CheckoutForm = {
  recipient: emptyRecipient,
  note: '',
  pickupAt: '',
  day: '',
  parcels: [],
  invoice: emptyInvoice,
  keeps: { address: false, invoice: false },
  whole: '',
};

export const readCheckout = (form: URLSearchParams): CheckoutForm => ({
  recipient: readRecipient(form),
  note: (form.get('note') ?? '').trim(),
  pickupAt: form.get('way') === 'pickup' ? (form.get('pickup') ?? '') || 'unknown' : '',
  day: /^\d{4}-\d{2}-\d{2}$/.test(form.get('day') ?? '') ? (form.get('day') ?? '') : '',
  parcels: readParcels(form),
  invoice: readInvoice(form),
  keeps: { address: form.get('keep-address') === '1', invoice: form.get('keep-invoice') === '1' },
  whole: form.get('whole') ?? '',
});

/** What there is to choose for the recipient and for each parcel. */
export interface AllPlaces {
  recipient: Places;
  parcels: readonly Places[];
}

/** Everything that stands between this form and an order, by the id of the field. */
export function checkCheckout(form: CheckoutForm, places: AllPlaces, cart: Cart): Troubles {
  const invoice = checkInvoice(form.invoice);
  const { name, phone } = checkRecipient(form.recipient, places.recipient);
  const isSent = form.pickupAt === '';
  return {
    // who comes for it needs no address
    ...(isSent ? checkRecipient(form.recipient, places.recipient) : { ...(name && { name }), ...(phone && { phone }) }),
    ...(isSent ? checkParcels(form.parcels, places.parcels, cart) : {}),
    ...(form.pickupAt === 'unknown' && { pickup: { word: checkout.pickupMissing } }),
    ...('troubles' in invoice ? invoice.troubles : {}),
    ...(form.note.length > 200 && { note: { word: checkout.noteLong } }),
  };
}
