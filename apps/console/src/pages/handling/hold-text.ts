import { useFormat } from '../../lib/format.ts';
import { useWords } from '../../lib/language.ts';

type Details = Readonly<Record<string, unknown>>;

const numberIn = (details: Details, name: string): number | undefined => {
  const value = details[name];
  return typeof value === 'number' ? value : undefined;
};
const textIn = (details: Details, name: string): string => {
  const value = details[name];
  return typeof value === 'string' ? value : '';
};

/** What was found that holds the order: the figure and its limit, the word, the day, the question. Empty when the reason says it all. */
export function useHoldText(): (hold: { details: Details; note: string | null }) => string {
  const words = useWords();
  const f = useFormat();
  return ({ details, note }) => {
    const limit = numberIn(details, 'limit');
    const limitFen = numberIn(details, 'limitFen');
    const owedFen = numberIn(details, 'owedFen');
    const score = numberIn(details, 'score');
    const word = textIn(details, 'word');
    const day = textIn(details, 'expectedOn');
    const until = textIn(details, 'until');
    const trackingNumber = textIn(details, 'trackingNumber');
    const answer = textIn(details, 'answer');
    return [
      owedFen !== undefined && limitFen !== undefined
        ? words('holds.limit', { amount: f.money(owedFen), limit: f.money(limitFen) })
        : '',
      score !== undefined && limit !== undefined ? words('holds.score', { score: f.count(score), limit: f.count(limit) }) : '',
      word === '' ? '' : words('holds.word', { word }),
      day === '' ? '' : words('holds.expected', { day }),
      until === '' ? '' : words('holds.until', { day: until }),
      trackingNumber === ''
        ? ''
        : words('holds.late', { carrier: textIn(details, 'carrier'), trackingNumber, day: textIn(details, 'promisedOn') }),
      textIn(details, 'remark'),
      textIn(details, 'question'),
      answer === '' ? '' : words('holds.answer', { answer }),
      textIn(details, 'note'),
      note ?? '',
    ]
      .filter((part) => part !== '')
      .join(' · ');
  };
}
