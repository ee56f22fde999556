import { randomUUID } from 'node:crypto';
import { FakeHostedService } from '../../fakes/FakeHostedService';
import { LocalN8n, type TriggerWorkflow } from './LocalN8n';

const received = {
	messageId: 'HOSTED1',
	message: 'Olá',
	number: '5554991997181',
	photo: null,
	video: null,
	senderName: 'Ana',
	whatsappStatus: { message: 'Received', description: 'Olá', title: null, url: null },
};
const sent = {
	message: 'Text sent successfully!',
	messageSent: 'Oi',
	number: '5554991997181',
	messageId: 'HOSTED2',
};
const connected = { status: 'Connected', whatsappStatus: { message: 'Connected' } };
const disconnected = { status: 'Disconnected', whatsappStatus: { message: 'Disconnected' } };

describe('API WhatsApp Web Trigger with the hosted service', () => {
	/** Another one for each test: the node remembers what it has seen. */
	let webhookId: string;
	let service: FakeHostedService;
	let n8n: LocalN8n;

	beforeEach(async () => {
		webhookId = randomUUID();
		service = await new FakeHostedService().start();
		n8n = await new LocalN8n().start();
	});

	afterEach(async () => {
		await Promise.all([service.stop(), n8n.stop()]);
	});

	function toWorkflow(parameters: object = {}, publicUrl = 'https://n8n.example'): TriggerWorkflow {
		const { url: hostedUrl, apiKey, instanceId } = service;
		return {
			webhookId,
			parameters: parameters as never,
			publicUrl,
			credential: { connection: 'hosted', hostedUrl, apiKey, instanceId },
		};
	}

	/** As the service delivers: unsigned, to the URL on this machine instead of the public one. */
	async function deliver(body: object, query = '', endpoint = 'webhook'): Promise<number> {
		// The service promises no such number, whatever a proxy on the way may add.
		const headers = { 'content-type': 'application/json', 'webhook-seq': '7' };
		const url = `${n8n.url}/${endpoint}/${webhookId}/webhook${query}`;
		return (await fetch(url, { method: 'POST', body: JSON.stringify(body), headers })).status;
	}

	const sentQuery = () => new URL(service.sentWebhookUrl!).search;
	const events = () => n8n.executions.map(({ json }) => json.event);

	describe('registering', () => {
		it('sets the URL of Sent, with a token, by the one documented call', async () => {
			await n8n.activate(toWorkflow({ events: ['sent'] }));
			const url = new URL(service.sentWebhookUrl!);
			expect(url.origin + url.pathname).toBe(`https://n8n.example/webhook/${webhookId}/webhook`);
			expect(url.searchParams.get('event')).toBe('sent');
			expect(url.searchParams.get('token')).toMatch(/^[\w-]{43}$/);
			expect(url.href).not.toContain(service.apiKey);
			expect(service.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
				'PUT /api/config/sent',
			]);
		});

		it('calls nothing for the other events, whose URLs are pasted into the panel', async () => {
			await n8n.activate(toWorkflow({ events: ['received', 'status', 'connected'] }));
			expect(service.requests).toEqual([]);
		});

		it('does not set the URL again when n8n starts again', async () => {
			await n8n.activate(toWorkflow({ events: ['sent'] }));
			expect(await n8n.activate(toWorkflow({ events: ['sent'] }))).toBe(false);
			expect(service.requests).toHaveLength(1);
		});

		it('sets the URL again when n8n’s address has changed', async () => {
			await n8n.activate(toWorkflow({ events: ['sent'] }));
			await n8n.activate(toWorkflow({ events: ['sent'] }, 'https://new.example'));
			expect(service.sentWebhookUrl).toMatch(/^https:\/\/new\.example\//);
		});

		it('never lets a test run take the URL away from production', async () => {
			await n8n.activate(toWorkflow({ events: ['sent'] }));
			const production = service.sentWebhookUrl;
			await n8n.activate(toWorkflow({ events: ['sent'] }), true);
			await n8n.deactivate(toWorkflow({ events: ['sent'] }), true);
			expect(service.sentWebhookUrl).toBe(production);
			expect(await n8n.activate(toWorkflow({ events: ['sent'] }))).toBe(false);
		});

		it('makes no call when it is deactivated, as none is documented, and sets the URL anew after', async () => {
			await n8n.activate(toWorkflow({ events: ['sent'] }));
			await n8n.deactivate(toWorkflow({ events: ['sent'] }));
			expect(service.requests).toHaveLength(1);
			expect(await n8n.activate(toWorkflow({ events: ['sent'] }))).toBe(true);
		});

		it('fails the activation with what to do when n8n has no https address', async () => {
			await expect(
				n8n.activate(toWorkflow({ events: ['sent'] }, 'http://localhost:5678')),
			).rejects.toMatchObject({
				description: expect.stringMatching(/WEBHOOK_URL.*https/) as unknown,
			});
		});
	});

	describe('receiving', () => {
		const all = { events: ['sent', 'received', 'status', 'disconnected', 'connected'] };

		it('tells the events apart by their bodies, whatever URL was pasted', async () => {
			await n8n.activate(toWorkflow(all));
			await deliver(received);
			await deliver(connected);
			await deliver(disconnected);
			await deliver({ messageId: 'HOSTED1', status: 'READ' });
			expect(events()).toEqual(['received', 'connected', 'disconnected', 'status']);
			expect(n8n.executions[0]!.json).toEqual({ event: 'received', ...received });
		});

		it('believes the pasted ?event= where the body leaves it open', async () => {
			await n8n.activate(toWorkflow(all));
			await deliver({ something: 'undocumented' }, '?event=status');
			expect(events()).toEqual(['status']);
		});

		it('takes Sent only with the token of the URL that it set itself', async () => {
			await n8n.activate(toWorkflow(all));
			expect(await deliver(sent)).toBe(401);
			expect(await deliver(sent, '?event=sent&token=guessed')).toBe(401);
			expect(await deliver(sent, sentQuery())).toBe(200);
			expect(events()).toEqual(['sent']);
		});

		it('refuses a wrong token for every event', async () => {
			await n8n.activate(toWorkflow(all));
			expect(await deliver(received, '?token=guessed')).toBe(401);
			expect(n8n.executions).toEqual([]);
		});

		it('takes Sent at the test URL, where only the user can have pasted it', async () => {
			await n8n.activate(toWorkflow(all), true);
			expect(await deliver(sent, '', 'webhook-test')).toBe(200);
			expect(n8n.executions).toMatchObject([{ isTest: true }]);
		});

		it('answers events, groups and chats that were not chosen with 200 and starts nothing', async () => {
			const options = { includeGroups: false, chats: '5554991997181' };
			await n8n.activate(toWorkflow({ events: ['received'], options }));
			expect(await deliver(connected)).toBe(200);
			expect(await deliver({ ...received, number: '120363025246125486@g.us' })).toBe(200);
			expect(await deliver({ ...received, number: '15550001000' })).toBe(200);
			expect(n8n.executions).toEqual([]);
			expect(await deliver(received)).toBe(200);
			expect(n8n.executions).toHaveLength(1);
		});

		it('starts nothing again for the same message, but for each new connection', async () => {
			await n8n.activate(toWorkflow(all));
			await deliver(received);
			await deliver(received);
			await deliver({ ...received, messageId: 'HOSTED3' });
			await deliver(connected);
			await deliver(connected);
			expect(events()).toEqual(['received', 'received', 'connected', 'connected']);
		});
	});
});
