import type {
	AutomaticRequest,
	InstanceView,
	RouteName,
	SetAboutRequest,
	WebhookConfigView,
	WebhookTestResult,
} from '../../contract';
import { ERRORS, EVENT_NAMES, isEventName, ROUTES, toErrorBody } from '../../contract';
import { DELIVERY_HANDLERS } from './deliveryHandlers';
import type { FakeHandlers, FakeInstance } from './FakeInstance';
import { FakeRefusal } from './FakeInstance';
import { GROUP_HANDLERS } from './groupHandlers';
import { findViolation } from './holdAgainstContract';
import type { FakeAnswer, SeenRequest } from './HttpFake';
import { HttpFake } from './HttpFake';
import { READING_HANDLERS } from './readingHandlers';
import { SENDING_HANDLERS } from './sendingHandlers';

export type { FakeInstance } from './FakeInstance';

/** One pixel, so that a PNG is a PNG. */
export const PNG =
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** A session runner without WhatsApp: behaves by the contract, refuses what is not in it. */
export class FakeRunner extends HttpFake {
	readonly adminKey = 'admin-key-of-the-fake';
	readonly instances: FakeInstance[] = [];
	/** What the receiver of a test delivery answers. */
	testResult: WebhookTestResult = { delivered: true, status: 200, ms: 3, error: null, answer: '' };
	/** Called before an instance is made: a second execution can be quicker. */
	beforeCreate: (name: string) => void = () => undefined;

	addInstance(given: Partial<FakeInstance> = {}): FakeInstance {
		const number = this.instances.length + 1;
		const instance: FakeInstance = {
			id: `instance-${number}`,
			name: `instance ${number}`,
			apiKey: `key-of-instance-${number}`,
			state: 'connected',
			number: '15550001000',
			lastError: null,
			stateAfterConnect: 'linking',
			webhooks: { sent: null, received: null, status: null, disconnected: null, connected: null },
			sent: [],
			answers: new Map(),
			messages: [],
			media: new Map(),
			chats: [],
			contacts: [],
			groups: [],
			deliveries: [],
			settings: {
				read: false,
				ownMessages: false,
				download: true,
				messagesPerMinute: null,
				rejectCalls: false,
				rejectCallsText: null,
				proxyUrl: null,
			},
			about: '',
			...given,
		};
		this.instances.push(instance);
		return instance;
	}

	protected answer(request: SeenRequest): FakeAnswer {
		try {
			const { name, param } = toRoute(request);
			const handler = this.handlers[name];
			if (!handler) throw new FakeRefusal('route_not_found');
			const instance = this.authenticate(request, ROUTES[name].access);
			const violation = findViolation(name, request);
			if (violation !== undefined) {
				throw new FakeRefusal('invalid_body', `The contract has no such thing: ${violation}`);
			}
			return handler(request, instance, param);
		} catch (error) {
			if (error instanceof FakeRefusal) return toRefusalAnswer(error);
			throw error;
		}
	}

	private authenticate({ headers }: SeenRequest, access: string): FakeInstance {
		const isAdmin = headers.apikey === this.adminKey;
		const owner = this.instances.find(({ apiKey }) => apiKey === headers.apikey);
		if (access === 'public') return undefined as never;
		if (!isAdmin && (!owner || access === 'admin')) throw new FakeRefusal('invalid_api_key');
		const instance = this.instances.find(({ id }) => id === headers.id);
		if (access === 'instance' && !instance) throw new FakeRefusal('instance_not_found');
		if (owner && instance && instance !== owner) throw new FakeRefusal('invalid_api_key');
		return instance as FakeInstance;
	}

	private readonly handlers: FakeHandlers = {
		...SENDING_HANDLERS,
		...READING_HANDLERS,
		...GROUP_HANDLERS,
		...DELIVERY_HANDLERS,
		getInstance: (_request, instance) => ({ status: 200, body: toView(instance) }),
		connect: (_request, instance) => {
			if (instance.state === 'blocked') throw new FakeRefusal('instance_blocked');
			if (!isLinked(instance)) instance.state = instance.stateAfterConnect;
			return { status: 200, body: toView(instance) };
		},
		getQr: (_request, instance) => {
			if (isLinked(instance)) throw new FakeRefusal('instance_already_linked');
			if (instance.lastError?.startsWith('passkey_required')) {
				throw new FakeRefusal('passkey_required');
			}
			if (instance.state !== 'linking') throw new FakeRefusal('qr_not_ready');
			const expiresAt = new Date(Date.now() + 60_000).toISOString();
			const png = `data:image/png;base64,${PNG}`;
			return { status: 200, body: { qr: `2@qr-of-${instance.id}`, png, expiresAt } };
		},
		pairingCode: (_request, instance) => {
			if (isLinked(instance)) throw new FakeRefusal('instance_already_linked');
			instance.state = 'linking';
			return { status: 200, body: { code: 'ABCD-EFGH' } };
		},
		restart: (_request, instance) => ({ status: 200, body: toView(instance) }),
		logout: (_request, instance) => {
			Object.assign(instance, { state: 'unlinked', number: null });
			return { status: 200, body: toView(instance) };
		},
		setImage: () => ({ status: 200, body: { success: 'Image changed' } }),
		setAbout: ({ body }, instance) => {
			instance.about = (body as SetAboutRequest).about;
			return { status: 200, body: { success: 'About changed' } };
		},
		getAutomatic: (_request, { settings }) => ({ status: 200, body: settings }),
		setAutomatic: ({ body }, { settings }) => {
			Object.assign(settings, body as AutomaticRequest);
			return { status: 200, body: { success: 'Automatic reading Updated' } };
		},
		getConfig: (_request, instance) => ({ status: 200, body: toConfig(instance) }),
		setWebhook: ({ body }, instance, event) => {
			const { URL } = body as { URL: string | null };
			if (!isEventName(event)) throw new FakeRefusal('unknown_event');
			if (URL?.startsWith('http:')) throw new FakeRefusal('https_webhook_required');
			instance.webhooks[event] = URL;
			return { status: 200, body: { success: 'Webhook URL updated' } };
		},
		testWebhook: (_request, instance, event) => {
			if (!isEventName(event)) throw new FakeRefusal('unknown_event');
			if (!instance.webhooks[event]) throw new FakeRefusal('webhook_not_set');
			return { status: 200, body: this.testResult };
		},
		readyz: () => ({ status: 200 }),
		listInstances: () => ({ status: 200, body: { instances: this.instances.map(toView) } }),
		createInstance: ({ body }) => {
			const { name } = body as { name: string };
			this.beforeCreate(name);
			if (this.instances.some((instance) => instance.name === name)) {
				throw new FakeRefusal('instance_exists');
			}
			const { id, apiKey } = this.addInstance({ name, state: 'unlinked', number: null });
			return { status: 201, body: { id, name, apiKey, webhookSecret: 'whsec_' } };
		},
	};
}

function toRoute({ method, path }: SeenRequest): { name: RouteName; param: string } {
	for (const [name, route] of Object.entries(ROUTES)) {
		const pattern = new RegExp(`^${route.path.replace(/:\w+/, '([^/]+)')}$`);
		const match = method === route.method ? pattern.exec(path) : null;
		if (match) return { name: name as RouteName, param: decodeURIComponent(match[1] ?? '') };
	}
	throw new FakeRefusal('route_not_found');
}

function toRefusalAnswer({ code, hint }: FakeRefusal): FakeAnswer {
	return { status: ERRORS[code].status, body: toErrorBody(code, hint) };
}

function isLinked({ state }: FakeInstance): boolean {
	return state === 'connected' || state === 'reconnecting';
}

function toView({ id, name, state, number, lastError }: FakeInstance): InstanceView {
	const since = '2026-01-01T00:00:00.000Z';
	return { id, name, state, number, pushName: null, since, lastError };
}

function toConfig({ webhooks }: FakeInstance): WebhookConfigView {
	const slots = EVENT_NAMES.map((event) => [
		event,
		{ URL: webhooks[event], disabled: null, failing: null },
	]);
	return Object.fromEntries(slots) as WebhookConfigView;
}
