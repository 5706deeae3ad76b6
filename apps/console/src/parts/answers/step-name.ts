import type { explore } from '@tongshang/contract';
import { deedTypeWords, filterTestWords, say, type Language } from '@tongshang/ui';

type Filter = explore.PropertyFilter;

/** What counts, in one line: `Product Viewed`, `页面 /cart`, `Product Viewed (sku 是 A1, A2)`. */
export function stepName({ type, event, where }: explore.EventChoice, language: Language): string {
  const kind = type === 'track' ? '' : `${say(deedTypeWords[type], language)} `;
  const filters = where.map((filter) => filterName(filter, language)).join('; ');
  return kind + event + (filters === '' ? '' : ` (${filters})`);
}

const filterName = ({ property, test, values }: Filter, language: Language): string =>
  [property, say(filterTestWords[test], language), ...(values.length > 0 ? [values.join(', ')] : [])].join(' ');
