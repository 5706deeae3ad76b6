interface Named {
  name: string;
  nameEn: string;
  options: readonly { value: string; valueEn: string }[];
}

/** A SKU's name with what sets it apart from the other variants of its product: `羊毛衫 红 M`. */
export const nameOf = ({ name, options }: Named): string => [name, ...options.map(({ value }) => value)].join(' ');

export const nameEnOf = ({ name, nameEn, options }: Named): string =>
  [nameEn || name, ...options.map(({ value, valueEn }) => valueEn || value)].join(' ');
