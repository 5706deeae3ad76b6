import { valuation } from '@tongshang/contract';
import { q } from '../../../lib/api.ts';

export const reportOf = (id = '') => q(valuation.getDriftReport, { params: { id } });
