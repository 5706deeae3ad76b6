import { useQuery } from '@tanstack/react-query';
import { observations, type ReplyOf, urlOf } from '@tongshang/contract';
import { Form, Input } from 'antd';
import { useState } from 'react';
import { forget, q } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useLanguage, useWords } from '../../lib/language.ts';
import { toast } from '../../lib/toast.ts';
import { sendFile } from '../../lib/upload.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { FileField, TemplateLinks } from '../../parts/file-field.tsx';
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
  const language = useLanguage();
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
        <TemplateLinks href={(format) => urlOf(observations.downloadObservationTemplate, { query: { format, language } })} />
      </Form>
      {sent.checked && <FileAnswer answer={sent.checked} isRecorded={false} />}
      {sent.recorded && <FileAnswer answer={sent.recorded} isRecorded />}
      <LastFiles />
    </Dialog>
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
