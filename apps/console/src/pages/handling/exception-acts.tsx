import { type orders, type ReplyOf } from '@tongshang/contract';
import { exceptionDecisions, orderAttentions } from '@tongshang/ui';
import { Button, Dropdown } from 'antd';
import { useNavigate } from 'react-router';
import { useTerm, useWords } from '../../lib/language.ts';
import { MayButton } from '../../parts/may.tsx';

export type Exception = ReplyOf<typeof orders.listExceptions>['items'][number];
export type Hold = Exception['holds'][number];
type What = Hold['decisions'][number];

export interface Decision {
  order: Pick<Exception, 'id' | 'number' | 'version'>;
  hold: Hold;
  what: Exclude<What, 'change_recipient'>;
}

export const isOpen = (hold: Hold): boolean => hold.releasedAt === null;

interface Props {
  order: Exception;
  isBusy: boolean;
  onDecide: (decision: Decision) => void;
}

/** The next decision as a button; the rest, and what each further reason allows, behind "more". */
export function ExceptionActs({ order, isBusy, onDecide }: Props) {
  const words = useWords();
  const term = useTerm();
  const navigate = useNavigate();
  const open = order.holds.filter(isOpen);
  const options = open.flatMap((hold) => hold.decisions.map((what) => ({ hold, what })));
  // calling off, asking and sending from elsewhere are about the order: offered once
  const offered = options.filter(
    ({ what }, at) => what === 'release_hold' || options.findIndex((one) => one.what === what) === at,
  );
  const [first, ...rest] = offered;
  if (first === undefined) return null;
  const name = ({ hold, what }: (typeof offered)[number]) =>
    what === 'release_hold' && open.length > 1
      ? words('exceptions.releaseOne', { reason: term(orderAttentions, hold.reason) })
      : term(exceptionDecisions, what);
  const decide = ({ hold, what }: (typeof offered)[number]) => {
    if (what === 'change_recipient') void navigate(`/sell/orders/${order.id}?edit=recipient`);
    else onDecide({ order, hold, what });
  };
  return (
    <span className="row">
      <MayButton
        need="orders.release"
        size="small"
        loading={isBusy}
        aria-label={words('exceptions.actOf', { act: name(first), number: order.number })}
        onClick={() => decide(first)}
      >
        {name(first)}
      </MayButton>
      {rest.length > 0 && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: rest.map((one) => ({
              key: `${one.hold.id} ${one.what}`,
              label: name(one),
              danger: one.what === 'cancel',
              onClick: () => decide(one),
            })),
          }}
        >
          <Button size="small" aria-label={words('exceptions.moreOf', { number: order.number })}>
            {words('exceptions.more')}
          </Button>
        </Dropdown>
      )}
    </span>
  );
}
