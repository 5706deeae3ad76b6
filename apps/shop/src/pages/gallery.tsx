import type { Site } from '../site.ts';
import type { Product } from '../views.ts';
import { productPage as words } from '../words/product-page.ts';
import { Photo } from '../parts/picture.tsx';

/** Pictures side by side in a strip that snaps; thumbnails are links to them, so it works without JavaScript. */
export function Gallery({ site, product, sku }: { site: Site; product: Product; sku: string | undefined }) {
  const pictures = ordered(product, sku);
  const total = pictures.length;
  return (
    <div class="gallery">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard (axe: scrollable-region-focusable) */}
      <ul class="strip" aria-label={site.say(words.gallery)} tabIndex={total > 1 ? 0 : undefined} data-strip>
        {pictures.map((picture, index) => (
          <li key={picture.src} id={`picture-${index + 1}`} data-sku={picture.sku ?? undefined}>
            <Photo site={site} picture={picture} isFirst={index === 0} />
          </li>
        ))}
        {total === 0 && (
          <li>
            <Photo site={site} picture={null} />
          </li>
        )}
      </ul>
      {total > 1 && (
        <ul class="thumbs">
          {pictures.map((picture, index) => (
            <li key={picture.src}>
              <a href={`#picture-${index + 1}`} data-thumb aria-label={site.say(words.pictureOf, { index: index + 1, total })}>
                <Photo site={site} picture={picture} isSilent sizeMax={72} />
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The chosen variant's own picture comes first. */
function ordered({ images }: Product, sku: string | undefined): Product['images'] {
  const unique = images.filter((one, index) => images.findIndex(({ src }) => src === one.src) === index);
  return unique.toSorted(
    (one, other) => Number(other.sku === sku && sku !== undefined) - Number(one.sku === sku && sku !== undefined),
  );
}
