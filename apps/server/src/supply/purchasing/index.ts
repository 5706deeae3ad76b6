// The door of purchasing.
export { cancelPurchase } from './cancel-purchase.ts';
export { purchaseGivenUp, purchaseReceived, purchaseRequested } from './events.ts';
export { getPurchase, openQuantity, supplyTerms } from './queries.ts';
export { receivePurchase, type ReceivePurchase } from './receive-purchase.ts';
export { requestPurchase, type RequestPurchase } from './request-purchase.ts';
export { saveSuppliers, saveSupplyTerms, type SupplierFacts, type TermFacts } from './save-supply.ts';
