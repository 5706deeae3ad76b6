/** A small square picture beside its name, which says it already. */
export const Thumb = ({ src }: { src: string | undefined }) => (
  <div class="thumb">{src !== undefined && <img src={src} alt="" width="96" height="96" loading="lazy" decoding="async" />}</div>
);
