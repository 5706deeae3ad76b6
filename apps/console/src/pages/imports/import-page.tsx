import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { imports, type ReplyOf } from '@tongshang/contract';
import { importKinds, importStates } from '@tongshang/ui';
import { type LoaderFunctionArgs, useParams } from 'react-router';
import { client, q, useSend } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useTerm, useWords } from '../../lib/language.ts';
import { ErrorNote } from '../../parts/error-state.tsx';
import { MayButton } from '../../parts/may.tsx';
import { ObjectPage } from '../../parts/object-page.tsx';
import { StatusTag } from '../../parts/status-tag.tsx';
import { WorkProgress } from '../../parts/work-progress.tsx';
import { MappingForm } from './mapping-form.tsx';
import { ImportResult } from './result.tsx';

export type ImportJob = ReplyOf<typeof imports.getImport>;

const job = (id = '') => q(imports.getImport, { params: { id } });

export const loader = ({ params }: LoaderFunctionArgs) => client.ensureQueryData(job(params['id']));

const isMoving = (state: ImportJob['state']): boolean => state === 'checking' || state === 'running';

/** Upload → columns → check → run → result, on one page that may be left and found again at any time. */
export function Page() {
  const words = useWords();
  const term = useTerm();
  const f = useFormat();
  const { id } = useParams();
  const { data } = useSuspenseQuery(job(id));
  useQuery({ ...job(id), refetchInterval: ({ state }) => (state.data && isMoving(state.data.state) ? 1_000 : false) });
  const isOpen = (imports.importMoves[data.state] as readonly string[]).includes('map');
  return (
    <ObjectPage
      title={data.fileName}
      module={words('nav.imports')}
      back={{ to: '/know/imports', text: words('nav.imports') }}
      status={<StatusTag status={importStates[data.state]} code={data.state} />}
      facts={words('imports.facts', {
        kind: term(importKinds, data.kind),
        by: data.createdBy,
        at: f.instant(data.createdAt),
        encoding: data.options.encoding,
      })}
      actions={<Moves job={data} />}
    >
      {data.failure && (
        <p className="notice" role="alert">
          {words('imports.failed', { reason: data.failure.reason })}
        </p>
      )}
      {(isMoving(data.state) || data.state === 'paused') && <ProgressSection job={data} />}
      {isOpen && <MappingForm key={`${data.kind} ${data.headers.join('\t')}`} job={data} />}
      {(data.rowsRead > 0 || data.state === 'done') && <ImportResult job={data} />}
    </ObjectPage>
  );
}

type Move = 'map' | 'check' | 'run' | 'pause' | 'resume' | 'cancel';

function Moves({ job: data }: { job: ImportJob }) {
  const words = useWords();
  const term = useTerm();
  const refreshed = [imports.getImport, imports.listImports];
  const sends = {
    check: useSend(imports.checkImport, refreshed),
    run: useSend(imports.runImport, refreshed),
    pause: useSend(imports.pauseImport, refreshed),
    resume: useSend(imports.resumeImport, refreshed),
    cancel: useSend(imports.cancelImport, refreshed),
  };
  const open = imports.importMoves[data.state] as readonly Move[];
  const isDue = (move: Move): boolean =>
    (move === 'check' && data.state === 'uploaded') ||
    (move === 'run' && data.state === 'checked') ||
    (move === 'resume' && data.state === 'paused');
  const not = (move: Move): string | undefined => {
    if (!open.includes(move)) return words('imports.notNow', { state: term(importStates, data.state) });
    if ((move === 'check' || move === 'run') && data.missing.length > 0)
      return words('imports.missing', {
        fields: data.missing.map((field) => term(imports.importFieldWords, field)).join(words('list.comma')),
      });
    return undefined;
  };
  const shown = (['check', 'run', 'pause', 'resume', 'cancel'] as const).filter((move) => move === 'run' || open.includes(move));
  return (
    <>
      {shown.map((move) => (
        <MayButton
          key={move}
          need="imports.run"
          not={not(move)}
          danger={move === 'cancel'}
          {...(isDue(move) && { type: 'primary' as const })}
          loading={sends[move].isPending}
          onClick={() => sends[move].mutate({ params: { id: data.id } })}
        >
          {words(`imports.${move}`)}
        </MayButton>
      ))}
      <ErrorNote error={Object.values(sends).find(({ error }) => error)?.error} />
    </>
  );
}

function ProgressSection({ job: data }: { job: ImportJob }) {
  const words = useWords();
  const f = useFormat();
  return (
    <WorkProgress
      title={words(data.phase === 'landing' ? 'imports.landing' : 'imports.reading')}
      label={words('imports.progress')}
      progress={data.progress}
      isMoving={data.state !== 'paused'}
      counts={words('imports.counts', {
        read: f.count(data.rowsRead),
        total: f.count(data.rowsTotal),
        landed: f.count(data.rowsLanded),
        bad: f.count(data.rowsBad),
      })}
      note={words('imports.mayLeave')}
    />
  );
}
