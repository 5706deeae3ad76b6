import { langOf } from '../lib/language.ts';
import type { Site } from '../site.ts';
import type { Picture } from '../views.ts';
import { common } from '../words/common.ts';

interface Props {
  site: Site;
  picture: Picture | null;
  /** The first picture a visitor sees is fetched at once, the others when they come near. */
  isFirst?: boolean;
  /** The link around it is named already: the picture itself stays silent. */
  isSilent?: boolean;
  sizeMax?: number;
}

/** A picture with its size reserved, so that nothing moves when it arrives. */
export function Photo({ site, picture, isFirst = false, isSilent = false, sizeMax = 800 }: Props) {
  if (picture === null) return <span class="no-photo">{site.say(common.noPicture)}</span>;
  const alt = site.nameOf({ name: picture.alt, nameEn: picture.altEn });
  const scale = Math.min(1, sizeMax / Math.max(picture.width, picture.height));
  return (
    <img
      src={picture.src}
      alt={isSilent ? '' : alt}
      lang={isSilent ? undefined : langOf(site.language, alt)}
      width={Math.round(picture.width * scale)}
      height={Math.round(picture.height * scale)}
      loading={isFirst ? 'eager' : 'lazy'}
      fetchpriority={isFirst ? 'high' : undefined}
      decoding={isFirst ? undefined : 'async'}
    />
  );
}
