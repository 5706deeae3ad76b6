import * as z from 'zod';

/**
 * Behaviour events, in Segment's wire format: `POST /v1/batch`, `/v1/track`, `/v1/page`, `/v1/identify`, `/v1/screen`.
 * These paths stand at the root, not below /api, so that unmodified Segment clients can be pointed at the house.
 * The write key goes as basic-auth user (password empty), as `writeKey` in the body, or as header `x-write-key`.
 */

/** The key of our own shop's pages. Write keys are public: every visitor's browser holds one. */
export const shopWriteKey = 'ts_shop_web';

export const wireTypes = ['track', 'page', 'identify', 'screen'] as const;
export type WireType = (typeof wireTypes)[number];

/** An event may weigh this much, a batch that much and hold so many events. Bytes of JSON. */
export const wireLimits = { eventBytesMax: 32_768, batchBytesMax: 512_000, batchEventsMax: 2_500 } as const;

/** One rejected event: its place in the batch and every reason. */
export const RejectedEvent = z.object({
  index: z.int(),
  messageId: z.string().nullable(),
  reasons: z.array(
    z.enum([
      'event.not_an_object',
      'event.too_large',
      'event.unknown_type',
      'event.no_visitor',
      'event.no_name',
      'event.bad_message_id',
      'event.bad_timestamp',
      'event.bad_properties',
    ]),
  ),
});
export type Rejected = z.output<typeof RejectedEvent>;

/** What a batch is answered with: the good events are kept on disk when this arrives. `success` is false when none was good. */
export const BatchReply = z.object({ success: z.boolean(), accepted: z.int(), rejected: z.array(RejectedEvent) });
