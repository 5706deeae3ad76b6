import type { cart, customers, orders, storefront } from '@tongshang/contract';
import type * as z from 'zod';

// What the pages show, as the contract says it.
export type Card = z.output<typeof storefront.Card>;
export type Category = z.output<typeof storefront.ShopCategory>;
export type Crumb = z.output<typeof storefront.Crumb>;
export type Facets = z.output<typeof storefront.Facets>;
export type ListReply = z.output<typeof storefront.listProducts.reply>;
export type Product = z.output<typeof storefront.ShopProduct>;
export type Variant = z.output<typeof storefront.ShopVariant>;
export type Suggestions = z.output<typeof storefront.suggest.reply>;
export type Cart = z.output<typeof cart.Cart>;
export type CartLine = z.output<typeof cart.CartLine>;
export type Order = z.output<typeof orders.Order>;
export type OrderState = z.output<typeof orders.OrderState>;
export type MyOrders = z.output<typeof orders.listMyOrders.reply>;
export type Address = z.output<typeof customers.Address>;
export type Profile = z.output<typeof customers.Profile>;
export type Picture = NonNullable<Card['image']>;
