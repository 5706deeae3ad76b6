import { createTransport } from 'nodemailer';

/** Where mail leaves the house, and in whose name. */
export interface MailSettings {
  /** `smtps://user:password@host:465`, or `smtp://host:587`, which is encrypted as soon as the server offers it. */
  smtpUrl: string;
  from: string;
}

export interface Attachment {
  filename: string;
  content: Buffer;
  contentType: string;
}

export interface Mail {
  /** What makes this mail the same mail when it is sent again: its Message-ID is made of it. */
  id: string;
  to: string;
  subject: string;
  text: string;
  attachments?: readonly Attachment[];
}

/**
 * accepted: the server has taken it over; refused: it never will, as it is; unavailable: nobody answered, or not now, try again. `answer`
 * is what the server said.
 */
export interface MailAnswer {
  outcome: 'accepted' | 'refused' | 'unavailable';
  answer: string;
}

export interface Mailer {
  send: (mail: Mail) => Promise<MailAnswer>;
}

const timeoutMs = 15_000;
const answerMax = 300;

/**
 * Sends over SMTP, never inside a transaction. With a password in the address the connection must be encrypted, except to this very
 * machine. A server that answers after we gave up may have taken the mail: sent again it carries the same Message-ID.
 */
export function openMailer({ smtpUrl, from }: MailSettings, { patienceMs = timeoutMs } = {}): Mailer {
  const { host, port, isTlsFromStart, user, password } = readSmtpUrl(smtpUrl);
  const transport = createTransport({
    host,
    ...(port !== undefined && { port }),
    secure: isTlsFromStart,
    requireTLS: user !== '' && !isThisMachine(host),
    ...(user !== '' && { auth: { user, pass: password } }),
    dnsTimeout: patienceMs,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: 2 * patienceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const idHost = /@([^\s>@]+)>?\s*$/.exec(from)?.[1] ?? host;
  return {
    send: async ({ id, to, subject, text, attachments = [] }) => {
      try {
        const { response } = await transport.sendMail({
          from,
          to: { name: '', address: to },
          subject,
          text,
          messageId: `<${id}@${idHost}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
          attachments: attachments.map((one) => ({ ...one })),
        });
        return { outcome: 'accepted', answer: response.slice(0, answerMax) };
      } catch (error) {
        return answerOf(error, password);
      }
    },
  };
}

/** The parts of an SMTP address. Throws a sentence that names the setting and never the password. */
export function readSmtpUrl(text: string): {
  host: string;
  port: number | undefined;
  isTlsFromStart: boolean;
  user: string;
  password: string;
} {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.hostname === '' || (url.protocol !== 'smtp:' && url.protocol !== 'smtps:'))
    throw new Error('SMTP_URL is not an address like smtps://user:password@mail.example.com:465 or smtp://mail.example.com:587');
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? undefined : Number(url.port),
    isTlsFromStart: url.protocol === 'smtps:',
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  };
}

const isThisMachine = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.');

/** 5xx to the mail itself is for good; everything else, also a sign-in that fails, is something that may be mended. */
function answerOf(error: unknown, password: string): MailAnswer {
  const { code, responseCode, response, message } = error as Partial<Record<'code' | 'response' | 'message', string>> & {
    responseCode?: number;
  };
  const isForGood = (code === 'EENVELOPE' || code === 'EMESSAGE') && responseCode !== undefined && responseCode >= 500;
  const said = response ?? [code, message].filter(Boolean).join(': ');
  const answer = (password === '' ? said : said.replaceAll(password, '***')).replaceAll(/\s+/g, ' ').slice(0, answerMax);
  return { outcome: isForGood ? 'refused' : 'unavailable', answer };
}
