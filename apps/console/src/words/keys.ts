import type { words as grow } from './zh-CN/grow.ts';
import type { words as know } from './zh-CN/know.ts';
import type { words as sell } from './zh-CN/sell.ts';
import type { words as settings } from './zh-CN/settings.ts';
import type { words as shell } from './zh-CN/shell.ts';
import type { words as steer } from './zh-CN/steer.ts';
import type { words as supply } from './zh-CN/supply.ts';

export interface Words {
  shell: typeof shell;
  sell: typeof sell;
  grow: typeof grow;
  supply: typeof supply;
  know: typeof know;
  steer: typeof steer;
  settings: typeof settings;
}
export type Wing = keyof Words;

type Base<Key> = Key extends `${infer Stem}_other` ? Stem : Key;
/** Every key that may be said; a plural is said by its stem with `count`. */
export type WordKey = { [W in Wing]: Base<keyof Words[W] & string> }[Wing];

type Singular<Source> = { readonly [Key in keyof Source as Key extends `${infer Stem}_other` ? `${Stem}_one` : never]: string };
/** English says everything that Chinese says, and the singular besides. */
export type English<W extends Wing> = EnglishOf<Words[W]>;
/** The same for one part of a wing's words. */
export type EnglishOf<Source> = { readonly [Key in keyof Source]: string } & Singular<Source>;
