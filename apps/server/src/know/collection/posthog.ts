// PostHog's capture format, told in Segment's words. Pure.
import { isObject } from './privacy.ts';

type Raw = Readonly<Record<string, unknown>>;

const typeOf: Readonly<Record<string, string>> = {
  $pageview: 'page',
  $screen: 'screen',
  $identify: 'identify',
  $create_alias: 'alias',
  $groupidentify: 'group',
};

/** One event of PostHog's `/batch/` as an event of Segment's wire. Its distinct id is a person unless it says that it is none. */
export function fromPosthog(raw: unknown): unknown {
  if (!isObject(raw)) return raw;
  const properties = isObject(raw['properties']) ? raw['properties'] : {};
  const name = raw['event'];
  const type = (typeof name === 'string' ? typeOf[name] : undefined) ?? 'track';
  const id = raw['distinct_id'] ?? properties['distinct_id'];
  const isPersonless = properties['$process_person_profile'] === false || properties['$is_identified'] === false;
  return {
    type,
    event: type === 'track' ? name : undefined,
    name: properties['$screen_name'] ?? undefined,
    messageId: raw['uuid'],
    timestamp: raw['timestamp'],
    ...(isPersonless ? { anonymousId: id } : { userId: id }),
    ...byType(type, properties, raw),
    context: { page: { path: pathIn(properties['$pathname'] ?? properties['$current_url']) } },
  };
}

function byType(type: string, properties: Raw, raw: Raw): Raw {
  switch (type) {
    case 'identify':
      return { anonymousId: properties['$anon_distinct_id'], traits: properties['$set'] ?? raw['$set'] };
    case 'alias':
      return { previousId: properties['alias'], properties: {} };
    case 'group':
      return { groupId: properties['$group_key'], traits: properties['$group_set'] };
    default:
      return { properties: raw['properties'] };
  }
}

const pathIn = (value: unknown): string | undefined =>
  typeof value === 'string' ? value.replace(/^https?:\/\/[^/]*/, '') : undefined;
