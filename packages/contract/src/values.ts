import * as z from 'zod';

/** Integer minor units of the currency beside it (fen for CNY). */
export const Fen = z.int();
export const Currency = z.string().regex(/^[A-Z]{3}$/);
export const Sku = z.string().trim().min(1).max(64);
export const Quantity = z.int().min(1).max(1_000_000);
export const LocationCode = z.string().min(1).max(32);
export const ChannelCode = z.string().min(1).max(32);
/** A calendar day of the business zone, Asia/Shanghai: `2026-11-22`. */
export const Day = z.iso.date();
/** An instant, ISO 8601 with offset. */
export const Instant = z.iso.datetime({ offset: true });
export const Id = z.uuid();
export const Language = z.enum(['zh-CN', 'en']);

/** Keyset paging: `after` is the opaque `next` of the page before. */
export const paging = { after: z.string().optional(), limit: z.coerce.number().int().min(1).max(200).default(50) };
export const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() });
