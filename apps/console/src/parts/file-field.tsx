import { Form } from 'antd';
import type { DragEvent } from 'react';
import { useWords } from '../lib/language.ts';

interface FileFieldProps {
  file: File | undefined;
  /** Somebody wanted to go on without one. */
  isMissing: boolean;
  onChoose: (file: File | undefined) => void;
}

/** A table as a file: chosen by hand or dropped. */
export function FileField({ file, isMissing, onChoose }: FileFieldProps) {
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

/** An empty table to fill in, in both formats. */
export function TemplateLinks({ href }: { href: (format: 'csv' | 'xlsx') => string }) {
  const words = useWords();
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
