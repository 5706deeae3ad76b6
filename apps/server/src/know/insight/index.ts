// The door of insight, for the demo.
export { askForProduct } from './ask-for-product.ts';
