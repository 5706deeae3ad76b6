import { useSuspenseQuery } from '@tanstack/react-query';
import { counts } from '@tongshang/contract';
import { countStates } from '@tongshang/ui';
import { Button, InputNumber } from 'antd';
import { useRef, useState } from 'react';
import { Link, type LoaderFunctionArgs, useNavigate, useParams } from 'react-router';
import { client, useSend } from '../../../lib/api.ts';
import { dropDraft, keepDraft, readDraft } from '../../../lib/draft.ts';
import { useName, useTerm, useWords } from '../../../lib/language.ts';
import { signal } from '../../../lib/signal.ts';
import { toast } from '../../../lib/toast.ts';
import { ErrorNote } from '../../../parts/error-state.tsx';
import { MayButton } from '../../../parts/may.tsx';
import { PageHead } from '../../../parts/page-head.tsx';
import { readPlaces, usePlaceName } from '../../../parts/place-choice.tsx';
import { ScanBox } from '../../../parts/scan-box.tsx';
import { type Count, type CountLine, countOf, refreshed, showAsIs } from './count-query.ts';
import { FoundFields } from './found-fields.tsx';
import { bodyOf, lineFor, nothingCounted, type Tally, uncounted } from './tally.ts';
import '../../../supply.css';

export const loader = ({ params }: LoaderFunctionArgs) =>
  Promise.all([client.ensureQueryData(countOf(params['id'])), readPlaces()]);

/** The sheet on a phone: where, what, how many. What the books expect is not told; what is typed stays until it is handed in. */
export function Page() {
  const words = useWords();
  const term = useTerm();
  const placeName = usePlaceName();
  const { data } = useSuspenseQuery(countOf(useParams()['id']));
  const isOpen = data.state === 'open' || data.state === 'recount';
  return (
    <div className="floor">
      <PageHead
        title={words(data.state === 'recount' ? 'counts.recountOf' : 'counts.countOf', { number: data.number })}
        module={words('nav.counts')}
        about={
          <>
            {placeName(data.location)} · <Link to={`/supply/counts/${data.id}`}>{words('counts.openCount')}</Link>
          </>
        }
      />
      {isOpen && data.canCount ? (
        <Sheet key={`${data.id} ${data.state}`} data={data} />
      ) : (
        <section className="card">
          <p>{isOpen ? words('counts.notYou') : words('counts.notNow', { now: term(countStates, data.state) })}</p>
        </section>
      )}
    </div>
  );
}

function Sheet({ data }: { data: Count }) {
  const words = useWords();
  const draft = `count-${data.id}-${data.state}`;
  const [tally, setTally] = useState<Tally>(() => readDraft<Tally>(draft) ?? nothingCounted);
  const [unknown, setUnknown] = useState<string>();
  const fields = useRef(new Map<number, HTMLInputElement>());
  const asked = data.lines.filter((line) => line.isAsked);
  const left = uncounted(data.lines, tally);
  const keep = (next: Tally) => {
    setTally(next);
    keepDraft(draft, next);
  };
  const write = (lineNo: number, quantity: number | null) => {
    const { [lineNo]: _, ...rest } = tally.lines;
    keep({ ...tally, lines: quantity === null ? rest : { ...rest, [lineNo]: quantity } });
  };
  const scan = (code: string) => {
    const line = lineFor(data.lines, tally, code);
    setUnknown(line ? undefined : code);
    signal(line ? 'right' : 'wrong');
    if (line) fields.current.get(line.lineNo)?.focus();
  };
  return (
    <>
      <section className="card stack" aria-label={words('counts.sheet')}>
        <p className="second" aria-live="polite">
          {words('counts.progress', { done: asked.length - left.length, all: asked.length })}
        </p>
        <ScanBox label={words('counts.scan')} onScan={scan}>
          {unknown !== undefined && (
            <p className="error-note" role="alert">
              {words('counts.unknown', { code: unknown })}
            </p>
          )}
        </ScanBox>
        <ul className="floor-list" aria-label={words('counts.sheet')}>
          {asked.map((line) => (
            <SheetLine
              key={line.lineNo}
              line={line}
              value={tally.lines[line.lineNo]}
              onChange={(quantity) => write(line.lineNo, quantity)}
              onField={(field) => (field ? fields.current.set(line.lineNo, field) : fields.current.delete(line.lineNo))}
            />
          ))}
        </ul>
      </section>
      <FoundFields location={data.location} found={tally.found} onChange={(found) => keep({ ...tally, found })} />
      <HandIn data={data} tally={tally} left={left.length} onDone={() => dropDraft(draft)} />
    </>
  );
}

interface SheetLineProps {
  line: CountLine;
  value: number | undefined;
  onChange: (quantity: number | null) => void;
  onField: (field: HTMLInputElement | null) => unknown;
}

function SheetLine({ line, value, onChange, onField }: SheetLineProps) {
  const words = useWords();
  const name = useName();
  const label = [line.bin, name(line), line.lot].filter(Boolean).join(' ');
  return (
    <li className={value === undefined ? undefined : 'done'}>
      <span>
        {line.bin && <strong>{line.bin} </strong>}
        {name(line)} <code>{line.sku}</code>
        {line.lot && <span className="third"> {words('counts.lotIs', { lot: line.lot, day: line.expiresOn ?? '—' })}</span>}
      </span>
      <span className="row row-tight">
        <InputNumber<number>
          ref={(field) => void onField(field?.nativeElement.querySelector('input') ?? null)}
          aria-label={words('counts.countOfLine', { line: label })}
          min={0}
          max={10_000_000}
          precision={0}
          controls={false}
          inputMode="numeric"
          value={value ?? null}
          onChange={onChange}
        />
        <Button aria-label={words('counts.noneOf', { line: label })} onClick={() => onChange(0)}>
          0
        </Button>
      </span>
    </li>
  );
}

/** Hands the whole round in. What is missing is named by its number; nothing is booked by leaving it out. */
function HandIn({ data, tally, left, onDone }: { data: Count; tally: Tally; left: number; onDone: () => void }) {
  const words = useWords();
  const navigate = useNavigate();
  const submit = useSend(counts.submitCount, refreshed);
  return (
    <div className="stack">
      <MayButton
        need="inventory.adjust"
        type="primary"
        className="floor-act"
        loading={submit.isPending}
        not={left > 0 ? words('counts.incomplete', { left }) : undefined}
        onClick={() =>
          submit.mutate(
            { params: { id: data.id }, body: bodyOf(data.lines, tally) },
            {
              onError: showAsIs,
              onSuccess: (after) => {
                onDone();
                toast(
                  words(`counts.handedIn.${after.state === 'recount' || after.state === 'waiting' ? after.state : 'booked'}`, {
                    number: after.number,
                  }),
                );
                void navigate(`/supply/counts/${data.id}`);
              },
            },
          )
        }
      >
        {words('counts.handIn')}
      </MayButton>
      <ErrorNote error={submit.error} />
    </div>
  );
}
