import type { FakeAnswer, SeenRequest } from './HttpFake';
import { HttpFake } from './HttpFake';

const CALLS = [
	'POST /api/text',
	'PUT /api/config/sent',
	'PUT /api/config/image',
	'POST /api/config/automatic',
];

/** The hosted service as far as its documentation goes: four calls, errors of one field. */
export class FakeHostedService extends HttpFake {
	readonly apiKey = 'key-of-the-hosted-instance';
	readonly instanceId = 'hosted-instance';
	readonly sent: unknown[] = [];
	sentWebhookUrl?: string;

	protected answer({ method, path, headers, body }: SeenRequest): FakeAnswer {
		const call = `${method} ${path}`;
		if (!CALLS.includes(call)) {
			return { status: 404, body: '<html>Not found</html>' };
		}
		if (headers.apikey !== this.apiKey) {
			return { status: 401, body: { error: 'Invalid API Key' } };
		}
		if (headers.id !== this.instanceId) {
			return { status: 400, body: { error: 'Instance not found' } };
		}
		const fields = (body ?? {}) as Record<string, unknown>;
		if (call === 'PUT /api/config/sent') {
			this.sentWebhookUrl = String(fields.URL);
			return { status: 200, body: {} };
		}
		if (call === 'PUT /api/config/image') {
			return { status: 200, body: { success: 'Image changed' } };
		}
		if (call === 'POST /api/config/automatic') {
			return { status: 200, body: { success: 'Automatic reading Updated' } };
		}
		if (typeof fields.message !== 'string' || !/^\d+$/.test(String(fields.number))) {
			return { status: 500, body: { error: 'Body in wrong format' } };
		}
		this.sent.push(body);
		const phone = Number(fields.number);
		return {
			status: 200,
			body: { message: 'Text sent successfully!', phone, messageId: 'HOSTED1' },
		};
	}
}
