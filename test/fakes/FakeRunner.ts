import type {
	ErrorCode,
	EventName,
	InstanceState,
	InstanceView,
	RouteName,
	WebhookConfigView,
	WebhookTestResult,
} from '../../contract';
import {
	ERRORS,
	EVENT_NAMES,
	isEventName,
	ROUTES,
	TEXT_SENT,
	toErrorBody,
	toRecipient,
} from '../../contract';
import type { FakeAnswer, SeenRequest } from './HttpFake';
import { HttpFake } from './HttpFake';

/** One pixel, so that a PNG is a PNG. */
const PNG =
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

export interface FakeInstance {
	id: string;
	name: string;
	apiKey: string;
	state: InstanceState;
	number: string | null;
	/** What `POST /api/instance/connect` makes of an unlinked instance. */
	stateAfterConnect: InstanceState;
	webhooks: Record<EventName, string | null>;
	sent: Array<{ number: unknown; message: unknown; messageId: string }>;
	/** Answers by Idempotency-Key. */
	answers: Map<string, FakeAnswer>;
}

type Handler = (request: SeenRequest, instance: FakeInstance, param: string) => FakeAnswer;

class Refusal extends Error {
	constructor(readonly code: ErrorCode) {
		super(code);
	}
}

/** A session runner without WhatsApp: behaves by the contract, keeps everything in plain sight. */
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
			stateAfterConnect: 'linking',
			webhooks: { sent: null, received: null, status: null, disconnected: null, connected: null },
			sent: [],
			answers: new Map(),
			...given,
		};
		this.instances.push(instance);
		return instance;
	}

	protected answer(request: SeenRequest): FakeAnswer {
		try {
			const { name, param } = toRoute(request);
			const handler = this.handlers[name];
			if (!handler) throw new Refusal('route_not_found');
			return handler(request, this.authenticate(request, ROUTES[name].access), param);
		} catch (error) {
			if (error instanceof Refusal) return toRefusalAnswer(error.code);
			throw error;
		}
	}

	private authenticate({ headers }: SeenRequest, access: string): FakeInstance {
		const isAdmin = headers.apikey === this.adminKey;
		const owner = this.instances.find(({ apiKey }) => apiKey === headers.apikey);
		if (access === 'public') return undefined as never;
		if (!isAdmin && (!owner || access === 'admin')) throw new Refusal('invalid_api_key');
		const instance = this.instances.find(({ id }) => id === headers.id);
		if (access === 'instance' && !instance) throw new Refusal('instance_not_found');
		if (owner && instance && instance !== owner) throw new Refusal('invalid_api_key');
		return instance as FakeInstance;
	}

	private readonly handlers: Partial<Record<RouteName, Handler>> = {
		sendText: ({ body, headers }, instance) => {
			const { number, message } = body as { number: string; message: string };
			const key = headers['idempotency-key'] as string | undefined;
			const earlier = instance.answers.get(key ?? '');
			if (earlier) return earlier;
			if (instance.state !== 'connected') throw new Refusal('instance_not_linked');
			const recipient = toRecipient(number);
			if (!recipient) throw new Refusal('invalid_number');
			const messageId = `MESSAGE${instance.sent.length + 1}`;
			instance.sent.push({ number, message, messageId });
			const phone = recipient.kind === 'phone' ? Number(number) : number;
			const answer = { status: 200, body: { message: TEXT_SENT, phone, messageId } };
			if (key) instance.answers.set(key, answer);
			return answer;
		},
		getMessage: (_request, instance, messageId) => {
			const sent = instance.sent.find((message) => message.messageId === messageId);
			if (!sent) throw new Refusal('message_not_found');
			return { status: 200, body: { ...sent, type: 'text', fromMe: true, status: 'SENT' } };
		},
		getInstance: (_request, instance) => ({ status: 200, body: toView(instance) }),
		connect: (_request, instance) => {
			if (instance.state === 'blocked') throw new Refusal('instance_blocked');
			if (!isLinked(instance)) instance.state = instance.stateAfterConnect;
			return { status: 200, body: toView(instance) };
		},
		getQr: (_request, instance) => {
			if (isLinked(instance)) throw new Refusal('instance_already_linked');
			if (instance.state !== 'linking') throw new Refusal('qr_not_ready');
			const expiresAt = new Date(Date.now() + 60_000).toISOString();
			const png = `data:image/png;base64,${PNG}`;
			return { status: 200, body: { qr: `2@qr-of-${instance.id}`, png, expiresAt } };
		},
		pairingCode: (_request, instance) => {
			if (isLinked(instance)) throw new Refusal('instance_already_linked');
			instance.state = 'linking';
			return { status: 200, body: { code: 'ABCD-EFGH' } };
		},
		restart: (_request, instance) => ({ status: 200, body: toView(instance) }),
		logout: (_request, instance) => {
			Object.assign(instance, { state: 'unlinked', number: null });
			return { status: 200, body: toView(instance) };
		},
		getConfig: (_request, instance) => ({ status: 200, body: toConfig(instance) }),
		setWebhook: ({ body }, instance, event) => {
			const { URL } = body as { URL: string | null };
			if (!isEventName(event)) throw new Refusal('unknown_event');
			if (URL?.startsWith('http:')) throw new Refusal('https_webhook_required');
			instance.webhooks[event] = URL;
			return { status: 200, body: { success: 'Webhook URL updated' } };
		},
		testWebhook: (_request, instance, event) => {
			if (!isEventName(event)) throw new Refusal('unknown_event');
			if (!instance.webhooks[event]) throw new Refusal('webhook_not_set');
			return { status: 200, body: this.testResult };
		},
		readyz: () => ({ status: 200 }),
		listInstances: () => ({ status: 200, body: { instances: this.instances.map(toView) } }),
		createInstance: ({ body }) => {
			const { name } = body as { name: string };
			this.beforeCreate(name);
			if (this.instances.some((instance) => instance.name === name)) {
				throw new Refusal('instance_exists');
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
	throw new Refusal('route_not_found');
}

function toRefusalAnswer(code: ErrorCode): FakeAnswer {
	return { status: ERRORS[code].status, body: toErrorBody(code) };
}

function isLinked({ state }: FakeInstance): boolean {
	return state === 'connected' || state === 'reconnecting';
}

function toView({ id, name, state, number }: FakeInstance): InstanceView {
	const since = '2026-01-01T00:00:00.000Z';
	return { id, name, state, number, pushName: null, since, lastError: null };
}

function toConfig({ webhooks }: FakeInstance): WebhookConfigView {
	const slots = EVENT_NAMES.map((event) => [event, { URL: webhooks[event], disabled: null }]);
	return Object.fromEntries(slots) as WebhookConfigView;
}
