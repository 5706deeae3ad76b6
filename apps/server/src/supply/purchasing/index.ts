// The door of purchasing.
export { cancelPurchase } from './cancel-purchase.ts';
export { purchaseGivenUp, purchaseReceived } from './events.ts';
export { purchasesByNumber, type PurchaseSource } from './find-purchases.ts';
export { getPurchase, openQuantity, supplyTerms } from './queries.ts';
export { receivePurchase } from './receive-purchase.ts';
export { requestPurchase } from './request-purchase.ts';
export { saveSuppliers, saveSupplyTerms } from './save-supply.ts';
