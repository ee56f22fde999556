import { ApiFailure } from '../../transport';
import type { OperationCall } from '../Operation';

const MAX_WAIT_SECONDS = 3600;

/** Seconds to wait for the scan; expressions can give anything. */
export function readWaitSeconds({ context, itemIndex }: OperationCall): number {
	const seconds = Number(context.getNodeParameter('waitSeconds', itemIndex, 0));
	if (seconds >= 0 && seconds <= MAX_WAIT_SECONDS) return seconds;
	throw new ApiFailure('the time to wait is not a number of seconds', {
		hint: `Give a number from 0 to ${MAX_WAIT_SECONDS}.`,
	});
}
