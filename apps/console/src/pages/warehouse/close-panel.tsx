import { useQuery } from '@tanstack/react-query';
import { delivery, warehouse } from '@tongshang/contract';
import { Button, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { q, useSend } from '../../lib/api.ts';
import { useFormat } from '../../lib/format.ts';
import { useLanguage, useName, useWords } from '../../lib/language.ts';
import { useMay } from '../../lib/session.ts';
import { toast } from '../../lib/toast.ts';
import { ErrorNote } from '../../parts/error-state.tsx';
import { type Fulfilment, keepAnswer, showAsIs } from './fulfilment-query.ts';
import { PrintButton } from './print-button.tsx';

/** Closes a complete parcel: its weight, its service, then its label. The cheapest service that keeps the promise is taken unless another is named. */
export function ClosePanel({ data }: { data: Fulfilment }) {
  return data.state === 'packed' ? <Closed data={data} /> : <Closing data={data} />;
}

function Closing({ data }: { data: Fulfilment }) {
  const words = useWords();
  const name = useName();
  const { money } = useFormat();
  const mayQuote = useMay()('delivery.view') && data.kind === 'delivery';
  const [grams, setGrams] = useState(data.grams);
  const [service, setService] = useState<string>();
  const close = useSend(warehouse.finishPacking);
  const quotes = useQuery({
    ...q(delivery.quoteParcel, {
      query: {
        location: data.location,
        region: data.recipient.region,
        grams: Math.max(1, grams),
        storage: data.storage,
        ...(data.promisedOn && { promisedOn: data.promisedOn }),
      },
    }),
    enabled: mayQuote && data.recipient.region !== '',
  });
  const body = { version: data.version, ...(grams > 0 && { grams }), ...(service && { service }) };
  return (
    <section className="card stack" aria-label={words('floor.close')}>
      <h2>{words('floor.allIn')}</h2>
      {data.kind === 'delivery' && (
        <>
          <label className="field-label">
            {words('floor.weightGrams')}
            <InputNumber<number>
              size="large"
              min={1}
              max={1_000_000}
              precision={0}
              value={grams}
              suffix={words('floor.grams')}
              onChange={(value) => setGrams(value ?? data.grams)}
            />
          </label>
          <label className="field-label">
            {words('floor.service')}
            <Select<string | null>
              size="large"
              aria-label={words('floor.service')}
              value={service ?? null}
              onChange={(value) => setService(value ?? undefined)}
              options={[
                { value: null, label: words('floor.serviceByItself') },
                ...(quotes.data?.items ?? []).map((one) => ({
                  value: one.service,
                  label: words(one.keepsPromise ? 'floor.serviceOption' : 'floor.serviceTooLate', {
                    name: name(one),
                    price: money(one.priceFen),
                    day: one.arrivesOn,
                  }),
                })),
              ]}
            />
          </label>
        </>
      )}
      <Button
        type="primary"
        className="floor-act"
        loading={close.isPending}
        onClick={() =>
          close.mutate(
            { params: { fulfilmentId: data.id }, body },
            {
              onError: showAsIs,
              onSuccess: (after) => {
                keepAnswer(after);
                toast(words('floor.closedToast', { number: after.number }));
              },
            },
          )
        }
      >
        {words(data.kind === 'delivery' ? 'floor.closeAct' : 'floor.readyAct')}
      </Button>
      <ErrorNote error={close.error} />
    </section>
  );
}

function Closed({ data }: { data: Fulfilment }) {
  const words = useWords();
  const language = useLanguage();
  const params = { fulfilmentId: data.id };
  return (
    <section className="card stack" aria-label={words('floor.close')}>
      <h2>{words(data.kind === 'pickup' ? 'floor.readyNow' : 'floor.closedNow')}</h2>
      {data.parcel && (
        <p>
          {data.carrier} <code>{data.parcel.trackingNumber}</code>
        </p>
      )}
      <div className="row">
        {data.parcel && (
          <PrintButton endpoint={warehouse.printLabel} input={{ params, query: { language } }} isPrimary>
            {words('floor.label')}
          </PrintButton>
        )}
        <PrintButton endpoint={warehouse.printPackingList} input={{ params, query: { language } }}>
          {words('floor.packingList')}
        </PrintButton>
        <Link to={`/supply/floor-board/packing?location=${encodeURIComponent(data.location)}`}>{words('floor.nextParcel')}</Link>
      </div>
    </section>
  );
}
