import { type CallInput, createClient, type Endpoint, type ReplyOf } from '@tongshang/contract';

const call = createClient();

interface Page {
  items: readonly unknown[];
  next: string | null;
}

/** Every row of a list as far as `rowsMax`, page after page; `onRows` hears how many have come. */
export async function readAll<E extends Endpoint & { reply: { _zod: { output: Page } } }>(
  endpoint: E,
  input: CallInput<E>,
  { rowsMax, onRows, signal }: { rowsMax: number; onRows?: (count: number) => void; signal?: AbortSignal },
): Promise<{ rows: ReplyOf<E>['items'][number][]; isCut: boolean }> {
  const rows: unknown[] = [];
  let after: string | null = null;
  do {
    const query: object = { ...(input.query as object | undefined), limit: 200, ...(after !== null && { after }) };
    const page = (await call(endpoint, { ...input, query, ...(signal && { signal }) } as CallInput<E>)) as Page;
    rows.push(...page.items);
    after = page.next;
    onRows?.(Math.min(rows.length, rowsMax));
  } while (after !== null && rows.length < rowsMax);
  const isCut = after !== null || rows.length > rowsMax;
  return { rows: rows.slice(0, rowsMax) as ReplyOf<E>['items'][number][], isCut };
}
