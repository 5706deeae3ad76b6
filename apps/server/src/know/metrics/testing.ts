import { filledAnalytics } from '../stream/testing.ts';
import { type Figures, openFigures } from './figures.ts';

type WorldLike = Parameters<typeof filledAnalytics>[0] & { run: Parameters<typeof openFigures>[1] };

/** The world's figures with everything in them that was committed, as they stand at the world's time. */
export const filledFigures = async (world: WorldLike): Promise<Figures> => openFigures(await filledAnalytics(world), world.run);
