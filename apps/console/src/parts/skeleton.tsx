import { useWords } from '../lib/language.ts';

/** The shape of a page that is on its way. Appears after 150 ms (CSS), so that quick pages do not blink. */
export function PageSkeleton() {
  const words = useWords();
  return (
    <div className="skeleton" role="status" aria-label={words('state.loading')}>
      <div className="bone bone-title" />
      <div className="bone bone-bar" />
      {Array.from({ length: 8 }, (_, index) => (
        <div key={index} className="bone" />
      ))}
    </div>
  );
}
