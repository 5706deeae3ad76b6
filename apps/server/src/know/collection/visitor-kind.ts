// Who sits behind a browser, told from its user agent and cookie; the agent itself is not kept. Pure.

/** Absent on an event: a person out there. `staff` is one of us, signed in to the console; `bot` a programme that reads pages. */
export type VisitorKind = 'staff' | 'bot';

const bot =
  /bot\b|bots\b|crawl|spider|slurp|scrap|headless|lighthouse|pagespeed|preview|monitor|pingdom|uptime|phantomjs|selenium|playwright|puppeteer|curl\/|wget|python-|go-http|okhttp|java\/|axios|node-fetch|^node$|undici|libwww|httpclient|bytespider|baiduspider|sogou|yisou|facebookexternalhit|whatsapp|telegram/i;

/** Whether a browser's agent is a programme's. None at all, or one that says nothing, is a programme's too. */
const isBot = (userAgent: string | undefined): boolean => userAgent === undefined || userAgent.length < 12 || bot.test(userAgent);

const known = new Map<string, boolean>();
const knownMax = 5_000;

/** As `isBot`, remembered: agents repeat by the million. */
export function isBotAgent(userAgent: string | undefined): boolean {
  if (userAgent === undefined) return true;
  const before = known.get(userAgent);
  if (before !== undefined) return before;
  const answer = isBot(userAgent);
  if (known.size >= knownMax) known.clear();
  known.set(userAgent, answer);
  return answer;
}
