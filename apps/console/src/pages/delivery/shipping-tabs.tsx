import { type PageTab, PageTabs } from '../../parts/page-tabs.tsx';

const tabs: readonly PageTab[] = [
  { to: '/supply/shipping', word: 'shipping.tabParcels', need: 'delivery.view' },
  { to: '/supply/shipping/carriers', word: 'shipping.tabCarriers', need: 'delivery.view' },
  { to: '/supply/shipping/places', word: 'shipping.tabPlaces', need: 'delivery.view' },
  { to: '/supply/shipping/calendar', word: 'shipping.tabCalendar', need: 'delivery.view' },
];

/** Parcels on their way, who carries them at what price, and when places send. */
export const ShippingTabs = () => <PageTabs label="nav.shipping" tabs={tabs} />;
