// The sentences of refusals, in a file of their own: see refusals.ts.
import { errorSentence, errorWords } from '@tongshang/ui';

export { errorSentence, errorWords };
