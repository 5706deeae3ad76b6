import { useSuspenseQuery } from '@tanstack/react-query';
import { RefusedError, warehouse } from '@tongshang/contract';
import { fulfilmentStates } from '@tongshang/ui';
import { useRef, useState } from 'react';
import { Link, type LoaderFunctionArgs, useParams } from 'react-router';
import { client, useSend } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useName, useTerm, useWords } from '../../lib/language.ts';
import { signal } from '../../lib/signal.ts';
import { PageHead } from '../../parts/page-head.tsx';
import { ScanBox } from '../../parts/scan-box.tsx';
import { ClosePanel } from './close-panel.tsx';
import { FloorTabs, fulfilmentPage } from './floor-tabs.tsx';
import { type Fulfilment, fulfilmentOf, keepAnswer, showAsIs } from './fulfilment-query.ts';
import { ScanAnswer, type Scanned } from './scan-answer.tsx';
import { useInTurn } from './scan-queue.ts';
import '../../supply.css';

export const loader = ({ params }: LoaderFunctionArgs) => client.ensureQueryData(fulfilmentOf(params['id']));

/** Checks a parcel by scan: what belongs in is counted, what does not is refused with what was expected; then it is closed. */
export function Page() {
  const words = useWords();
  const term = useTerm();
  const { data } = useSuspenseQuery(fulfilmentOf(useParams()['id']));
  const isOpen = data.state === 'picked';
  const isComplete = data.lines.every((line) => line.packed >= line.quantity);
  return (
    <div className="floor">
      <PageHead
        title={words('floor.packTitle', { number: data.number })}
        module={words('nav.floorBoard')}
        about={<Link to={fulfilmentPage(data.id)}>{words('floor.openFulfilment')}</Link>}
      />
      <FloorTabs />
      <section className="card stack" aria-label={words('floor.check')}>
        {isOpen && !isComplete && <Check data={data} />}
        {!isOpen && data.state !== 'packed' && (
          <p className="notice">{words('floor.notPacking', { now: term(fulfilmentStates, data.state) })}</p>
        )}
        <Lines data={data} />
      </section>
      {((isOpen && isComplete) || data.state === 'packed') && <ClosePanel data={data} />}
    </div>
  );
}

/** What the item scanned last still lacks. */
interface Asked {
  code: string;
  for: 'lot' | 'serial';
}

/** Scans are sent one after the other; after a wrong one nothing counts before somebody has said that it was seen. */
function Check({ data }: { data: Fulfilment }) {
  const words = useWords();
  const name = useName();
  const [asked, setAsked] = useState<Asked>();
  const [answer, setAnswer] = useState<Scanned>();
  const now = useRef<{ asked: Asked | undefined; isStopped: boolean }>({ asked: undefined, isStopped: false });
  const scan = useSend(warehouse.scanIntoParcel);
  const inTurn = useInTurn();
  const set = (next: Asked | undefined, told: Scanned | undefined) => {
    now.current = { asked: next, isStopped: told?.isRight === false };
    setAsked(next);
    setAnswer(told);
    if (told !== undefined) signal(told.isRight ? 'right' : 'wrong');
  };
  const send = async (code: string) => {
    if (now.current.isStopped) return signal('wrong');
    const { asked: open } = now.current;
    const before = client.getQueryData(fulfilmentOf(data.id).queryKey) ?? data;
    try {
      const body = open === undefined ? { code } : { code: open.code, [open.for]: code };
      const after = await scan.mutateAsync({ params: { fulfilmentId: data.id }, body });
      const line = grownLine(before, after);
      keepAnswer(after);
      set(undefined, {
        isRight: true,
        what: line ? name(line) : code,
        packed: line?.packed ?? 0,
        quantity: line?.quantity ?? 0,
      });
    } catch (error) {
      const lack = lackOf(error);
      if (lack !== undefined) return set({ code: open?.code ?? code, for: lack }, undefined);
      showAsIs(error);
      set(undefined, { isRight: false, code, error });
    }
  };
  return (
    <ScanBox
      label={words(asked === undefined ? 'floor.scanItem' : `floor.scan.${asked.for}`)}
      isBusy={scan.isPending}
      onScan={(code) => inTurn(() => send(code))}
    >
      {asked !== undefined && <p>{words(`floor.asked.${asked.for}`, { code: asked.code })}</p>}
      <ScanAnswer answer={answer} onClose={() => set(undefined, undefined)} />
    </ScanBox>
  );
}

/** The line that has become more since. */
const grownLine = (before: Fulfilment, after: Fulfilment) =>
  after.lines.find((line) => line.packed > (before.lines.find((one) => isSame(one, line))?.packed ?? 0));
const isSame = (a: Fulfilment['lines'][number], b: Fulfilment['lines'][number]): boolean =>
  a.orderId === b.orderId && a.lineNo === b.lineNo;

function lackOf(error: unknown): Asked['for'] | undefined {
  if (!(error instanceof RefusedError)) return undefined;
  if (error.code === 'pack.lot_missing') return 'lot';
  return error.code === 'pack.serial_missing' ? 'serial' : undefined;
}

function Lines({ data }: { data: Fulfilment }) {
  const words = useWords();
  const name = useName();
  const { count } = useFormat();
  return (
    <ul className="floor-list" aria-label={words('floor.lines')}>
      {data.lines.map((line) => (
        <li key={`${line.orderId} ${line.lineNo}`} className={line.packed >= line.quantity ? 'done' : undefined}>
          <span>
            {name(line)} <code>{line.sku}</code>
            {line.lots.length > 0 && (
              <span className="third"> {words('floor.lotIs', { lot: line.lots.join(words('list.comma')) })}</span>
            )}
            {line.isSerialised && <span className="third"> {words('floor.needsSerial')}</span>}
          </span>
          <span className="floor-count">
            {line.packed >= line.quantity && <span aria-hidden="true">✓ </span>}
            {count(line.packed)} / {count(line.quantity)}
          </span>
        </li>
      ))}
    </ul>
  );
}
