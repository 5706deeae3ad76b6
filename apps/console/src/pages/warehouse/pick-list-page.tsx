import { useSuspenseQuery } from '@tanstack/react-query';
import { warehouse } from '@tongshang/contract';
import { pickListStates } from '@tongshang/ui';
import { useState } from 'react';
import { Link, type LoaderFunctionArgs, useNavigate, useParams } from 'react-router';
import { client, forget, q, useSend } from '../../lib/api.ts';
import { dropDraft, keepDraft, readDraft } from '../../lib/draft.ts';
import { useFormat } from '../../lib/format.ts';
import { useLanguage, useName, useWords } from '../../lib/language.ts';
import { signal } from '../../lib/signal.ts';
import { toast } from '../../lib/toast.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { MayButton } from '../../parts/may.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { ScanBox } from '../../parts/scan-box.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { FloorTabs, fulfilmentPage, packPage } from './floor-tabs.tsx';
import { listsOfWork } from './fulfilment-query.ts';
import {
  isDone,
  nextStop,
  type PickList,
  type Progress,
  shortagesOf,
  type Stop,
  stopKey,
  stopOf,
  type Taken,
} from './pick-progress.ts';
import { StopRow } from './pick-stop.tsx';
import { PrintButton } from './print-button.tsx';
import { WrongScan } from './scan-answer.tsx';
import '../../supply.css';

const listOf = (pickListId = '') => q(warehouse.getPickList, { params: { pickListId } });

export const loader = ({ params }: LoaderFunctionArgs) => client.ensureQueryData(listOf(params['id']));

/** A pick list in walking order: where, what, how many, done. */
export function Page() {
  const words = useWords();
  const language = useLanguage();
  const { data } = useSuspenseQuery(listOf(useParams()['id']));
  return (
    <div className="floor">
      <PageHead
        title={data.number}
        module={words('nav.floorBoard')}
        about={<StatusTag status={pickListStates[data.state]} code={data.state} />}
        actions={
          <PrintButton endpoint={warehouse.printPickList} input={{ params: { pickListId: data.id }, query: { language } }}>
            {words('pick.print')}
          </PrintButton>
        }
      />
      <FloorTabs />
      {data.state === 'open' ? <Walk key={data.id} data={data} /> : <Finished data={data} />}
      <section className="card" aria-label={words('pick.fulfilments')}>
        <h2>{words('pick.fulfilments')}</h2>
        <ul className="floor-list">
          {data.fulfilments.map((one) => (
            <li key={one.fulfilmentId}>
              <Link to={one.state === 'picked' ? packPage(one.fulfilmentId) : fulfilmentPage(one.fulfilmentId)}>
                {one.number}
              </Link>
              <span className="second">{words('floor.unitsShort', { count: one.units })}</span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

type Told = { isRight: boolean; text: string };

/** Every stop is answered by a scan, a tap, or with what is missing; only then the list can be finished. */
function Walk({ data }: { data: PickList }) {
  const words = useWords();
  const name = useName();
  const { count } = useFormat();
  const draft = `pick-${data.id}`;
  const [progress, setProgress] = useState<Progress>(() => readDraft<Progress>(draft) ?? {});
  const [told, setTold] = useState<Told>();
  const keep = (next: Progress) => {
    setProgress(next);
    keepDraft(draft, next);
  };
  const answer = (stop: Stop, taken: Taken | undefined) => {
    const { [stopKey(stop)]: _, ...rest } = progress;
    keep(taken === undefined ? rest : { ...rest, [stopKey(stop)]: taken });
  };
  const next = nextStop(progress, data.stops);
  const scan = (code: string) => {
    const stop = stopOf(progress, data.stops, code);
    setTold(
      stop
        ? { isRight: true, text: words('pick.right', { name: name(stop), quantity: stop.quantity }) }
        : { isRight: false, text: words('pick.wrong', { code, expected: next ? `${name(next)} ${next.sku}` : '—' }) },
    );
    signal(stop ? 'right' : 'wrong');
    if (stop) answer(stop, { quantity: stop.quantity });
  };
  const done = data.stops.filter((stop) => isDone(progress, stop)).length;
  return (
    <>
      <section className="card stack" aria-label={words('pick.walk')}>
        <p className="second" aria-live="polite">
          {words('pick.progress', { done: count(done), all: count(data.stops.length) })}
        </p>
        {next && <p className="floor-place">{next.bin ?? words('pick.noBin')}</p>}
        {next && (
          <ScanBox label={words('pick.scan', { name: name(next) })} onScan={scan}>
            {told?.isRight === true && (
              <p className="scan-right">
                <strong>✓ {told.text}</strong>
              </p>
            )}
            {told?.isRight === false && <WrongScan what={told.text} onClose={() => setTold(undefined)} />}
          </ScanBox>
        )}
        <ul className="floor-list" aria-label={words('pick.stops')}>
          {data.stops.map((stop) => (
            <StopRow
              key={stopKey(stop)}
              stop={stop}
              taken={progress[stopKey(stop)]}
              isNow={stop === next}
              onAnswer={(taken) => answer(stop, taken)}
            />
          ))}
        </ul>
      </section>
      <Finish data={data} progress={progress} isComplete={next === undefined} onFinished={() => dropDraft(draft)} />
    </>
  );
}

interface FinishProps {
  data: PickList;
  progress: Progress;
  isComplete: boolean;
  onFinished: () => void;
}

function Finish({ data, progress, isComplete, onFinished }: FinishProps) {
  const words = useWords();
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<'finish' | 'abandon' | undefined>();
  const finish = useSend(warehouse.finishPicking);
  const abandon = useSend(warehouse.abandonPicking);
  const shortages = shortagesOf(progress, data.stops);
  const short = shortages.reduce((sum, one) => sum + one.quantity, 0);
  const params = { pickListId: data.id };
  const settled = (after: PickList, to: string) => {
    onFinished();
    client.setQueryData(listOf(after.id).queryKey, after);
    void Promise.all([...listsOfWork, warehouse.getFulfilment].filter((one) => one !== warehouse.getPickList).map(forget));
    void navigate(to);
  };
  const send = () =>
    finish.mutate(
      { params, body: { shortages } },
      {
        onSuccess: (after) => {
          toast(words('pick.finishedToast', { number: data.number }));
          settled(after, `/supply/floor-board/packing?location=${encodeURIComponent(data.location)}`);
        },
      },
    );
  return (
    <div className="stack">
      <MayButton
        need="warehouse.work"
        type="primary"
        className="floor-act"
        loading={finish.isPending}
        not={isComplete ? undefined : words('pick.notYet')}
        onClick={() => (short > 0 ? setDialog('finish') : send())}
      >
        {short > 0 ? words('pick.finishShort', { short }) : words('pick.finish')}
      </MayButton>
      <MayButton need="warehouse.work" onClick={() => setDialog('abandon')}>
        {words('pick.abandon')}
      </MayButton>
      <Dialog
        title={words('pick.finishTitle', { short })}
        act={words('pick.finishShort', { short })}
        isOpen={dialog === 'finish' || (finish.error !== null && dialog === undefined)}
        isBusy={finish.isPending}
        error={finish.error}
        onClose={() => {
          finish.reset();
          setDialog(undefined);
        }}
        onAct={send}
      >
        <p>{words('pick.finishText')}</p>
      </Dialog>
      <Dialog
        title={words('pick.abandonTitle', { number: data.number })}
        act={words('pick.abandon')}
        isOpen={dialog === 'abandon'}
        isDanger
        isBusy={abandon.isPending}
        error={abandon.error}
        onClose={() => setDialog(undefined)}
        onAct={() => abandon.mutate({ params }, { onSuccess: (after) => settled(after, '/supply/floor-board/picking') })}
      >
        <p>{words('pick.abandonText')}</p>
      </Dialog>
    </div>
  );
}

function Finished({ data }: { data: PickList }) {
  const words = useWords();
  const { instant } = useFormat();
  return (
    <section className="card">
      <p>
        {data.state === 'done' ? words('pick.doneText', { at: instant(data.doneAt) }) : words('pick.abandonedText')}{' '}
        <Link to={`/supply/floor-board/packing?location=${encodeURIComponent(data.location)}`}>{words('floor.packing')}</Link>
      </p>
    </section>
  );
}
