import type { Scenario } from '../Scenario';
import { clock } from './clock';
import { disk } from './disk';
import { drops } from './drops';
import { freeze } from './freeze';
import { kill } from './kill';
import { mediaHost } from './mediaHost';
import { outbound } from './outbound';
import { receiverDown } from './receiverDown';
import { silence } from './silence';
import { torn } from './torn';
import { undecryptable } from './undecryptable';
import { war } from './war';

/** In the order in which they are run. */
export const SCENARIOS: readonly Scenario[] = [
	kill,
	outbound,
	freeze,
	disk,
	torn,
	clock,
	receiverDown,
	drops,
	war,
	undecryptable,
	silence,
	mediaHost,
];
