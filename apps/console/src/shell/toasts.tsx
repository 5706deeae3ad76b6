import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Link } from 'react-router';
import { useWords } from '../lib/language.ts';
import { closeToast, useToasts } from '../lib/toast.ts';

export function Toasts() {
  const toasts = useToasts();
  const words = useWords();
  return (
    <div className="toasts" role="status" aria-live="polite">
      {toasts.map(({ id, text, link }) => (
        <div key={id} className="toast">
          <span>{text}</span>
          {link && <Link to={link.to}>{link.text}</Link>}
          <Button
            type="text"
            size="small"
            aria-label={words('act.close')}
            icon={<CloseOutlined aria-hidden="true" />}
            onClick={() => closeToast(id)}
          />
        </div>
      ))}
    </div>
  );
}
