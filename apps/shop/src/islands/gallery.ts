/** Thumbnails and variants move the strip of pictures without touching the address. */
export function connectGallery(): void {
  const strip = document.querySelector<HTMLElement>('[data-strip]');
  if (strip === null) return;
  const show = (item: Element | null): void => {
    if (item instanceof HTMLElement) strip.scrollTo({ left: item.offsetLeft - strip.offsetLeft });
  };
  const thumbs = [...document.querySelectorAll<HTMLAnchorElement>('[data-thumb]')];
  for (const thumb of thumbs)
    thumb.addEventListener('click', (event) => {
      event.preventDefault();
      show(document.querySelector(thumb.hash));
    });
  document.addEventListener('variant', (event) => {
    const sku = (event as CustomEvent<string>).detail;
    show([...strip.children].find((item) => item instanceof HTMLElement && item.dataset['sku'] === sku) ?? null);
  });
  const watch = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const thumb = thumbs.find(({ hash }) => hash === `#${target.id}`);
        if (isIntersecting) thumb?.setAttribute('aria-current', 'true');
        else thumb?.removeAttribute('aria-current');
      }
    },
    { root: strip, threshold: 0.6 },
  );
  for (const item of strip.children) watch.observe(item);
}
