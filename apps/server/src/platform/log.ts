import { type Logger, pino } from 'pino';

/** Structured logs to stdout. Personal data never goes in: known fields are removed wherever they stand. */
export const createLogger = (name: string): Logger =>
  pino({
    name,
    level: process.env['LOG_LEVEL'] ?? 'info',
    redact: {
      paths: [
        'req.headers.cookie',
        'req.headers.authorization',
        '*.phone',
        '*.email',
        '*.password',
        '*.smtpUrl',
        '*.mail.smtpUrl',
        '*.address',
        '*.recipientPhone',
        '*.recipientName',
      ],
      remove: true,
    },
  });
