import type { ServerResponse } from 'node:http';

/** Aborted when the caller closes the connection before the answer is out. */
export function toHangUpSignal(response: ServerResponse): AbortSignal {
	const hangUp = new AbortController();
	response.once('close', () => {
		if (!response.writableFinished) hangUp.abort();
	});
	return hangUp.signal;
}
