import { imports, urlOf } from '@tongshang/contract';
import { importKinds } from '@tongshang/ui';
import { Form, Input, Progress, Segmented } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { forget } from '../../lib/api.ts';
import { useLanguage, useTerm, useWords } from '../../lib/language.ts';
import { sendFile } from '../../lib/upload.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { FileField, TemplateLinks } from '../../parts/file-field.tsx';

type Kind = (typeof imports.importKinds)[number];

/** Chooses a file and says what it holds; its columns are recognised by the server. */
export function UploadDialog({ onClose }: { onClose: () => void }) {
  const words = useWords();
  const term = useTerm();
  const language = useLanguage();
  const navigate = useNavigate();
  const [kind, setKind] = useState<Kind>('products');
  const [source, setSource] = useState('');
  const [file, setFile] = useState<File | undefined>();
  const [sent, setSent] = useState<{ share: number | undefined; error: unknown }>({ share: undefined, error: undefined });
  const [isMissing, setMissing] = useState(false);
  const upload = async () => {
    setMissing(file === undefined);
    if (file === undefined) return;
    setSent({ share: 0, error: undefined });
    try {
      const url = urlOf(imports.uploadImport, { query: { kind, fileName: file.name, source } });
      const { id } = imports.Import.pick({ id: true }).parse(
        await sendFile(url, file, (share) => setSent({ share, error: undefined })),
      );
      await forget(imports.listImports);
      await navigate(`/know/imports/${id}`);
    } catch (error) {
      setSent({ share: undefined, error });
    }
  };
  return (
    <Dialog
      title={words('imports.new')}
      act={words('imports.uploadAct')}
      isOpen
      isBusy={sent.share !== undefined}
      error={sent.error}
      onClose={onClose}
      onAct={() => void upload()}
    >
      <Form layout="vertical">
        <Form.Item label={words('imports.kind')}>
          <Segmented<Kind>
            value={kind}
            onChange={setKind}
            options={imports.importKinds.map((value) => ({ value, label: term(importKinds, value) }))}
          />
        </Form.Item>
        <FileField file={file} isMissing={isMissing} onChoose={setFile} />
        <Form.Item label={words('imports.source')} extra={words('imports.sourceHelp')}>
          <Input
            value={source}
            maxLength={64}
            aria-label={words('imports.source')}
            onChange={(event) => setSource(event.target.value)}
          />
        </Form.Item>
        <TemplateLinks href={(format) => urlOf(imports.downloadTemplate, { params: { kind }, query: { format, language } })} />
        {sent.share !== undefined && <Progress percent={Math.round(sent.share * 100)} aria-label={words('imports.uploading')} />}
      </Form>
    </Dialog>
  );
}
