import { hash } from 'node:crypto';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** One answer, with the encodings that somebody has asked for so far. */
export interface Body {
  plain: Buffer;
  etag: string;
  br?: Buffer;
  gzip?: Buffer;
}

/** Weak, because the same page may come in several encodings. */
export const etagOf = (content: Buffer): string => `W/"${hash('sha1', content, 'base64url')}"`;

export function makeBody(text: string): Body {
  const plain = Buffer.from(text);
  return { plain, etag: etagOf(plain) };
}

/** Sends a body in the best encoding the browser takes, or 304 when it has it already. */
export function bodyFor(request: FastifyRequest, reply: FastifyReply, body: Body): FastifyReply {
  reply.header('etag', body.etag).header('vary', 'accept-encoding');
  if (request.headers['if-none-match']?.includes(body.etag) && reply.statusCode === 200) return reply.status(304).send();
  const accepted = request.headers['accept-encoding'] ?? '';
  if (body.plain.length < 1024) return reply.send(body.plain);
  if (/\bbr\b/.test(accepted)) {
    body.br ??= brotliCompressSync(body.plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
    return reply.header('content-encoding', 'br').send(body.br);
  }
  if (/\bgzip\b/.test(accepted)) {
    body.gzip ??= gzipSync(body.plain, { level: 5 });
    return reply.header('content-encoding', 'gzip').send(body.gzip);
  }
  return reply.send(body.plain);
}
