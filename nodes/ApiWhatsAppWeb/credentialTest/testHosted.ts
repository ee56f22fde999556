import type { Credential, SendRequest } from '../transport';
import { ApiClient, ApiFailure, resolveConnection } from '../transport';

/**
 * The hosted service documents no call that only looks. So this asks it to send nothing, to nobody:
 * the empty body is refused, and how it is refused tells whether key and instance id are right.
 */
export async function testHosted(credential: Credential, send: SendRequest): Promise<string> {
	const client = new ApiClient(await resolveConnection(credential, send), send);
	await client.call('sendText', { body: {} }).catch((error: unknown) => {
		const isBodyRefused = error instanceof ApiFailure && error.code === 'invalid_body';
		if (!isBodyRefused) throw error;
	});
	return 'The hosted service takes the API key. It documents no call that tells whether the phone is linked: its panel shows that.';
}
