/** The two languages of the house; `zh-CN` is the source. */
export type Language = 'zh-CN' | 'en';

/** The sign of a figure that nobody knows. Never the same as zero or as "does not apply". */
export const unknown = '—';

/** The sign of a figure that has no meaning here. */
export const notApplicable = (language: Language): string => (language === 'en' ? 'n/a' : '不适用');
