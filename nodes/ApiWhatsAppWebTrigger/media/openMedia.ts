import type { IExecuteFunctions } from 'n8n-workflow';
import type { ApiClient, Download } from '../../ApiWhatsAppWeb/transport';
import { ApiFailure, downloadUrl } from '../../ApiWhatsAppWeb/transport';
import type { Media } from './findMedia';

/** The largest file taken from the hosted service; a session runner has a limit of its own. */
const MAX_HOSTED_BYTES = 100_000_000;

/**
 * Opens the file of a message. A session runner is asked through the connection: the link in the event may
 * name a host that n8n cannot reach.
 */
export async function openMedia(
	context: IExecuteFunctions,
	api: ApiClient,
	{ messageId, url }: Media,
): Promise<Download> {
	if (api.connection.kind !== 'hosted') {
		return await api.download('getMedia', { params: { messageId } });
	}
	if (url === undefined) {
		throw new ApiFailure('The hosted service gave no link to this file', {
			hint: 'It documents links to pictures and videos only.',
		});
	}
	return await downloadUrl(context, {
		url,
		trustedOrigin: new URL(api.connection.baseUrl).origin,
		maxBytes: MAX_HOSTED_BYTES,
	});
}
