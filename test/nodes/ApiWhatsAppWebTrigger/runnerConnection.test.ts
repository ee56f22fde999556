import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import { signWebhook, type CreateSubscriptionRequest } from '../../../contract';
import { toConnected, toReceived } from './bodies';
import { LocalN8n, type TriggerWorkflow } from './LocalN8n';
import { SubscribingRunner } from './SubscribingRunner';

describe('API WhatsApp Web Trigger with a session runner at a URL', () => {
	let runner: SubscribingRunner;
	let n8n: LocalN8n;
	let workflow: TriggerWorkflow;

	beforeEach(async () => {
		runner = await new SubscribingRunner().start();
		n8n = await new LocalN8n().start();
		workflow = toWorkflow('first');
	});

	afterEach(async () => {
		await Promise.all([runner.stop(), n8n.stop()]);
	});

	function toWorkflow(webhookId: string, parameters = {}): TriggerWorkflow {
		const { apiKey, id } = runner.instances[0] ?? runner.addInstance();
		return {
			webhookId,
			parameters,
			credential: { connection: 'runner', url: runner.url, apiKey, instanceId: id },
		};
	}

	/** A delivery made by hand, to be tampered with. */
	function toDelivery(body = JSON.stringify(toReceived()), timestampS = Date.now() / 1000) {
		const { url, secret } = runner.subscriptions[0]!;
		const id = (JSON.parse(body) as { eventId: string }).eventId;
		return { url, body, headers: signWebhook({ id, timestampS, body, secrets: [secret] }) };
	}

	async function post(delivery: { url: string; body: string; headers: object }): Promise<number> {
		const headers = { 'content-type': 'application/json', ...delivery.headers };
		return (await fetch(delivery.url, { method: 'POST', body: delivery.body, headers })).status;
	}

	describe('registering', () => {
		it('subscribes to what was chosen, once, and starts the workflow on it', async () => {
			expect(await n8n.activate(workflow)).toBe(true);
			expect(runner.subscriptions).toMatchObject([
				{ events: ['received'], filters: { includeFromMe: false, includeGroups: true, chats: [] } },
			]);
			const body = toReceived();
			expect(await runner.deliver(body)).toEqual([200]);
			expect(n8n.executions).toEqual([{ webhookId: 'first', isTest: false, json: body }]);
		});

		it('leaves a subscription alone that is up to date when n8n starts again', async () => {
			await n8n.activate(workflow);
			const { id } = runner.subscriptions[0]!;
			expect(await n8n.activate(workflow)).toBe(false);
			expect(runner.subscriptions.map((each) => each.id)).toEqual([id]);
		});

		it.each<[string, object]>([
			['events', { events: ['sent', 'received'] }],
			['own messages', { options: { includeFromMe: true } }],
			['groups', { options: { includeGroups: false } }],
			['chats', { options: { chats: '+55 54 99199-7181' } }],
		])(
			'changes its subscription when the settings have changed, and keeps what waits for it: %s',
			async (_what, parameters) => {
				await n8n.activate(workflow);
				const { id } = runner.subscriptions[0]!;
				expect(await n8n.activate({ ...workflow, parameters: parameters as never })).toBe(true);
				expect(runner.subscriptions).toHaveLength(1);
				expect(runner.subscriptions[0]!.id).toBe(id);
				expect(await n8n.activate({ ...workflow, parameters: parameters as never })).toBe(false);
			},
		);

		it('makes the new subscription before it removes the old, so that nothing falls in between', async () => {
			await n8n.activate(workflow);
			runner.requests.length = 0;
			runner.instances[0]!.apiKey = 'a-new-key';
			await n8n.activate(toWorkflow('first', { events: ['status'] }));
			const changes = runner.requests.map(({ method }) => method).filter((each) => each !== 'GET');
			expect(changes).toEqual(['POST', 'DELETE']);
		});

		it('replaces its subscription when the API key, and so the secret, has changed', async () => {
			await n8n.activate(workflow);
			const before = runner.subscriptions[0]!.secret;
			runner.instances[0]!.apiKey = 'a-new-key';
			await n8n.activate(toWorkflow('first'));
			expect(runner.subscriptions).toHaveLength(1);
			expect(runner.subscriptions[0]!.secret).not.toBe(before);
			expect(await runner.deliver(toReceived())).toEqual([200]);
			expect(n8n.executions).toHaveLength(1);
		});

		it('takes up a subscription again that the runner has disabled', async () => {
			await n8n.activate(workflow);
			runner.subscriptions[0]!.disabled = 'gone';
			expect(await n8n.activate(workflow)).toBe(true);
			expect(runner.subscriptions).toMatchObject([{ disabled: null }]);
		});

		it('brings its secret again where the runner cannot open it any more, and keeps the subscription', async () => {
			await n8n.activate(workflow);
			const { id, secret } = runner.subscriptions[0]!;
			Object.assign(runner.subscriptions[0]!, { secret: '', disabled: 'secret_damaged' });
			expect(await n8n.activate(workflow)).toBe(true);
			expect(runner.subscriptions).toMatchObject([{ id, secret, disabled: null }]);
			expect(await runner.deliver(toReceived())).toEqual([200]);
		});

		it('keeps one subscription when several mains of n8n register at the same time', async () => {
			await Promise.all([n8n.activate(workflow), n8n.activate(workflow), n8n.activate(workflow)]);
			expect(runner.subscriptions).toHaveLength(1);
		});

		it('sends the chats as the contract writes them, whatever form they were typed in', async () => {
			const options = { chats: '+55 54 99199-7181, 120363025246125486@g.us,' };
			await n8n.activate(toWorkflow('first', { options }));
			expect(runner.subscriptions[0]!.filters.chats).toEqual([
				'120363025246125486@g.us',
				'5554991997181@s.whatsapp.net',
			]);
		});

		it('touches nobody else’s subscription, not even one to the same path elsewhere', async () => {
			const others: CreateSubscriptionRequest[] = [
				{ url: 'https://n8n.example/webhook/first/webhook?settings=x', events: ['received'] },
				{ url: `${n8n.url}/webhook/second/webhook?settings=x`, events: ['received'] },
			];
			for (const other of others) runner.subscribe(other);
			await n8n.activate(workflow);
			await n8n.activate({ ...workflow, parameters: { events: ['status'] } });
			await n8n.deactivate(workflow);
			expect(runner.subscriptions.map(({ url }) => url)).toEqual(others.map(({ url }) => url));
		});
	});

	describe('several workflows', () => {
		it('lets a test run and production live side by side', async () => {
			await n8n.activate(workflow);
			await n8n.activate(workflow, true);
			expect(await runner.deliver(toReceived())).toEqual([200, 200]);
			expect(n8n.executions.map(({ isTest }) => isTest).sort()).toEqual([false, true]);
			await n8n.deactivate(workflow, true);
			expect(await runner.deliver(toReceived())).toEqual([200]);
			expect(n8n.executions.filter(({ isTest }) => !isTest)).toHaveLength(2);
		});

		it('leaves one workflow its events when another is deactivated', async () => {
			const second = toWorkflow('second');
			await n8n.activate(workflow);
			await n8n.activate(second);
			await n8n.deactivate(workflow);
			await runner.deliver(toReceived());
			expect(n8n.executions.map(({ webhookId }) => webhookId)).toEqual(['second']);
		});

		it('gives every workflow a secret of its own', async () => {
			await n8n.activate(workflow);
			await n8n.activate(toWorkflow('second'));
			const secrets = runner.subscriptions.map(({ secret }) => secret);
			expect(new Set(secrets).size).toBe(2);
		});
	});

	describe('receiving', () => {
		beforeEach(() => n8n.activate(workflow));

		it('answers a forged signature with 401 and starts nothing', async () => {
			const delivery = toDelivery();
			const forged = signWebhook({
				id: delivery.headers['webhook-id'],
				timestampS: Date.now() / 1000,
				body: delivery.body,
				secrets: ['whsec_bm90IHRoZSBzZWNyZXQgb2YgYW55Ym9keSBoZXJl'],
			});
			expect(await post({ ...delivery, headers: forged })).toBe(401);
			expect(await post({ ...delivery, headers: {} })).toBe(401);
			expect(n8n.executions).toEqual([]);
		});

		it('answers a body that was changed by one byte with 401', async () => {
			const delivery = toDelivery();
			expect(await post({ ...delivery, body: delivery.body.replace('Olá', 'Olà') })).toBe(401);
			expect(await post({ ...delivery, body: `${delivery.body} ` })).toBe(401);
			expect(n8n.executions).toEqual([]);
		});

		it('answers a delivery replayed after five minutes with 401', async () => {
			const body = JSON.stringify(toReceived());
			expect(await post(toDelivery(body, Date.now() / 1000 - 301))).toBe(401);
			expect(await post(toDelivery(body, Date.now() / 1000 - 290))).toBe(200);
		});

		it('shows the number of each delivery, so that a workflow sees what is missing', async () => {
			const [first, third] = [toReceived(), toReceived()];
			await runner.deliver(first, { 'webhook-seq': '1' });
			await runner.deliver(third, { 'webhook-seq': '3' });
			expect(n8n.executions.map(({ json }) => json)).toEqual([
				{ ...first, seq: 1 },
				{ ...third, seq: 3 },
			]);
		});

		it.each(['', '0', '-1', '1.5', '1e3', '01', '9'.repeat(16), 'seven', '1, 2'])(
			'shows no number where the header has none: “%s”',
			async (seq) => {
				const body = toReceived();
				expect(await runner.deliver(body, { 'webhook-seq': seq })).toEqual([200]);
				expect(n8n.executions.map(({ json }) => json)).toEqual([body]);
			},
		);

		it.each([
			['changed on the way', { 'webhook-seq': '1', 'webhook-seq-signature': 'v1,AAAA' }],
			['signed by nobody', { 'webhook-seq': '1', 'webhook-seq-signature': '' }],
		])('starts the workflow without a number that was %s', async (_how, headers) => {
			const body = toReceived();
			expect(await runner.deliver(body, headers)).toEqual([200]);
			expect(n8n.executions.map(({ json }) => json)).toEqual([body]);
		});

		it('answers an event that was not chosen with 200 and starts nothing', async () => {
			expect(await post(toDelivery(JSON.stringify(toConnected())))).toBe(200);
			expect(n8n.executions).toEqual([]);
		});

		it('starts nothing again for an event id that has started it already', async () => {
			const body = toReceived();
			expect(await runner.deliver(body)).toEqual([200]);
			expect(await runner.deliver(body)).toEqual([200]);
			expect(n8n.executions).toHaveLength(1);
		});

		it('starts the workflow once when the same delivery comes twice at the same time', async () => {
			const body = toReceived();
			await Promise.all([runner.deliver(body), runner.deliver(body)]);
			expect(n8n.executions).toHaveLength(1);
		});

		it('takes a repeat when the first delivery started nothing', async () => {
			const body = toReceived();
			n8n.failNextExecution = true;
			expect(await runner.deliver(body)).toEqual([500]);
			expect(await runner.deliver(body)).toEqual([200]);
			expect(n8n.executions).toHaveLength(1);
		});
	});

	describe('problems', () => {
		it('fails the activation with what to do when the key is wrong', async () => {
			const credential = { ...workflow.credential, apiKey: 'not-the-key' };
			await expect(n8n.activate({ ...workflow, credential })).rejects.toMatchObject({
				// When a workflow is published, n8n shows the message alone.
				message: expect.stringMatching(/Invalid API Key\. Correct the API key/) as unknown,
				description: expect.stringMatching(/Correct the API key/) as unknown,
			});
		});

		it('fails the activation with what to do when nothing answers', async () => {
			await runner.stop();
			await expect(n8n.activate(workflow)).rejects.toMatchObject({
				description: expect.stringMatching(/Start the session runner/) as unknown,
			});
		});

		it.each<[string, object, RegExp]>([
			['no event', { events: [] }, /No event is chosen/],
			['a chat that is none', { options: { chats: 'my friend' } }, /no chat/],
		])('fails the activation when there is %s', async (_what, parameters, message) => {
			await expect(n8n.activate({ ...workflow, parameters: parameters as never })).rejects.toThrow(
				message,
			);
		});

		it('answers 503, so that the event is kept, when a delivery cannot be checked', async () => {
			await n8n.activate(workflow);
			const delivery = toDelivery();
			const credential = { ...workflow.credential, apiKey: '' };
			await expect(n8n.activate({ ...workflow, credential })).rejects.toThrow();
			const log = jest.spyOn(Container.get(Logger), 'error').mockReturnValue();
			expect(await post(delivery)).toBe(503);
			expect(log.mock.calls).toEqual([
				[expect.stringMatching(/cannot check.*“API Key” is missing/)],
			]);
			log.mockRestore();
			expect(n8n.executions).toEqual([]);
		});
	});
});
