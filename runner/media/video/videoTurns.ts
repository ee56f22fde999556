import { availableParallelism } from 'node:os';
import { FairTurns } from '../../limits/FairTurns';

/** One picture of one owner at a time, and always a place for somebody else's. */
export const videoTurns = new FairTurns({
	count: Math.max(2, availableParallelism() - 1),
	perOwner: 1,
});
