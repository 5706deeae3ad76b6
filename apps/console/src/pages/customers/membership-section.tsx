import { useQuery } from '@tanstack/react-query';
import { membership } from '@tongshang/contract';
import { q } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useName, useWords } from '../../lib/language.ts';
import { useMay } from '../../lib/session.ts';
import { Facts, Section } from '../../parts/object-page.tsx';

/** How the customer stands with the firm: tier, points, and what of them ends when. */
export function MembershipSection({ customerId }: { customerId: string }) {
  const words = useWords();
  const name = useName();
  const { count, money } = useFormat();
  const mayView = useMay()('membership.view');
  const { data } = useQuery({ ...q(membership.getStanding, { params: { customerId } }), enabled: mayView });
  if (data === undefined) return null;
  return (
    <Section title={words('customers.membership')}>
      <Facts
        facts={[
          [words('customers.tier'), name(data.tier)],
          [
            words('customers.points'),
            words('customers.pointsWorth', { points: count(data.points), worth: money(data.worthFen) }),
          ],
          ...data.expiring.map(
            ({ points, lastDay }) =>
              [words('customers.pointsUntil', { day: lastDay }), words('customers.pointsOf', { points: count(points) })] as const,
          ),
        ]}
      />
    </Section>
  );
}
