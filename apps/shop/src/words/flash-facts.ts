/** What a flash price says wherever it stands; apart, because it travels to the browser. */
export const flashFacts = {
  endsIn: { zh: '距结束', en: 'Ends in' },
  perBuyer: { zh: '每人限购 {count} 件', en: '{count} per buyer' },
  left: { zh: '还剩 {count} 件', en: '{count} left' },
  price: { zh: '限时价', en: 'Flash price' },
  usual: { zh: '平时价', en: 'Usually' },
} as const;
