import * as z from 'zod';
import { eventType } from '../../platform/events.ts';

/** Customers that were not there before, from any source. */
export const customerCreated = eventType(
  'customers.customer_created',
  z.object({ customerIds: z.array(z.uuid()).min(1).max(1000) }),
);

/** Somebody signed in with a code on their phone: the phone that the customer has is theirs. The phone itself is not told. */
export const phoneProved = eventType('customers.phone_proved', z.object({ customerId: z.uuid() }));

/** A member entered the code that an address received: it is theirs. The address itself is not told. */
export const emailProved = eventType('customers.email_proved', z.object({ customerId: z.uuid() }));

/** Two members proved the same address; it stays the first one's, and neither becomes the other. */
export const emailConflict = eventType(
  'customers.email_conflicted',
  z.object({ customerId: z.uuid(), otherCustomerId: z.uuid() }),
);

/** A member of staff looked at the full contact: who is on the event itself, why is here. */
export const contactRevealed = eventType('customers.contact_revealed', z.object({ customerId: z.uuid(), reason: z.string() }));
