import { get as getHttp } from 'node:http';
import { get as getHttps } from 'node:https';

/** Whether a GET of this URL is answered with 200 within the time. Leaves no connection behind. */
export async function isAnswering(url: string, timeoutMs: number): Promise<boolean> {
	const get = url.startsWith('https:') ? getHttps : getHttp;
	return await new Promise((resolve) => {
		const request = get(
			url,
			{ agent: false, signal: AbortSignal.timeout(timeoutMs) },
			(response) => {
				response.resume();
				resolve(response.statusCode === 200);
			},
		);
		request.once('error', () => resolve(false));
	});
}
