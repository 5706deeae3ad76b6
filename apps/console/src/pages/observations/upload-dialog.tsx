import { useQuery } from '@tanstack/react-query';
import { observations, type ReplyOf, urlOf } from '@tongshang/contract';
import { Form, Input } from 'antd';
import { type DragEvent, useState } from 'react';
import { forget, q } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useLanguage, useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { sendFile } from '../../lib/upload.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { FileAnswer } from './file-answer.tsx';

type Answer = ReplyOf<typeof observations.uploadObservations>;
type Mode = 'check' | 'record';

interface Sent {
  mode: Mode | undefined;
  error: unknown;
  checked: Answer | undefined;
  recorded: Answer | undefined;
}
const nothingSent: Sent = { mode: undefined, error: undefined, checked: undefined, recorded: undefined };

/** A file is checked first and shows what it would do; then its good rows are recorded. */
export function UploadDialog({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const [file, setFile] = useState<File | undefined>();
  const [source, setSource] = useState('');
  const [isMissing, setMissing] = useState(false);
  const [sent, setSent] = useState(nothingSent);
  const choose = (next: File | undefined) => (setFile(next), setSent(nothingSent));
  const good = sent.checked === undefined ? 0 : sent.checked.recorded + sent.checked.corrected;
  const send = async (mode: Mode) => {
    setMissing(file === undefined);
    if (file === undefined) return;
    setSent((now) => ({ ...now, mode, error: undefined }));
    try {
      const url = urlOf(observations.uploadObservations, { query: { fileName: file.name, mode, source } });
      const answer = observations.uploadObservations.reply.parse(await sendFile(url, file, () => undefined));
      setSent({ ...nothingSent, ...(mode === 'check' ? { checked: answer } : { recorded: answer }) });
      if (mode === 'check') return;
      await Promise.all([forget(observations.listObservations), forget(observations.listObservationFiles)]);
      toast(words('observations.fileToast', { count: answer.recorded + answer.corrected }));
      if (answer.bad === 0) onClose();
    } catch (error) {
      setSent({ ...nothingSent, error });
    }
  };
  const mayRecord = good > 0 && sent.recorded === undefined;
  return (
    <Dialog
      title={words('observations.upload')}
      act={words(mayRecord ? 'observations.recordFile' : 'observations.checkFile', { count: good })}
      isOpen
      isBusy={sent.mode !== undefined}
      error={sent.error}
      width={760}
      onClose={onClose}
      onAct={() => void send(mayRecord ? 'record' : 'check')}
    >
      <Form layout="vertical">
        <FileField file={file} isMissing={isMissing} onChoose={choose} />
        <Form.Item label={words('observations.source')} extra={words('observations.fileSourceHelp')}>
          <Input
            value={source}
            maxLength={120}
            aria-label={words('observations.source')}
            onChange={(event) => (setSource(event.target.value), setSent(nothingSent))}
          />
        </Form.Item>
        <Template />
      </Form>
      {sent.checked && <FileAnswer answer={sent.checked} isRecorded={false} />}
      {sent.recorded && <FileAnswer answer={sent.recorded} isRecorded />}
      <LastFiles />
    </Dialog>
  );
}

interface FileFieldProps {
  file: File | undefined;
  isMissing: boolean;
  onChoose: (file: File | undefined) => void;
}

function FileField({ file, isMissing, onChoose }: FileFieldProps) {
  const words = useWords();
  const drop = (event: DragEvent) => {
    event.preventDefault();
    onChoose(event.dataTransfer.files[0]);
  };
  return (
    <Form.Item
      label={words('imports.file')}
      extra={words('imports.fileHelp')}
      {...(isMissing && { validateStatus: 'error' as const, help: words('imports.fileMissing') })}
    >
      <div className="drop" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
        <input
          type="file"
          aria-label={words('imports.file')}
          accept=".csv,.tsv,.txt,.gz,.xlsx"
          onChange={(event) => onChoose(event.target.files?.[0])}
        />
        <p className="second">{file ? file.name : words('imports.drop')}</p>
      </div>
    </Form.Item>
  );
}

function Template() {
  const words = useWords();
  const language = useLanguage();
  const href = (format: 'csv' | 'xlsx') => urlOf(observations.downloadObservationTemplate, { query: { format, language } });
  return (
    <p>
      {words('imports.template')}{' '}
      <a href={href('xlsx')} download>
        XLSX
      </a>{' '}
      <a href={href('csv')} download>
        CSV
      </a>
    </p>
  );
}

const filesShown = 5;

/** Who recorded which files lately. */
function LastFiles() {
  const words = useWords();
  const f = useFormat();
  const { data } = useQuery(q(observations.listObservationFiles));
  if (data === undefined || data.items.length === 0) return null;
  return (
    <details className="observation-files">
      <summary>{words('observations.lastFiles')}</summary>
      <ul>
        {data.items.slice(0, filesShown).map((one) => (
          <li key={one.id}>
            {words('observations.fileLine', {
              file: one.fileName,
              by: one.recordedBy,
              at: f.instant(one.recordedAt),
              recorded: f.count(one.recorded),
              corrected: f.count(one.corrected),
              bad: f.count(one.bad),
            })}
          </li>
        ))}
      </ul>
    </details>
  );
}
