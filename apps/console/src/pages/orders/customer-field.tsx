import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { customers, membership } from '@tongshang/contract';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { q } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useName, useWords } from '../../lib/language.ts';
import { useMay } from '../../lib/session.ts';
import { ErrorNote } from '../../parts/error-state.tsx';
import { useRested } from '../../lib/rested.ts';

/** For whom an order is: contacts stay masked. */
export interface OrderCustomer {
  id: string;
  number: string;
  name: string;
  phone: string | null;
}

interface CustomerFieldProps {
  value: OrderCustomer | undefined;
  onChange: (customer: OrderCustomer | undefined) => void;
}

/** Finds a customer by whole phone, number or name; says their tier and points. Without one the order is a guest's. */
export function CustomerField({ value, onChange }: CustomerFieldProps) {
  const words = useWords();
  const mayView = useMay()('customers.view');
  const [text, setText] = useState('');
  const typed = useRested(text.trim(), 250);
  const found = useQuery({
    ...q(customers.listCustomers, { query: { search: typed, limit: 10 } }),
    enabled: mayView && typed !== '',
    placeholderData: keepPreviousData,
  });
  if (value) return <Chosen customer={value} onForget={() => onChange(undefined)} />;
  const items = typed === '' ? [] : (found.data?.items ?? []);
  return (
    <>
      <Select<string | null>
        className="wide-choice"
        aria-label={words('newOrder.customer')}
        placeholder={words('newOrder.customerHelp')}
        value={null}
        showSearch={{ filterOption: false, onSearch: setText, searchValue: text }}
        disabled={!mayView}
        options={items.map((one) => ({ value: one.id, label: [one.name, one.phone, one.number].filter(Boolean).join(' · ') }))}
        notFoundContent={typed === '' ? words('newOrder.customerHelp') : words('newOrder.noCustomer')}
        onChange={(id) => {
          const one = items.find((candidate) => candidate.id === id);
          setText('');
          if (one) onChange({ id: one.id, number: one.number, name: one.name, phone: one.phone });
        }}
      />
      <p className="third">{words('newOrder.guest')}</p>
      <ErrorNote error={found.error} />
    </>
  );
}

function Chosen({ customer, onForget }: { customer: OrderCustomer; onForget: () => void }) {
  const words = useWords();
  const name = useName();
  const { count } = useFormat();
  const mayView = useMay()('membership.view');
  const { data } = useQuery({ ...q(membership.getStanding, { params: { customerId: customer.id } }), enabled: mayView });
  return (
    <div className="row">
      <Link to={`/sell/customers/${customer.id}`}>{customer.name || customer.number}</Link>
      <span className="second">{[customer.phone, customer.number].filter(Boolean).join(' · ')}</span>
      {data && <span>{words('newOrder.standing', { tier: name(data.tier), points: count(data.points) })}</span>}
      <Button size="small" onClick={onForget}>
        {words('newOrder.otherCustomer')}
      </Button>
    </div>
  );
}
