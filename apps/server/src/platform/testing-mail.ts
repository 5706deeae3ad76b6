// A real SMTP server on loopback, for tests: what it takes is read back with a parser that is not ours.
import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface Mailbox {
  port: number;
  /** What was taken, in the order in which it came. */
  mails: Email[];
  /** The next mails are answered so instead, one answer a mail. */
  refuseNext: (...answers: { code: number; text: string }[]) => void;
  /** Addresses that do not exist. */
  unknown: Set<string>;
  stop: () => Promise<void>;
}

export async function startMailbox(options: SMTPServerOptions = {}): Promise<Mailbox> {
  const mails: Email[] = [];
  const refusals: { code: number; text: string }[] = [];
  const unknown = new Set<string>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    disableReverseLookup: true,
    onRcptTo: ({ address }, _session, done) =>
      done(unknown.has(address) ? answer({ code: 550, text: `5.1.1 ${address}: no such user` }) : undefined),
    onData: (stream, _session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const refusal = refusals.shift();
        if (refusal !== undefined) return done(answer(refusal));
        void PostalMime.parse(Buffer.concat(parts)).then((mail) => {
          mails.push(mail);
          done();
        });
      });
    },
    ...options,
  });
  server.on('error', () => undefined); // a client that goes away in the middle is what some tests are about
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    refuseNext: (...answers) => void refusals.push(...answers),
    unknown,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

const answer = ({ code, text }: { code: number; text: string }): Error => Object.assign(new Error(text), { responseCode: code });
