import type { ComponentChildren } from 'preact';

interface Props {
  id: string;
  label: string;
  hint?: string | undefined;
  trouble?: string | undefined;
  /** The control; give it `id`, and `describedBy(...)` as aria-describedby. */
  children: ComponentChildren;
}

/** Label above, help below, the trouble in words where it is. */
export function Field({ id, label, hint, trouble, children }: Props) {
  return (
    <div class={trouble === undefined ? 'field' : 'field wrong'}>
      <label for={id}>{label}</label>
      {trouble !== undefined && (
        <p class="trouble" id={`${id}-trouble`}>
          {trouble}
        </p>
      )}
      {children}
      {hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

/** Ties a control to its help and its trouble, for those who hear the page. */
export function described(id: string, { hint, trouble }: { hint?: string | undefined; trouble?: string | undefined }) {
  const ids = [trouble === undefined ? '' : `${id}-trouble`, hint === undefined ? '' : `${id}-hint`].filter((one) => one !== '');
  return {
    id,
    'aria-describedby': ids.length > 0 ? ids.join(' ') : undefined,
    'aria-invalid': trouble === undefined ? undefined : ('true' as const),
  };
}

/** On top of a form that was not accepted: each line leads to its field. Takes the focus in browsers with JavaScript. */
export function TroubleSummary({ title, troubles }: { title: string; troubles: readonly { id: string; text: string }[] }) {
  if (troubles.length === 0) return null;
  return (
    <div class="notice bad" role="alert" tabIndex={-1} data-focus>
      <p>{title}</p>
      <ul>
        {troubles.map(({ id, text }) => (
          <li key={id}>
            <a href={`#${id}`}>{text}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}
